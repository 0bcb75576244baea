import Logging
import SFSCatalog
import SFSCore
package import SFSWire

extension Engine {
    /// Begins to make the catalog anew from what the volumes hold, or goes on with what failed.
    ///
    /// The schema is made first where the database was dropped and created again; this process
    /// still knows which cluster it is of. Stores join by themselves when they see the new catalog.
    ///
    /// - Throws: `SFSError` with code `.configuration` when the database is another cluster's.
    package func rebuild(actor: String) async throws -> RebuildReply {
        let opened = try await catalog.open(cluster: cluster.name, knownID: cluster.id)
        guard opened.id == cluster.id else {
            throw SFSError(
                .configuration,
                "the catalog is of another cluster called '\(cluster.name)'; this one has the "
                    + "number \(cluster.id)")
        }
        if try await !catalog.isRebuilding() {
            // It is not lost, or was rebuilt before: what passes found then does not count. First
            // of all, since a leader may look as soon as it is marked.
            let stores = try await storeRoll().records.filter { !$0.isRetired }
            try await request(Self.tombstones, of: stores.map(\.facts.number))
            try await catalog.setRebuilding(true)
        }
        try await catalog.audit(actor, "rebuild-catalog", cluster.name.text, "asked for")
        // The first step waits for the leader where stores have yet to join.
        if try await missingStores().isEmpty { try await stepRebuild(retriesFailed: true) }
        return try await rebuildState()
    }

    /// How far a rebuild is; one that is done when there is none.
    package func rebuildState() async throws -> RebuildReply {
        let passes = try await list(try await catalog.passes(kind: .inventory))
        return RebuildReply(
            passes: passes.passes, contents: try await catalog.totals().contents,
            isDone: try await !catalog.isRebuilding(), missing: try await missingStores())
    }

    /// Takes the next step of a rebuild; `false` when there is nothing to take.
    @discardableResult
    func stepRebuild(retriesFailed: Bool = false) async throws -> Bool {
        guard try await catalog.isRebuilding() else { return false }
        let stores = try await storeRoll().records.filter { !$0.isRetired }.map(\.facts.number)
        let passes = Dictionary(
            try await catalog.passes(kind: .inventory).map { ($0.store, $0) }
        ) { first, _ in first }
        switch try RebuildPhase.next(stores, passes, retriesFailed: retriesFailed) {
        case .askTombstones(let stores): try await request(Self.tombstones, of: stores)
        case .askContents(let stores): try await request(Self.contents, of: stores)
        case .wait: return false
        case .stuck(let stores):
            logger.debug(
                "the rebuild waits for stores whose passes failed",
                metadata: ["stores": "\(stores)"])
            return false
        case .done:
            try await catalog.endRebuild()
            logger.notice("the catalog is whole again")
        }
        return true
    }

    /// Stores that should be there and are not, or are lost: nothing of theirs can be adopted.
    func missingStores() async throws -> [MemberName] {
        let roll = try await storeRoll()
        let joined = Set(roll.records.map(\.facts.name))
        let unjoined = Set(reach.expectedStores()).subtracting(joined)
        return (unjoined + roll.stores([.lost]).map(\.facts.name)).sorted()
    }

    private static let tombstones = PassOptions(rebuilds: true, tombstonesOnly: true)
    private static let contents = PassOptions(rebuilds: true)

    private func request(_ options: PassOptions, of stores: [StoreNumber]) async throws {
        let orders = String(decoding: try JSON.encode(options), as: UTF8.self)
        for store in stores {
            // In the place of an ordinary one, which adopts nothing while this goes on.
            _ = try await catalog.requestPass(
                .inventory, of: store, orders: orders, replaces: true)
        }
    }
}
