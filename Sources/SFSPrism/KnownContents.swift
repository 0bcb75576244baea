import Logging
import SFSCatalog
import SFSCore
import SFSWire

extension Prism {
    /// How long where a content is may be used without asking the catalog again.
    private static let contentFreshness: Duration = .seconds(1)
    /// How long who reads waits for the catalog; then what is known, or found elsewhere, has to do
    /// (promises.md C5).
    static let catalogTime: Duration = .seconds(2)

    /// What is known of a content that is to be read.
    ///
    /// While the catalog is away, what was read before goes on being used, and the stores are asked
    /// for what was not; they are also asked for what a catalog does not know that was lost and is
    /// being made anew.
    ///
    /// - Throws: `SFSError` with code `.notFound` when it is unknown or no store has it,
    ///   `.unavailable` when that cannot be told.
    func readableContent(_ hash: ContentHash) async throws -> ContentRecord {
        let known = services.contents[hash]
        let isAway = services.isCatalogAway
        let freshness = isAway ? settings.delivery.staleAfter : Self.contentFreshness
        // A put at another prism mends what is damaged, and this one answers for it, too (C1).
        if let known, known.age < freshness, isAway || !known.value.isDamaged {
            return known.value
        }
        // Whoever waits for a catalog that is away waits in vain.
        if isAway, let found = await askStores(hash) { return found }
        do {
            let found = try await withTimeLimit(Self.catalogTime, "the catalog") { [catalog] in
                try await catalog.content(hash)
            }
            guard let found, !found.stores.isEmpty else {
                services.contents.set(hash, nil)
                if fleet.isRebuilding, let found = await askStores(hash) { return found }
                throw SFSError(.notFound, "'\(hash)' is not known here")
            }
            services.contents.set(hash, Known(found))
            return found
        } catch let error as SFSError where [.unavailable, .timeout, .busy].contains(error.code) {
            if let known, known.age < settings.delivery.staleAfter { return known.value }
            logger.warning("asking stores, not the catalog", metadata: ["error": "\(error)"])
            guard let found = await askStores(hash) else { throw error }
            return found
        }
    }

    /// Forgets what it knew of contents, since some were deleted or brought back: here before this
    /// returns, and everywhere within a second.
    package func forgetContents() async {
        services.contents.removeAll()
        // Their purchases were revoked.
        await spreadRevocations()
    }

    /// Forgets what it knew of `hash`, whose copies a put changes: whoever reads it after the
    /// answer is sent to those that were acknowledged (C1).
    func forgetContent(_ hash: ContentHash) {
        services.contents.set(hash, nil)
    }

    /// Finds a content without the catalog; `nil` when no store that answers has it.
    ///
    /// Deleted contents are in the trash and are not found, so what a store holds may be given out.
    private func askStores(_ hash: ContentHash) async -> ContentRecord? {
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
        guard let facts = found.first?.1 else { return nil }
        let attributes =
            found.compactMap(\.1.attributes).first
            ?? ContentAttributes(
                fileExtension: "", mediaType: MediaType.unknown, created: .now(), generation: 1)
        let stores = found.filter { $0.1.size == facts.size }.map(\.0).sorted()
        let record = ContentRecord(
            hash: hash, size: facts.size, attributes: attributes, want: settings.copies,
            stores: stores)
        services.contents.set(hash, Known(record))
        return record
    }
}
