/// How full one store is, and will be by what a plan has decided so far.
struct PlannedVolume: Sendable, Hashable {
    /// Bytes of replicas that it could hold.
    let capacity: Int64
    /// Bytes of replicas that it will hold.
    private(set) var bytes: Int64
    /// Bytes that can still be written: what is given up lies in the trash for a while.
    private(set) var room: Int64

    init(_ store: PlanningStore) {
        capacity = store.capacity
        bytes = max(0, store.usedBytes + store.arrivingBytes - store.leavingBytes)
        room = max(0, store.facts.freeBytes) - store.arrivingBytes
    }

    /// Percent of its capacity; a store without any is full.
    var fill: Double { fill(with: 0) }

    /// The same with `change` bytes more, or fewer.
    func fill(with change: Int64) -> Double {
        capacity > 0 ? 100 * Double(bytes + change) / Double(capacity) : 100
    }

    /// Whether `size` bytes more stay below `highWater` percent, and can be written now.
    func takes(_ size: Int64, highWater: Int) -> Bool {
        room >= max(size, 1) && fill(with: size) <= Double(highWater)
    }

    /// Counts a replica of `size` bytes that comes, or comes after all not.
    mutating func add(_ size: Int64, isUndone: Bool = false) {
        bytes += isUndone ? -size : size
        room += isUndone ? size : -size
    }

    /// Counts a replica of `size` bytes that goes, or stays after all.
    mutating func remove(_ size: Int64, isUndone: Bool = false) {
        bytes += isUndone ? size : -size
    }
}
