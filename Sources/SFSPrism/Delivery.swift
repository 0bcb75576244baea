import Logging
import NIOCore
import SFSCatalog
package import SFSCore
package import SFSWire

/// A content that is about to be given out.
package struct Delivery: Sendable {
    /// What it is.
    package let content: ContentReply
    private let prism: Prism
    private let sources: [Fleet.Member]

    init(content: ContentReply, prism: Prism, sources: [Fleet.Member]) {
        self.content = content
        self.prism = prism
        self.sources = sources
    }

    /// The bytes at `offsets`, from whichever replica can give them; it goes on with the next one
    /// at the same offset when one fails in between, and throws when none is left.
    ///
    /// The first replica is opened before this returns.
    ///
    /// - Throws: `SFSError` with code `.unavailable` when no replica can be read.
    package func bytes(_ offsets: Range<Int64>) async throws -> ByteStream {
        let stream = ReplicaStream(
            hash: content.hash, offsets: offsets, sources: sources, prism: prism)
        try await stream.open()
        return ByteStream(stream)
    }
}

extension Prism {
    /// Finds a content and the replicas to read it from, best first.
    ///
    /// - Throws: `SFSError` with code `.notFound` when it is unknown, `.unavailable` when no store
    ///   that is up has it.
    package func deliver(_ hash: ContentHash) async throws -> Delivery {
        let record: ContentRecord
        do {
            guard let known = try await catalog.content(hash), !known.stores.isEmpty else {
                throw SFSError(.notFound, "'\(hash)' is not known here")
            }
            record = known
        } catch let error as SFSError where [.unavailable, .timeout, .busy].contains(error.code) {
            logger.warning("asking stores, not the catalog", metadata: ["error": "\(error)"])
            record = try await askStores(hash, catalog: error)
        }
        let holders = record.stores.compactMap { fleet.member($0) }
        let order = ReadOrder.order(
            holders.map(\.facts), zone: settings.zone, load: fleet.load)
        // Stores thought to be down come last: better to try them than to give up.
        let rest = holders.filter { holder in
            holder.facts.roles.isSuperset(of: [.active, .read])
                && !order.contains { $0.number == holder.facts.number }
        }
        let sources = order.compactMap { fleet.member($0.number) } + rest
        guard !sources.isEmpty else {
            throw SFSError(.unavailable, "no store that has '\(hash)' is in service")
        }
        return Delivery(content: reply(record), prism: self, sources: sources)
    }

    /// Finds a content without the catalog: deleted contents are in the trash and are not found,
    /// so what a store holds may be given out.
    private func askStores(_ hash: ContentHash, catalog error: SFSError) async throws
        -> ContentRecord
    {
        let limit = settings.readTimeout
        let found = await withTaskGroup(of: (StoreNumber, ReplicaFacts?).self) { group in
            for member in fleet.members {
                group.addTask {
                    // A store that does not answer holds nothing that can be given out now.
                    let facts = try? await withTimeLimit(limit, "a store") {
                        try await member.transport.find(hash)
                    }
                    return (member.facts.number, facts ?? nil)
                }
            }
            return await group.reduce(into: [(StoreNumber, ReplicaFacts)]()) { all, found in
                if let facts = found.1 { all.append((found.0, facts)) }
            }
        }
        guard let facts = found.first?.1 else { throw error }
        let attributes =
            found.compactMap(\.1.attributes).first
            ?? ContentAttributes(
                fileExtension: "", mediaType: MediaType.unknown, created: .now(), generation: 1)
        let stores = found.filter { $0.1.size == facts.size }.map(\.0).sorted()
        return ContentRecord(
            hash: hash, size: facts.size, attributes: attributes, want: settings.copies,
            stores: stores)
    }
}
