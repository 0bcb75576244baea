package import NIOCore
package import SFSCore
import SFSFiles
package import SFSWire

/// Bytes that look random, are the same at every run, and differ between sizes and seeds.
package struct TestBytes: Sendable {
    /// All of them.
    package let buffer: ByteBuffer

    package init(size: Int, seed: UInt64 = 1) {
        var state = seed &* 0x9E37_79B9_7F4A_7C15 &+ UInt64(size)
        var buffer = ByteBufferAllocator().buffer(capacity: size + 8)
        while buffer.readableBytes < size {
            // xorshift64*: quick, and never the same block twice.
            state ^= state >> 12
            state ^= state << 25
            state ^= state >> 27
            buffer.writeInteger(state &* 2_685_821_657_736_338_717)
        }
        buffer.moveWriterIndex(to: buffer.readerIndex + size)
        self.buffer = buffer
    }

    /// Their name.
    package func hash(_ algorithm: HashAlgorithm = .sha1) throws -> ContentHash {
        let hasher = try ContentHasher(algorithm)
        hasher.update(buffer)
        return try hasher.finish()
    }

    /// They as a small content that was just hashed.
    package func hashed(_ algorithm: HashAlgorithm = .sha1) throws -> HashedBytes {
        HashedBytes(
            bytes: buffer, hash: try hash(algorithm),
            sum: buffer.withUnsafeReadableBytes { CRC32C.sum(of: $0) })
    }

    /// A body of them in chunks of `chunk` bytes.
    package func stream(chunk: Int = 64 << 10) -> ByteStream {
        ByteStream(Chunks(rest: buffer, size: chunk))
    }

    private struct Chunks: AsyncSequence, AsyncIteratorProtocol, Sendable {
        typealias Element = ByteBuffer
        typealias Failure = any Error

        var rest: ByteBuffer
        let size: Int

        func makeAsyncIterator() -> Chunks { self }

        mutating func next(isolation actor: isolated (any Actor)?) async throws -> ByteBuffer? {
            try Task.checkCancellation()
            return rest.readableBytes == 0
                ? nil : rest.readSlice(length: Swift.min(size, rest.readableBytes))
        }

        mutating func next() async throws -> ByteBuffer? { try await next(isolation: nil) }
    }
}

extension ByteStream {
    /// Everything in it, in one buffer.
    package func collected() async throws -> ByteBuffer {
        var buffer = ByteBuffer()
        for try await chunk in self { buffer.writeImmutableBuffer(chunk) }
        return buffer
    }
}

extension ContentAttributes {
    /// Some attributes.
    package static let example = ContentAttributes(
        fileExtension: "mp4", mediaType: "video/mp4",
        created: Timestamp(milliseconds: 1_795_339_800_123), generation: 1)
}
