import NIOCore
import NIOHTTP1
import SFSCore
import Synchronization

/// The parts of a connection's requests, in order; taken by one reader at a time.
///
/// The connection's loop takes heads, the body of the request at hand takes the rest.
// SAFETY: `iterator` is used only by who found `isTaken` false and set it.
final class RequestParts: @unchecked Sendable {
    private var iterator: NIOAsyncChannelInboundStream<HTTPServerRequestPart>.AsyncIterator
    private let isTaken = Atomic(false)
    private let channel: any Channel

    init(_ parts: NIOAsyncChannelInboundStream<HTTPServerRequestPart>, channel: any Channel) {
        self.channel = channel
        iterator = parts.makeAsyncIterator()
    }

    /// The next part; `nil` after the last, when the client has closed.
    func next() async throws -> HTTPServerRequestPart? {
        guard !isTaken.exchange(true, ordering: .acquiring) else {
            throw SFSError(.internal, "a request's body is read twice at once")
        }
        defer { isTaken.store(false, ordering: .releasing) }
        do {
            return try await iterator.next()
        } catch is CancellationError where !channel.isActive {
            // The client left first; that is why the task was cancelled.
            return nil
        }
    }
}
