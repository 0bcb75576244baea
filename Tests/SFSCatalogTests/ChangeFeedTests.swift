import PostgresFixture
import SFSCatalog
import SFSCore
import SFSPostgres
import Testing

@Suite("A feed of changes")
struct ChangeFeedTests {
    private static func feed(
        _ catalog: Catalog, fullInterval: Duration = .seconds(30)
    ) -> ChangeFeed {
        ChangeFeed(catalog: catalog, fullInterval: fullInterval, logger: PostgresFixture.logger)
    }

    private static func isRevoked(_ purchase: Purchase, _ feed: ChangeFeed) -> Bool {
        feed.isRevoked(
            token: purchase.token, hash: purchase.hash, account: purchase.account,
            created: purchase.created)
    }

    /// Runs `body` while `feed` runs.
    private static func running(
        _ feed: ChangeFeed, _ body: () async throws -> Void
    ) async throws {
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { await feed.run() }
            defer { group.cancelAll() }
            try await body()
        }
    }

    @Test("sees within a second what another node revoked, and nothing that was bought after")
    func otherNode() async throws {
        try await PostgresFixture.withCatalogURL { url in
            let databases = try (0..<2).map { _ in
                try PostgresDatabase(
                    url: url, options: PostgresFixture.patient, logger: PostgresFixture.logger)
            }
            let here = Catalog(database: databases[0], logger: PostgresFixture.logger)
            let there = Catalog(database: databases[1], logger: PostgresFixture.logger)
            try await Samples.put(here, 0..<4)
            let feed = Self.feed(here)
            try await Self.running(feed) {
                for round in 0..<4 {
                    let account = "films\(round)"
                    let sold = try await here.createPurchase(
                        try Samples.purchase(round, account: account))
                    try await eventually { feed.age != nil }
                    #expect(!Self.isRevoked(sold, feed))
                    let selections: [PurchaseSelection] = [
                        .token(sold.token), .hash(sold.hash), .account(account), .all,
                    ]
                    let count = try await there.revokePurchases(selections[round], actor: "root")
                    #expect(count == 1)
                    let next = try await here.createPurchase(
                        try Samples.purchase(round, account: account))
                    try await eventually { Self.isRevoked(sold, feed) }
                    #expect(!Self.isRevoked(next, feed))
                    _ = try await there.revokePurchases(.token(next.token), actor: "root")
                }
            }
            for database in databases { try await database.close() }
        }
    }

    @Test("knows at once what was revoked before it was asked to look")
    func refresh() async throws {
        try await PostgresFixture.withCatalog { catalog, _ in
            try await Samples.put(catalog, 0..<5)
            let feed = Self.feed(catalog)
            #expect(feed.age == nil)
            for round in 0..<5 {
                let sold = try await catalog.createPurchase(try Samples.purchase(round))
                try await feed.refresh()
                #expect(!Self.isRevoked(sold, feed))
                _ = try await catalog.revokePurchases(.hash(sold.hash), actor: "root")
                try await feed.refresh()
                #expect(Self.isRevoked(sold, feed))
            }
            let age = try #require(feed.age)
            #expect(age < .seconds(5))
        }
    }

    @Test("does not forget what it knows when an older reading of everything comes in late")
    func late() async throws {
        try await PostgresFixture.withCatalogURL { url in
            try await Samples.withDatabase(url) { database in
                let catalog = Catalog(database: database, logger: PostgresFixture.logger)
                try await Samples.put(catalog, 1)
                let sold = try await catalog.createPurchase(try Samples.purchase(1))
                // The first statement that asks for the time takes a second, and knows only what
                // was there when it began.
                try await database.query("CREATE SEQUENCE asked")
                try await Self.replaceNow(
                    "SELECT pg_sleep(CASE WHEN nextval('public.asked') = 1 THEN 1 ELSE 0 END); "
                        + "SELECT pg_catalog.now()", database)
                try await Samples.withDatabase(url) { slow in
                    let feed = Self.feed(Catalog(database: slow, logger: PostgresFixture.logger))
                    async let first: Void = feed.refresh()
                    try await eventually {
                        try await database.query("SELECT is_called FROM asked")[0][0]
                    }
                    _ = try await catalog.revokePurchases(.token(sold.token), actor: "root")
                    try await feed.refresh()
                    #expect(Self.isRevoked(sold, feed))
                    try await first
                    #expect(Self.isRevoked(sold, feed))
                }
            }
        }
    }

    @Test("forgets what is of no use any more")
    func forgets() async throws {
        try await PostgresFixture.withCatalog { catalog, database in
            try await Samples.put(catalog, 1)
            let feed = Self.feed(catalog, fullInterval: .milliseconds(50))
            let sold = try await catalog.createPurchase(try Samples.purchase(1))
            _ = try await catalog.revokePurchases(.token(sold.token), actor: "root")
            try await feed.refresh()
            #expect(Self.isRevoked(sold, feed))
            try await database.query(
                "UPDATE revocation SET until_at = now() - interval '2 minutes'")
            try await eventually {
                try await feed.refresh()
                return !Self.isRevoked(sold, feed)
            }
        }
    }

    @Test("has the database's clock, and this machine's before it has read any")
    func clock() async throws {
        try await PostgresFixture.withCatalogURL { url in
            try await Samples.withDatabase(url) { database in
                try await Self.replaceNow(
                    "SELECT pg_catalog.now() + interval '1 day'", database)
            }
            try await Samples.withDatabase(url) { ahead in
                let feed = Self.feed(Catalog(database: ahead, logger: PostgresFixture.logger))
                #expect(abs(feed.clock.milliseconds - Timestamp.now().milliseconds) < 1000)
                try await feed.refresh()
                let difference = feed.clock.milliseconds - Timestamp.now().milliseconds
                #expect((86_395_000...86_405_000).contains(difference))
                let first = feed.clock
                try await eventually { feed.clock.milliseconds - first.milliseconds >= 20 }
            }
        }
    }

    /// Lets `now()` be what `statements` say, on connections that are made from now on.
    private static func replaceNow(
        _ statements: String, _ database: PostgresDatabase
    ) async throws {
        try await database.query(
            "CREATE FUNCTION public.now() RETURNS timestamptz LANGUAGE sql VOLATILE "
                + "AS $body$ \(statements) $body$")
        let name: String = try await database.query("SELECT current_database()::text")[0][0]
        try await database.query("ALTER DATABASE \(name) SET search_path = public, pg_catalog")
    }

    @Test("keeps what it knows and its clock while the catalog is down, and then goes on")
    func outage() async throws {
        try await PostgresFixture.withFolder { folder in
            let place = "\(folder)/postgres"
            var server = try PrivateServer(
                folder: place, user: nil, logger: PostgresFixture.logger)
            let database = try PostgresDatabase(
                url: try await server.start(), logger: PostgresFixture.logger)
            let catalog = Catalog(database: database, logger: PostgresFixture.logger)
            _ = try await catalog.open(cluster: try MemberName(parsing: "test"))
            try await Samples.put(catalog, 1..<3)
            let feed = Self.feed(catalog)
            try await Self.running(feed) {
                let first = try await catalog.createPurchase(try Samples.purchase(1))
                let second = try await catalog.createPurchase(try Samples.purchase(2))
                _ = try await catalog.revokePurchases(.token(first.token), actor: "root")
                try await eventually { Self.isRevoked(first, feed) }
                await server.stop()
                let stopped = feed.clock
                try await eventually { (feed.age ?? .zero) > .seconds(1) }
                #expect(feed.clock.milliseconds - stopped.milliseconds > 300)
                #expect(Self.isRevoked(first, feed))
                #expect(!Self.isRevoked(second, feed))
                server = try PrivateServer(
                    folder: place, user: nil, logger: PostgresFixture.logger)
                _ = try await server.start()
                try await eventually { (feed.age ?? .seconds(9)) < .milliseconds(500) }
                _ = try await catalog.revokePurchases(.hash(second.hash), actor: "root")
                try await eventually { Self.isRevoked(second, feed) }
            }
            try await database.close()
            await server.stop()
        }
    }
}
