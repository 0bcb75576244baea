import SFSClient

/// What a verb works with.
struct Session: Sendable {
    /// The daemon's side.
    let prism: PrismClient
    /// The user's side.
    let output: Output
}
