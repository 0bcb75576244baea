import SFSCatalog
package import SFSCore
import SFSWire

extension Store {
    /// Takes one replica in under a hash that the sender knows, and has the catalog count it.
    ///
    /// For who places replicas itself: this is one copy and no more. A content that is new wants
    /// `minCopies`. What is here under that hash is untouched when the bytes are others.
    ///
    /// - Throws: `SFSError` with code `.hashMismatch` when `body` is not `hash`.
    package func put(
        _ hash: ContentHash, fileExtension: String, length: Int64?, body: ByteStream
    ) async throws {
        let number = try serviceForWriting().number
        let known = try await catalog.lookup(hash)
        let attributes =
            known.content?.attributes
            ?? ContentAttributes(
                fileExtension: fileExtension, mediaType: MediaType.forExtension(fileExtension),
                created: known.now, generation: known.generation)
        let upload = UploadID.random()
        let received = try await receive(
            upload, algorithm: hash.algorithm, length: length, body: body)
        // It compares the hashes, and leaves nothing behind when they differ.
        try await commit(upload, as: hash, attributes)
        _ = try await catalog.record(
            NewContent(
                hash: hash, size: received.size, attributes: attributes,
                want: known.content?.want ?? max(1, settings.minCopies), stores: [number]))
    }
}
