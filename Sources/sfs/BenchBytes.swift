import NIOCore
import SFSCore

/// Bytes that nobody has yet, made at no cost: one random block again and again, behind a number
/// that is never used twice.
struct BenchBytes: Sendable {
    private static let chunkSize = 256 << 10
    private let block: ByteBuffer

    init() {
        var generator = SystemRandomNumberGenerator()
        var block = ByteBuffer()
        for _ in 0..<Self.chunkSize / 8 { block.writeInteger(generator.next() as UInt64) }
        self.block = block
    }

    /// `count` bytes.
    func stream(of count: Int64) -> ByteStream {
        ByteStream(Chunks(block: block, count: count))
    }

    private struct Chunks: AsyncSequence, Sendable {
        typealias Element = ByteBuffer
        typealias Failure = any Error

        let block: ByteBuffer
        let count: Int64

        func makeAsyncIterator() -> Iterator { Iterator(block: block, rest: count) }

        struct Iterator: AsyncIteratorProtocol {
            let block: ByteBuffer
            var rest: Int64
            private var isFirst = true

            init(block: ByteBuffer, rest: Int64) {
                self.block = block
                self.rest = rest
            }

            mutating func next() async throws -> ByteBuffer? {
                guard rest > 0 else { return nil }
                var chunk = block
                if isFirst {
                    isFirst = false
                    chunk.setInteger(UInt64.random(in: 0...UInt64.max), at: 0)
                    chunk.setInteger(UInt64.random(in: 0...UInt64.max), at: 8)
                }
                let length = Swift.min(Int(clamping: rest), chunk.readableBytes)
                rest -= Int64(length)
                return chunk.readSlice(length: length)
            }
        }
    }
}
