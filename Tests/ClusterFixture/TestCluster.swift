import SFSPostgres
import Glibc
import Logging
package import NIOCore
import PostgresFixture
package import SFSCatalog
import SFSClient
import SFSFetch
import SFSFiles
package import SFSCore
package import SFSPrism
package import SFSStore
package import SFSWire
import Synchronization

/// How a prism reaches the stores of a test.
package enum Reach: String, Sendable, CaseIterable {
    case inProcess, overHTTP
}

/// A whole cluster in the test's process, on real folders and a real PostgreSQL.
///
/// Two zones are headed by a prism each and have two stores each; every store can be told to fail.
package final class TestCluster: Sendable {
    package let prisms: [Prism]
    package let stores: [Store]
    /// What the prisms see of `stores`, in the same order.
    package let faults: [FaultyStore]
    package let catalog: Catalog
    private let fleet: Fleet
    private let suspicion: Duration
    private let database: PostgresDatabase

    private init(
        prisms: [Prism], stores: [Store], faults: [FaultyStore], catalog: Catalog, fleet: Fleet,
        suspicion: Duration, database: PostgresDatabase
    ) {
        self.prisms = prisms
        self.stores = stores
        self.faults = faults
        self.catalog = catalog
        self.fleet = fleet
        self.suspicion = suspicion
        self.database = database
    }

    /// Runs `body` with a cluster, and takes it down afterwards whatever happened.
    ///
    /// A store that failed is left out of choices for `suspicion`.
    package static func with(
        _ reach: Reach = .inProcess, zones: Int = 2, storesPerZone: Int = 2,
        minFree: ByteCount = .mebibytes(1), storeTimeout: Duration = .seconds(60),
        suspicion: Duration = .seconds(3600),
        settings: @Sendable @escaping (inout StoreSettings) -> Void = { _ in },
        throttle: Throttle? = nil, _ body: @Sendable (TestCluster) async throws -> Void
    ) async throws {
        let logger = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
        try await TemporaryFolder.with { folder in
            try await PostgresFixture.withCatalog { catalog, database in
                let identity = try await catalog.open(cluster: try MemberName(parsing: "test"))
                var plan = StorePlan(
                    folder: folder.path, zones: zones, storesPerZone: storesPerZone,
                    minFree: minFree, cluster: identity, catalog: catalog, logger: logger)
                (plan.settings, plan.throttle) = (settings, throttle)
                try await plan.with(reach) { stores, transports in
                    try await run(
                        stores, transports, zones: zones, storeTimeout, suspicion,
                        identity, catalog, database, logger, body)
                }
            }
        }
    }

    private static func run(
        _ stores: [Store], _ faults: [FaultyStore], zones: Int, _ storeTimeout: Duration,
        _ suspicion: Duration, _ identity: ClusterIdentity, _ catalog: Catalog,
        _ database: PostgresDatabase, _ logger: Logger,
        _ body: @Sendable (TestCluster) async throws -> Void
    ) async throws {
        let locals = zip(stores, faults).map { store, fault in
            Fleet.Local(
                name: store.settings.name, zone: store.settings.zone, host: store.settings.host,
                transport: fault)
        }
        let fleet = Fleet(
            catalog: catalog, locals: locals, offlineAfter: .seconds(3600),
            suspicion: suspicion
        ) { url in throw SFSError(.internal, "no other process is at '\(url)'") }
        let feed = ChangeFeed(catalog: catalog, logger: logger)
        try await feed.refresh()
        let services = try PrismServices(
            catalog: catalog, fleet: fleet, feed: feed,
            ledger: TrafficLedger(catalog: catalog, logger: logger),
            grants: GrantKeys(clusterKey: Array("a key for tests".utf8)) {
                message, key throws(SFSError) in try MessageCode.make(message, key: key)
            },
            fetcher: Fetcher(
                limits: FetchLimits(bytesMaximum: 1 << 30, totalTimeout: .seconds(60))),
            logins: LoginSettings()
        ) { url in throw SFSError(.internal, "no other process is at '\(url)'") }
        let prisms = try (0..<zones).map { zone in
            Prism(
                settings: PrismSettings(
                    name: try MemberName(parsing: "prism-\(zone)"),
                    zone: try StorePlan.zone(zone),
                    host: try MemberName(parsing: "host-\(zone)"), storeTimeout: storeTimeout,
                    readTimeout: .seconds(30)),
                url: nil, cluster: identity, services: services, logger: logger)
        }
        for prism in prisms { try await prism.open() }
        let cluster = TestCluster(
            prisms: prisms, stores: stores, faults: faults, catalog: catalog, fleet: fleet,
            suspicion: suspicion, database: database)
        try await withThrowingTaskGroup(of: Void.self) { group in
            for prism in prisms { group.addTask { try await prism.run() } }
            group.addTask { await feed.run() }
            defer { group.cancelAll() }
            try await body(cluster)
        }
        await services.shutdown()
    }

    /// Puts `bytes` at a prism.
    package func put(
        _ bytes: TestBytes, at prism: Int = 0, declared: ContentHash? = nil, copies: Int? = nil,
        length: Int64? = nil
    ) async throws -> ContentReply {
        try await put(
            body: bytes.stream(), at: prism, declared: declared, copies: copies, length: length)
    }

    /// Puts a body at a prism.
    package func put(
        body: ByteStream, at prism: Int = 0, declared: ContentHash? = nil, copies: Int? = nil,
        length: Int64?
    ) async throws -> ContentReply {
        let request = try PutRequest(
            declared: declared, algorithm: nil, copies: copies, fileExtension: "mp4",
            mediaType: nil, length: length)
        return try await prisms[prism].put(request, body: body)
    }

    /// All bytes of a content, as a prism gives them out.
    package func get(_ hash: ContentHash, at prism: Int = 0) async throws -> ByteBuffer {
        let delivery = try await prisms[prism].deliver(hash)
        return try await delivery.bytes(0..<delivery.content.size).collected()
    }

    /// Waits until the prisms think well of all stores again, which takes `suspicion`.
    package func endOfSuspicions() async throws {
        let deadline = ContinuousClock.now + suspicion + .seconds(10)
        while ContinuousClock.now < deadline {
            try await fleet.refresh()
            if fleet.members.allSatisfy({ $0.facts.roles.contains(.online) }) { return }
            try await Task.sleep(for: .milliseconds(10))
        }
        throw SFSError(.timeout, "a store is still suspected")
    }

    /// Has the catalog's database do `statement`, behind everybody's back.
    package func execute(_ statement: String) async throws {
        try await database.query(statement)
    }

    /// Ends all connections to the catalog for good.
    package func stopCatalog() async throws {
        try await database.close()
    }
}
