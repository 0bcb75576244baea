package import SFSCore

/// What a store says of itself when it joins.
package struct StoreRegistration: Sendable, Hashable {
    /// Unique in the cluster; the store's identity together with `volume`.
    package var name: MemberName
    package var zone: MemberName
    package var host: MemberName
    /// The UUID in the label of its volume.
    package var volume: String
    /// Where other nodes reach it; `nil` = only in its own process.
    package var url: String?
    /// How clients reach it.
    package var reach: StoreReach
    /// Bytes that may still be written, not negative.
    package var freeBytes: Int64
    /// Bytes of the whole volume, not negative.
    package var totalBytes: Int64
    /// Of the program that it runs; `nil` = it does not say.
    package var version: String?

    package init(
        name: MemberName, zone: MemberName, host: MemberName, volume: String, url: String?,
        reach: StoreReach = StoreReach(), freeBytes: Int64, totalBytes: Int64,
        version: String? = nil
    ) {
        self.name = name
        self.zone = zone
        self.host = host
        self.volume = volume
        self.url = url
        self.reach = reach
        self.freeBytes = freeBytes
        self.totalBytes = totalBytes
        self.version = version
    }
}

/// What the catalog knows of a store.
package struct StoreRecord: Sendable, Hashable {
    /// What placement needs.
    package var facts: StoreFacts
    /// Where other nodes reach it; `nil` = only in its own process.
    package var url: String?
    /// How clients reach it.
    package var reach: StoreReach
    /// The UUID in the label of its volume.
    package var volume: String
    /// How often its volume was opened; its label says the same.
    package var epoch: Int64
    /// Since its last report, by the database's clock.
    package var secondsSinceSeen: Double
    /// Why it should not be used, as it said itself; `nil` when it is well.
    package var problem: String?
    /// Whether its replicas are to go elsewhere.
    package var isDraining: Bool
    /// Whether it holds nothing and may not come back.
    package var isRetired: Bool
    /// Of the program that it ran when it last said so.
    package var version: String?

    package init(
        facts: StoreFacts, url: String?, reach: StoreReach = StoreReach(), volume: String,
        epoch: Int64, secondsSinceSeen: Double, problem: String?, isDraining: Bool = false,
        isRetired: Bool = false, version: String? = nil
    ) {
        self.facts = facts
        self.url = url
        self.reach = reach
        self.volume = volume
        self.epoch = epoch
        self.secondsSinceSeen = secondsSinceSeen
        self.problem = problem
        self.isDraining = isDraining
        self.isRetired = isRetired
        self.version = version
    }
}
