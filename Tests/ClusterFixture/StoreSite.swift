import Logging
import NIOPosix
import PostgresFixture
package import SFSCatalog
package import SFSCore
import SFSFiles
import SFSHTTP
import SFSPostgres
package import SFSServer
package import SFSStore
package import SFSWire

/// Stores of one zone behind listeners, with all that deliveries need: what clients of stores meet.
package struct StoreSite: Sendable {
    package let stores: [Store]
    /// Where they listen, in the same order: `http://127.0.0.1:<port>`.
    package let urls: [String]
    package let catalog: Catalog
    /// Running.
    package let feed: ChangeFeed
    /// Flushed by the test.
    package let ledger: TrafficLedger
    package let grants: GrantKeys
    /// Ends all connections to the catalog for good.
    package let stopCatalog: @Sendable () async throws -> Void

    /// What HTTP Basic may show, and what other nodes show.
    package static let credentials = Credentials(name: "site", password: "a-password-for-tests")
    package static let memberToken = "a-member-token-for-tests"

    /// Runs `body` with `count` stores.
    package static func with(
        _ count: Int = 1, staleAfter: Duration = .seconds(60),
        _ body: @Sendable (StoreSite) async throws -> Void
    ) async throws {
        let logger = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
        let grants = GrantKeys(clusterKey: Array("a key for tests".utf8)) {
            (message, key) throws(SFSError) in try MessageCode.make(message, key: key)
        }
        try await TemporaryFolder.with { folder in
            try await PostgresFixture.withCatalog { catalog, database in
                let feed = ChangeFeed(catalog: catalog, logger: logger)
                let ledger = TrafficLedger(catalog: catalog, logger: logger)
                try await feed.refresh()
                var plan = StorePlan(
                    folder: folder.path, zones: 1, storesPerZone: count, minFree: .mebibytes(1),
                    cluster: try await catalog.open(cluster: try MemberName(parsing: "test")),
                    catalog: catalog, logger: logger)
                (plan.feed, plan.ledger, plan.grants) = (feed, ledger, grants)
                plan.staleAfter = staleAfter
                try await plan.with(.inProcess) { stores, _ in
                    try await listen(stores, urls: [], logger) { urls in
                        try await withRunning(feed) {
                            try await body(
                                StoreSite(
                                    stores: stores, urls: urls, catalog: catalog, feed: feed,
                                    ledger: ledger, grants: grants,
                                    stopCatalog: { try await database.close() }))
                        }
                    }
                }
            }
        }
    }

    private static func withRunning(
        _ feed: ChangeFeed, _ body: () async throws -> Void
    ) async throws {
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { await feed.run() }
            defer { group.cancelAll() }
            try await body()
        }
    }

    /// Opens a listener for each store that has none yet, then runs `body`.
    private static func listen(
        _ stores: [Store], urls: [String], _ logger: Logger,
        _ body: ([String]) async throws -> Void
    ) async throws {
        guard urls.count < stores.count else { return try await body(urls) }
        let access = Access(memberToken: memberToken, credentials: [credentials])
        let routes = StoreRoutes(
            store: stores[urls.count], access: access, jsonMaximum: 1 << 20)
        let server = HTTPServer(
            listeners: [.tcp(host: "127.0.0.1", port: 0, tls: nil)],
            handler: Handling(routes, logger: logger), logger: logger,
            group: MultiThreadedEventLoopGroup.singleton)
        let port = try await server.bind().first?.port ?? 0
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await server.run() }
            defer { group.cancelAll() }
            try await listen(stores, urls: urls + ["http://127.0.0.1:\(port)"], logger, body)
        }
    }

    /// Makes `bytes` a content of all stores, recorded in the catalog.
    package func put(
        _ bytes: TestBytes, fileExtension: String = "mp4"
    ) async throws -> ContentHash {
        let hash = try bytes.hash()
        for store in stores {
            try await store.put(
                hash, fileExtension: fileExtension, length: nil, body: bytes.stream())
        }
        return hash
    }

    /// Sells `hash`.
    package func sell(
        _ hash: ContentHash, lifeSeconds: Int64 = 600, referrers: [String] = [],
        networks: [String] = []
    ) async throws -> Purchase {
        try await catalog.createPurchase(
            NewPurchase(
                hash: hash, fileExtension: "mp4",
                referrers: try referrers.map { text in try Referrer(parsing: text) },
                networks: try networks.map { text in try IPNetwork(parsing: text) },
                lifeSeconds: lifeSeconds, afterLifeSeconds: 600, account: "buyer", zone: "a"))
    }

    /// The grant of `purchase` as a prism signs it now.
    package func grant(_ purchase: Purchase) throws -> String {
        try grants.sign(Grant(purchase), at: feed.clock)
    }
}
