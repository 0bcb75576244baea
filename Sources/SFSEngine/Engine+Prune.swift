import SFSCatalog
import SFSCore
package import SFSWire

extension Engine {
    /// Removes what nothing can need any more, in the catalog and on the stores that are up; it may
    /// be done anywhere, and any number of times at once.
    ///
    /// What fails says so in its entry, and stops nothing else.
    package func prune(_ order: PruneOrder) async throws -> PruneReply {
        let kinds = order.only ?? PruneKind.allCases
        var entries: [PruneReply.Entry] = []
        let ofStores = kinds.filter { $0 == .spool || $0 == .trash }
        for kind in PruneKind.allCases where kinds.contains(kind) && !ofStores.contains(kind) {
            entries.append(await pruneCatalog(kind, dryRun: order.dryRun))
            try Task.checkCancellation()
        }
        if !ofStores.isEmpty {
            entries += try await pruneStores(
                StorePruneOrder(kinds: ofStores, dryRun: order.dryRun))
        }
        return PruneReply(entries: entries)
    }

    /// One kind of the catalog's; `spool` and `trash` are the stores'.
    private func pruneCatalog(_ kind: PruneKind, dryRun: Bool) async -> PruneReply.Entry {
        do {
            let count: Int64 =
                switch kind {
                case .spool, .trash: 0
                case .purchases: Int64(try await catalog.prunePurchases(dryRun: dryRun))
                case .sessions: try await catalog.pruneSessions(dryRun: dryRun)
                case .votes: try await catalog.pruneVotes(dryRun: dryRun)
                case .orphans: try await catalog.pruneOrphans(dryRun: dryRun)
                case .plans:
                    try await catalog.prunePlans(olderThan: care.plansKept, dryRun: dryRun)
                case .traffic:
                    try await catalog.pruneTraffic(olderThan: care.trafficKept, dryRun: dryRun)
                        + catalog.pruneSlots(dryRun: dryRun)
                        + catalog.pruneRemovals(dryRun: dryRun)
                }
            return PruneReply.Entry(kind: kind, count: count, bytes: 0)
        } catch {
            return Self.failure(error, kind, store: nil)
        }
    }

    /// All stores that are not lost, at once.
    private func pruneStores(_ order: StorePruneOrder) async throws -> [PruneReply.Entry] {
        let stores: [StoreRecord]
        do {
            stores = try await storeRoll().stores([.well, .away])
        } catch {
            return order.kinds.map { Self.failure(error, $0, store: nil) }
        }
        return await withTaskGroup(of: [PruneReply.Entry].self) { group in
            for store in stores {
                group.addTask { [self] in await prune(store.facts.name, order) }
            }
            return await group.reduce(into: []) { $0 += $1 }
        }
        .sorted { Self.key($0) < Self.key($1) }
    }

    private func prune(_ store: MemberName, _ order: StorePruneOrder) async -> [PruneReply.Entry] {
        do {
            return try await withTimeLimit(care.pruneTimeout, "store '\(store)'") { [reach] in
                guard let peer = try await reach.peers(store) else {
                    throw SFSError(.unavailable, "store '\(store)' cannot be reached")
                }
                return try await peer.prune(order)
            }
            .map { entry in
                var entry = entry
                entry.store = store
                return entry
            }
        } catch {
            return order.kinds.map { Self.failure(error, $0, store: store) }
        }
    }

    private static func key(_ entry: PruneReply.Entry) -> (String, String) {
        (entry.kind.rawValue, entry.store?.text ?? "")
    }

    private static func failure(
        _ error: any Error, _ kind: PruneKind, store: MemberName?
    ) -> PruneReply.Entry {
        PruneReply.Entry(
            kind: kind, store: store, count: 0, bytes: 0,
            problem: SFSError(wrapping: error).message)
    }
}
