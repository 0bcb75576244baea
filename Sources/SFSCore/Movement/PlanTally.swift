/// What a plan comes to: what is shown before it is applied.
package struct PlanTally: Sendable, Hashable {
    /// Contents of which replicas move, come or go.
    package private(set) var contents: Int64 = 0
    /// Bytes that are copied.
    package private(set) var bytes: Int64 = 0
    /// Replicas that come.
    package private(set) var copiesAdded: Int64 = 0
    /// Replicas that go.
    package private(set) var copiesRemoved: Int64 = 0
    /// The fewest live replicas that any of its contents passes through; `nil` = it has none.
    package private(set) var lowestCopies: Int?
    /// Stores that it changes, by number.
    package private(set) var stores: [Store] = []
    /// Zones that it changes, by name.
    package private(set) var zones: [Zone] = []
    /// What it does not do, or only in part, the commonest reason first.
    package let left: [Left]

    /// A store before and after.
    package struct Store: Sendable, Hashable {
        package let facts: StoreFacts
        /// Bytes of replicas that it could hold.
        package let capacity: Int64
        /// Bytes of replicas on it, those of tasks that exist already counted as done.
        package let usedBefore: Int64
        package var usedAfter: Int64
        package var copiesAdded: Int64 = 0
        package var copiesRemoved: Int64 = 0
    }

    /// A zone's copies.
    package struct Zone: Sendable, Hashable {
        package let name: MemberName
        package var copiesAdded: Int64 = 0
        package var copiesRemoved: Int64 = 0
    }

    /// Contents that are left alone, in part or wholly, for one reason.
    package struct Left: Sendable, Hashable {
        package let reason: LeaveReason
        package var contents: Int64
        /// The first of them.
        package let example: ContentHash
    }

    init(
        _ changes: some Collection<ContentChange>, in cluster: PlanningCluster,
        left: some Collection<Left>
    ) {
        self.left = left.sorted {
            ($1.contents, $0.reason.rawValue) < ($0.contents, $1.reason.rawValue)
        }
        var stores = zip(cluster.stores, cluster.volumes).map { store, volume in
            Store(
                facts: store.facts, capacity: volume.capacity, usedBefore: volume.bytes,
                usedAfter: volume.bytes)
        }
        for change in changes {
            add(change)
            for slot in change.gains.compactMap(cluster.slot) {
                stores[slot].usedAfter += change.content.size
                stores[slot].copiesAdded += 1
            }
            for slot in change.losses.compactMap(cluster.slot) {
                stores[slot].usedAfter -= change.content.size
                stores[slot].copiesRemoved += 1
            }
        }
        self.stores = stores.filter { $0.copiesAdded + $0.copiesRemoved > 0 }
        zones = Self.zones(of: self.stores)
    }

    private mutating func add(_ change: ContentChange) {
        contents += 1
        bytes += change.content.size * Int64(change.gains.count)
        copiesAdded += Int64(change.gains.count)
        copiesRemoved += Int64(change.losses.count)
        lowestCopies = min(lowestCopies ?? Int.max, change.lowestCopies)
    }

    private static func zones(of stores: [Store]) -> [Zone] {
        Dictionary(grouping: stores, by: \.facts.zone).sorted { $0.key < $1.key }.map {
            name, stores in
            Zone(
                name: name, copiesAdded: stores.reduce(0) { $0 + $1.copiesAdded },
                copiesRemoved: stores.reduce(0) { $0 + $1.copiesRemoved })
        }
    }
}
