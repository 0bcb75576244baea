import NIOCore

/// What a connection's task hands to its channel.
struct Output: Sendable {
    /// What comes after the bytes.
    enum Next: Sendable {
        /// More of the same response.
        case more
        /// The next request.
        case request
        /// The end of the connection.
        case close
    }

    let bytes: ByteBuffer
    let next: Next
}
