import SFSCore
import SFSWire

/// What a deletion comes to, or its reversal.
struct DeletionTally {
    private let view: PlanningView
    private let restores: Bool
    private var contents: Int64 = 0
    private var copies: [StoreNumber: (count: Int64, bytes: Int64)] = [:]

    /// With `restores` replicas come back instead.
    init(_ view: PlanningView, restores: Bool = false) {
        self.view = view
        self.restores = restores
    }

    /// Adds a content of `size` bytes on `stores`.
    mutating func add(_ size: Int64, _ stores: [StoreNumber]) {
        contents += 1
        for store in stores {
            copies[store, default: (0, 0)].count += 1
            copies[store, default: (0, 0)].bytes += size
        }
    }

    /// Nothing is copied for it: files go to the trash, or come back from there.
    var summary: PlanSummary {
        let stores = view.cluster().stores.compactMap { store -> PlanSummary.Store? in
            guard let change = copies[store.facts.number] else { return nil }
            return PlanSummary.Store(
                name: store.facts.name, zone: store.facts.zone, totalBytes: store.capacity,
                usedBefore: store.usedBytes,
                usedAfter: store.usedBytes + (restores ? change.bytes : -change.bytes),
                copiesAdded: restores ? change.count : 0,
                copiesRemoved: restores ? 0 : change.count)
        }
        let zones = Dictionary(grouping: stores, by: \.zone).sorted { $0.key < $1.key }
        return PlanSummary(
            contents: contents, bytes: 0,
            copiesAdded: stores.reduce(0) { $0 + $1.copiesAdded },
            copiesRemoved: stores.reduce(0) { $0 + $1.copiesRemoved },
            lowestCopies: contents > 0 && !restores ? 0 : nil, stores: stores,
            zones: zones.map { name, stores in
                PlanSummary.Zone(
                    name: name, copiesAdded: stores.reduce(0) { $0 + $1.copiesAdded },
                    copiesRemoved: stores.reduce(0) { $0 + $1.copiesRemoved })
            }, leftAlone: [])
    }
}
