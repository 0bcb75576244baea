import SFSCatalog
package import SFSCore
package import SFSWire

extension Prism {
    /// Which of many contents are there, in the order of the question.
    ///
    /// - Throws: `SFSError` with code `.tooLarge` for more hashes than one request may carry.
    package func exists(_ hashes: [ContentHash]) async throws -> ExistsReply {
        guard hashes.count <= ExistsRequest.contentsPerRequestMaximum else {
            throw SFSError(
                .tooLarge,
                "\(hashes.count) hashes are too many for one request; ask for "
                    + "\(ExistsRequest.contentsPerRequestMaximum) at most")
        }
        let records = try await catalog.contents(hashes)
        let known = Dictionary(records.map { ($0.hash, $0) }) { first, _ in first }
        return ExistsReply(
            contents: hashes.map { hash in
                let record = known[hash]
                let copies = fleet.names(record?.stores ?? []).count
                return ExistsReply.Entry(
                    hash: hash, exists: copies > 0, copies: copies, size: record?.size ?? 0)
            })
    }

    /// One content and where its replicas are.
    ///
    /// - Throws: `SFSError` with code `.notFound`.
    package func detail(_ hash: ContentHash) async throws -> ContentDetail {
        guard let record = try await catalog.content(hash) else {
            throw SFSError(.notFound, "'\(hash)' is not known here")
        }
        let replicas = record.stores.compactMap { fleet.member($0)?.facts }.map { facts in
            ContentDetail.Replica(
                store: facts.name, zone: facts.zone, host: facts.host,
                online: facts.roles.isSuperset(of: [.active, .online]))
        }
        return ContentDetail(content: reply(record), replicas: replicas)
    }
}
