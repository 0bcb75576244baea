package import SFSCatalog
package import SFSClient
package import SFSCore
package import SFSFetch
import SFSFiles
package import SFSWire

/// What the prisms of a process work with, all of it shared between them.
package struct PrismServices: Sendable {
    package let catalog: Catalog
    package let fleet: Fleet
    /// News of revoked purchases, and the catalog's clock.
    package let feed: ChangeFeed
    /// Hits and bytes, until they are in the catalog.
    package let ledger: TrafficLedger
    /// Signs what a store may send without asking.
    package let grants: GrantKeys
    /// Fetches strangers' URLs.
    package let fetcher: Fetcher
    /// How repair is getting on, if this process leads it.
    package let repair: @Sendable () async -> RepairState?
    /// Makes a client of another prism from its URL.
    package let connect: @Sendable (String) throws -> PrismClient

    /// One put or top-up of a hash at a time.
    ///
    /// So equal bytes that are put at once make one content with `want` replicas.
    let puts = KeyedLock<ContentHash>()
    /// Memory for small contents; what finds none left is streamed.
    let smallContents: MemoryBudget
    /// Passwords are hashed here, since that takes a processor for long.
    let passwordQueue: DiskQueue
    let loginBrake: LoginBrake
    let sessions = RecentCache<[UInt8], Known<SessionRecord?>>(countMaximum: 100_000)
    let purchases = RecentCache<PurchaseToken, Known<Purchase>>(countMaximum: 200_000)
    let contents = RecentCache<ContentHash, Known<ContentRecord>>(countMaximum: 200_000)
    /// How often a viewer was sent to which store.
    let viewers = RecentCache<ViewerKey, [StoreNumber: Int]>(countMaximum: 200_000)
    /// What each store holds; counting reads the whole catalog.
    let usage: Remembered<[StoreNumber: StoreUsage]>

    /// Takes what it is given, and starts the threads that hash passwords.
    ///
    /// - Throws: `SFSError` with code `.unavailable` when the system gives no threads.
    package init(
        catalog: Catalog, fleet: Fleet, feed: ChangeFeed, ledger: TrafficLedger,
        grants: GrantKeys, fetcher: Fetcher, logins: LoginSettings,
        smallBytesTotal: Int = 64 << 20,
        repair: @escaping @Sendable () async -> RepairState? = { nil },
        connect: @escaping @Sendable (String) throws -> PrismClient
    ) throws(SFSError) {
        self.catalog = catalog
        self.fleet = fleet
        self.feed = feed
        self.ledger = ledger
        self.grants = grants
        self.fetcher = fetcher
        self.repair = repair
        self.connect = connect
        smallContents = MemoryBudget(bytesMaximum: smallBytesTotal)
        usage = Remembered(for: Self.usageLife) { try await catalog.usage() }
        passwordQueue = try DiskQueue(name: "passwords", threads: 2)
        loginBrake = LoginBrake(logins)
    }

    /// How long what stores hold is not counted again.
    private static let usageLife: Duration = .seconds(10)
    /// Without word from the feed for so long, the catalog is taken to be away.
    private static let feedSilence: Duration = .seconds(2)

    /// Whether nothing was heard of the catalog lately.
    var isCatalogAway: Bool { feed.age.map { $0 > Self.feedSilence } ?? false }

    /// Ends the threads; called when the last prism has stopped.
    package func shutdown() async {
        await passwordQueue.shutdown()
    }
}
