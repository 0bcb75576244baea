import SFSCore

/// Counts by what they are of; bounded, so that nobody's requests fill the memory.
struct TrafficTally {
    /// How many contents and how many purchases there may be.
    static let keysMaximum = 100_000
    /// How many viewers: each is a row for hours, and anybody can be many.
    static let slotsMaximum = 2000

    private struct Delivery: Hashable {
        let hash: ContentHash
        let store: StoreNumber
    }

    private struct Slot: Hashable {
        let viewer: [UInt8]
        let delivery: Delivery
    }

    private var contents: [Delivery: TrafficCount] = [:]
    private var purchases: [PurchaseToken: TrafficCount] = [:]
    private var slots: [Slot: TrafficCount] = [:]
    /// How many counts found no place.
    private var dropped = 0

    mutating func add(_ traffic: ContentTraffic) {
        let key = Delivery(hash: traffic.hash, store: traffic.store)
        dropped += Self.add(traffic.count, to: &contents, key, room: Self.keysMaximum)
    }

    mutating func add(_ traffic: PurchaseTraffic) {
        dropped += Self.add(
            traffic.count, to: &purchases, traffic.token, room: Self.keysMaximum)
    }

    mutating func add(_ traffic: SlotTraffic) {
        let delivery = Delivery(hash: traffic.hash, store: traffic.store)
        dropped += Self.add(
            traffic.count, to: &slots, Slot(viewer: traffic.viewer, delivery: delivery),
            room: Self.slotsMaximum)
    }

    mutating func add(_ batch: TrafficBatch) {
        for traffic in batch.contents { add(traffic) }
        for traffic in batch.purchases { add(traffic) }
        for traffic in batch.slots { add(traffic) }
    }

    /// All counts; it is empty then.
    mutating func take() -> TrafficBatch {
        defer { (contents, purchases, slots) = ([:], [:], [:]) }
        return TrafficBatch(
            contents: contents.map {
                ContentTraffic(hash: $0.hash, store: $0.store, count: $1)
            },
            purchases: purchases.map { PurchaseTraffic(token: $0, count: $1) },
            slots: slots.map {
                SlotTraffic(
                    viewer: $0.viewer, hash: $0.delivery.hash, store: $0.delivery.store, count: $1)
            })
    }

    /// How many counts found no place since this was last asked.
    mutating func takeDropped() -> Int {
        defer { dropped = 0 }
        return dropped
    }

    /// Adds to the count of `key`, or makes one while there is room; returns how many it dropped.
    private static func add<Key: Hashable>(
        _ count: TrafficCount, to counts: inout [Key: TrafficCount], _ key: Key, room: Int
    ) -> Int {
        guard counts[key] != nil || counts.count < room else { return 1 }
        counts[key, default: TrafficCount()].add(count)
        return 0
    }
}

extension TrafficBatch {
    /// The same in batches of up to `size` rows, contents first.
    func batches(of size: Int) -> [TrafficBatch] {
        Self.parts(contents, size) { TrafficBatch(contents: $0) }
            + Self.parts(purchases, size) { TrafficBatch(purchases: $0) }
            + Self.parts(slots, size) { TrafficBatch(slots: $0) }
    }

    private static func parts<Row>(
        _ rows: [Row], _ size: Int, _ batch: ([Row]) -> TrafficBatch
    ) -> [TrafficBatch] {
        stride(from: 0, to: rows.count, by: size).map { start in
            batch(Array(rows[start..<min(start + size, rows.count)]))
        }
    }
}
