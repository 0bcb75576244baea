package import SFSCore

/// What the catalog has to tell to all who hold purchases in memory, or grants.
package struct Changes: Sendable, Hashable {
    /// The database's clock when it was asked.
    package var now: Timestamp
    /// Oldest first; one may come in several readings.
    package var revocations: [Revocation]
}

/// Purchases that somebody ended before their time.
package struct Revocation: Sendable, Hashable {
    package var selection: PurchaseSelection
    /// What was bought up to this moment, it included, is meant.
    package var revoked: Timestamp
    /// When the last of them would have ended by itself.
    package var until: Timestamp

    package init(selection: PurchaseSelection, revoked: Timestamp, until: Timestamp) {
        self.selection = selection
        self.revoked = revoked
        self.until = until
    }
}
