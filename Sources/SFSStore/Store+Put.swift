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
        let content = NewContent(
            hash: hash, size: received.size, attributes: attributes,
            want: known.content?.want ?? max(1, settings.minCopies), stores: [number],
            since: known.now)
        try await count(content)
    }

    /// Has the catalog count a replica that was just made durable here.
    ///
    /// One that was taken off at the same moment, since it was bad before, is looked at again.
    private func count(_ content: NewContent) async throws {
        do {
            _ = try await catalog.record(content)
        } catch let error as SFSError where error.code == .conflict {
            // The catalog's marks are finer than our clock: a moment later none looks newer.
            try await Task.sleep(for: .milliseconds(2))
            var content = content
            content.since = try await catalog.lookup(content.hash).now
            guard try await find(content.hash)?.size == content.size else { throw error }
            _ = try await catalog.record(content)
        }
    }
}
