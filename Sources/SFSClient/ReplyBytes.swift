import AsyncHTTPClient
import NIOCore
import SFSCore

/// The body of a reply, counted: it yields exactly `count` bytes or throws.
struct ReplyBytes: AsyncSequence, Sendable {
    typealias Element = ByteBuffer
    typealias Failure = any Error

    let body: HTTPClientResponse.Body
    let count: Int64
    let failure: TransportFailure

    func makeAsyncIterator() -> Iterator {
        Iterator(base: body.makeAsyncIterator(), missing: count, failure: failure)
    }

    struct Iterator: AsyncIteratorProtocol {
        fileprivate var base: HTTPClientResponse.Body.AsyncIterator
        fileprivate var missing: Int64
        fileprivate let failure: TransportFailure

        // The library's iterator runs where it likes, so this one does too.
        @concurrent mutating func next() async throws -> ByteBuffer? {
            let chunk: ByteBuffer?
            do {
                chunk = try await base.next()
            } catch {
                throw failure.translate(error)
            }
            guard let chunk else {
                // A stream that was cancelled just ends; that must not look like a short reply.
                try Task.checkCancellation()
                guard missing == 0 else { throw failure.cutShort(missing: missing) }
                return nil
            }
            missing -= Int64(chunk.readableBytes)
            guard missing >= 0 else { throw failure.senseless("more bytes than it promised") }
            return chunk
        }
    }
}
