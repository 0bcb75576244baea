import SFSCatalog
import SFSCore

/// The stores as they are when a plan is made, with names and what they are about to hold.
struct PlanningView: Sendable {
    let roll: StoreRoll
    private let stores: [PlanningStore]
    private let settings: EngineSettings

    init(
        _ roll: StoreRoll, usage: [StoreNumber: StoreUsage],
        movements: [StoreNumber: StoreMovement], _ settings: EngineSettings
    ) {
        self.roll = roll
        self.settings = settings
        stores = roll.records.map { record in
            let number = record.facts.number
            let movement = movements[number] ?? StoreMovement()
            var facts = record.facts
            // Replicas for load take room, too, though they do not count as fill.
            facts.freeBytes = max(0, facts.freeBytes - movement.extraBytes)
            return PlanningStore(
                facts: facts, condition: roll.condition(of: record),
                isDraining: record.isDraining, usedBytes: usage[number]?.bytes ?? 0,
                trashBytes: movement.trashBytes, arrivingBytes: movement.arrivingBytes,
                leavingBytes: movement.leavingBytes)
        }
    }

    /// For planners; the replicas on `lost` do not count, and `draining` takes none.
    func cluster(
        lost: Set<StoreNumber> = [], draining: StoreNumber? = nil
    ) -> PlanningCluster {
        let stores = stores.map { store in
            var store = store
            if lost.contains(store.facts.number) { store.condition = .lost }
            if store.facts.number == draining { store.isDraining = true }
            return store
        }
        return PlanningCluster(
            stores: stores, minCopies: settings.minCopies, highWater: settings.highWater)
    }

    /// The numbers of the stores of a zone.
    ///
    /// - Throws: `SFSError` with code `.notFound`.
    func stores(inZone zone: MemberName) throws(SFSError) -> [StoreNumber] {
        let numbers = stores.filter { $0.facts.zone == zone }.map(\.facts.number)
        guard !numbers.isEmpty else {
            throw SFSError(.notFound, "there is no store in zone '\(zone)'")
        }
        return numbers
    }

    /// A digest of everything about the stores that plans rest on but fill; `draining` counts as
    /// being drained.
    func digest(draining: StoreNumber? = nil) -> String {
        let lines = roll.records.map { record in
            let facts = record.facts
            let roles = facts.roles.map(\.rawValue).sorted().joined(separator: ",")
            let isDraining = record.isDraining || facts.number == draining
            return "\(facts.number) \(facts.zone) \(facts.host) \(roles) "
                + "\(roll.condition(of: record)) \(isDraining ? "draining" : "staying")"
        }
        // FNV-1a: the same in every process.
        let sum = lines.joined(separator: "\n").utf8.reduce(0xcbf2_9ce4_8422_2325 as UInt64) {
            ($0 ^ UInt64($1)) &* 0x100_0000_01b3
        }
        return String(sum, radix: 16)
    }
}

extension Engine {
    /// The stores as plans see them now; counts what they hold anew.
    func planningView() async throws -> PlanningView {
        PlanningView(
            try await storeRoll(), usage: try await catalog.usage(),
            movements: try await catalog.storeMovements(trashGrace: settings.trashGrace),
            settings)
    }
}
