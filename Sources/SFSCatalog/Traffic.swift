package import SFSCore

/// How often something was sent, and how many bytes of it.
package struct TrafficCount: Sendable, Hashable {
    /// Not negative, as `bytes`.
    package var hits: Int64
    package var bytes: Int64

    package init(hits: Int64 = 0, bytes: Int64 = 0) {
        self.hits = hits
        self.bytes = bytes
    }

    /// Adds `other` to it; past the maximum it stays there.
    package mutating func add(_ other: TrafficCount) {
        let (hitSum, hitsOverflow) = hits.addingReportingOverflow(other.hits)
        let (byteSum, bytesOverflow) = bytes.addingReportingOverflow(other.bytes)
        hits = hitsOverflow ? .max : hitSum
        bytes = bytesOverflow ? .max : byteSum
    }
}

/// What went out and is to be added to the catalog's counts.
package struct TrafficBatch: Sendable, Hashable {
    /// By content and store.
    package var contents: [ContentTraffic]
    /// By purchase.
    package var purchases: [PurchaseTraffic]
    /// By viewer, content and store.
    package var slots: [SlotTraffic]

    package init(
        contents: [ContentTraffic] = [], purchases: [PurchaseTraffic] = [],
        slots: [SlotTraffic] = []
    ) {
        self.contents = contents
        self.purchases = purchases
        self.slots = slots
    }
}

/// What one store sent of one content.
package struct ContentTraffic: Sendable, Hashable {
    package var hash: ContentHash
    package var store: StoreNumber
    package var count: TrafficCount

    package init(hash: ContentHash, store: StoreNumber, count: TrafficCount) {
        self.hash = hash
        self.store = store
        self.count = count
    }
}

/// What was sent for one purchase.
package struct PurchaseTraffic: Sendable, Hashable {
    package var token: PurchaseToken
    package var count: TrafficCount

    package init(token: PurchaseToken, count: TrafficCount) {
        self.token = token
        self.count = count
    }
}

/// What one viewer had of one content from one store.
package struct SlotTraffic: Sendable, Hashable {
    /// A digest that tells viewers apart and names nobody; 1 to 64 bytes.
    package var viewer: [UInt8]
    package var hash: ContentHash
    package var store: StoreNumber
    package var count: TrafficCount

    package init(viewer: [UInt8], hash: ContentHash, store: StoreNumber, count: TrafficCount) {
        self.viewer = viewer
        self.hash = hash
        self.store = store
        self.count = count
    }
}

/// What went out of one content in the hours that are kept.
package struct ContentTotals: Sendable, Hashable {
    /// From all stores.
    package var total: TrafficCount
    /// By store; those that sent nothing are absent.
    package var perStore: [StoreNumber: TrafficCount]

    package init(total: TrafficCount = TrafficCount(), perStore: [StoreNumber: TrafficCount] = [:])
    {
        self.total = total
        self.perStore = perStore
    }
}
