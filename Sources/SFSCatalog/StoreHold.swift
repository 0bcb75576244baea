package import SFSCore

/// The promise that a store can go, for a while.
package struct StoreHold: Sendable, Hashable {
    package var store: StoreNumber
    package var purpose: StorePurpose
    /// Until then others are asked as if it were gone.
    package var until: Timestamp

    package init(store: StoreNumber, purpose: StorePurpose, until: Timestamp) {
        self.store = store
        self.purpose = purpose
        self.until = until
    }
}
