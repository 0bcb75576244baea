package import SFSCore

/// What the catalog knows of the last pass of a kind over a store's volume.
package struct PassRecord: Sendable, Hashable {
    package var store: StoreNumber
    package var kind: PassKind
    package var state: PassState
    /// JSON: how it was asked for.
    package var orders: String
    /// Prefixes of 16 bits that are behind it: 0 to 65,536.
    package var position: Int
    /// JSON: what it found so far.
    package var counters: String
    /// Why it failed.
    package var problem: String?
    /// Tells it from the passes of its kind before and after it.
    package var requested: Timestamp
    package var started: Timestamp?
    package var ended: Timestamp?
    /// When its store last said how far it is.
    package var updated: Timestamp

    package init(
        store: StoreNumber, kind: PassKind, state: PassState, orders: String, position: Int,
        counters: String, problem: String?, requested: Timestamp, started: Timestamp?,
        ended: Timestamp?, updated: Timestamp
    ) {
        self.store = store
        self.kind = kind
        self.state = state
        self.orders = orders
        self.position = position
        self.counters = counters
        self.problem = problem
        self.requested = requested
        self.started = started
        self.ended = ended
        self.updated = updated
    }
}
