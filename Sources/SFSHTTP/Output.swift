import NIOCore

/// What a connection's task hands to its channel.
struct Output: Sendable {
    /// The bytes, wherever they are.
    enum Payload: Sendable {
        case bytes(ByteBuffer)
        /// A range of the slice, counted from the slice's start.
        case file(FileSlice, Range<Int64>)
    }

    /// What comes after the payload.
    enum Next: Sendable {
        /// More of the same response.
        case more
        /// The next request.
        case request
        /// The end of the connection.
        case close
    }

    let payload: Payload
    let next: Next
}
