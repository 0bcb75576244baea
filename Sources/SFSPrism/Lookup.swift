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
        let found = try await catalog.existence(of: hashes)
        // Most are on the same few sets of stores, and neighbours mostly on the same one.
        var copies: [[StoreNumber]: Int] = [:]
        var last: (stores: [StoreNumber], count: Int) = ([], 0)
        return ExistsReply(
            contents: zip(hashes, found).map { hash, found in
                guard let found else {
                    return ExistsReply.Entry(hash: hash, exists: false, copies: 0, size: 0)
                }
                if found.stores != last.stores {
                    last.stores = found.stores
                    last.count = copies[found.stores] ?? fleet.names(found.stores).count
                    copies[found.stores] = last.count
                }
                return ExistsReply.Entry(
                    hash: hash, exists: last.count > 0, copies: last.count, size: found.size)
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
