import SFSCore
import SFSPrism

/// What a daemon serves once it is ready; for the person who started it.
struct ReadyCluster: Sendable {
    let name: MemberName
    let prisms: Int
    /// Stores of this process that are in service.
    let stores: Int
    /// Where the first prism listens on TCP; `nil` when it does not.
    let url: String?
    /// The first prism; `nil` when this process has none.
    let prism: Prism?
}
