package import NIOCore
package import SFSCore

/// All bytes of a small content, hashed in this process.
package struct HashedBytes: Sendable {
    package let bytes: ByteBuffer
    package let hash: ContentHash
    /// The CRC32C of the bytes at the time when they were hashed.
    ///
    /// Who writes them in the same process compares this, at a tenth of the cost of hashing them
    /// again, and knows that the memory still holds what was hashed. To a store of another process
    /// it means nothing: that one hashes what it receives.
    package let sum: UInt32

    package init(bytes: ByteBuffer, hash: ContentHash, sum: UInt32) {
        self.bytes = bytes
        self.hash = hash
        self.sum = sum
    }
}

extension StoreTransport {
    package func take(_ content: HashedBytes, _ attributes: ContentAttributes) async throws {
        let upload = UploadID.random()
        _ = try await receive(
            upload, algorithm: content.hash.algorithm, length: Int64(content.bytes.readableBytes),
            body: ByteStream(content.bytes))
        try await commit(upload, as: content.hash, attributes)
    }
}
