import NIOCore

extension ByteStream {
    /// This stream, which throws once more than `count` bytes have come.
    ///
    /// - Throws: `SFSError` with code `.tooLarge`, while it is read.
    package func limited(to count: Int64) -> ByteStream {
        ByteStream(LimitedStream(base: self, countMaximum: count))
    }
}

private struct LimitedStream: AsyncSequence, Sendable {
    typealias Element = ByteBuffer
    typealias Failure = any Error

    let base: ByteStream
    let countMaximum: Int64

    func makeAsyncIterator() -> Iterator {
        Iterator(base: base.makeAsyncIterator(), rest: countMaximum, countMaximum: countMaximum)
    }

    struct Iterator: AsyncIteratorProtocol {
        var base: ByteStream.Iterator
        var rest: Int64
        let countMaximum: Int64

        mutating func next(isolation actor: isolated (any Actor)?) async throws -> ByteBuffer? {
            guard let chunk = try await base.next(isolation: actor) else { return nil }
            rest -= Int64(chunk.readableBytes)
            guard rest >= 0 else {
                throw SFSError(
                    .tooLarge, "the body is too large; \(countMaximum) bytes are allowed")
            }
            return chunk
        }

        mutating func next() async throws -> ByteBuffer? { try await next(isolation: nil) }
    }
}
