package import NIOCore

/// Bytes on their way, in chunks; read once, by one reader.
///
/// The next chunk is asked for when the last one was dealt with, so a slow reader slows the sender
/// down and nothing piles up. A stream that ends early throws; it never just stops.
package struct ByteStream: AsyncSequence, Sendable {
    package typealias Element = ByteBuffer

    private let base: any AsyncSequence<ByteBuffer, any Error> & Sendable

    /// Wraps any throwing sequence of chunks.
    package init(_ base: some AsyncSequence<ByteBuffer, any Error> & Sendable) {
        self.base = base
    }

    /// A stream of one chunk, or of none when `buffer` is empty.
    package init(_ buffer: ByteBuffer) {
        self.init(
            AsyncThrowingStream { continuation in
                if buffer.readableBytes > 0 { continuation.yield(buffer) }
                continuation.finish()
            })
    }

    package func makeAsyncIterator() -> Iterator {
        Iterator(base: base.makeAsyncIterator())
    }

    package struct Iterator: AsyncIteratorProtocol {
        fileprivate var base: any AsyncIteratorProtocol<ByteBuffer, any Error>

        package mutating func next(
            isolation actor: isolated (any Actor)?
        ) async throws -> ByteBuffer? {
            try await base.next(isolation: actor)
        }

        package mutating func next() async throws -> ByteBuffer? {
            try await base.next(isolation: nil)
        }
    }
}
