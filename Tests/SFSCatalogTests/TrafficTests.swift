import PostgresFixture
import SFSCatalog
import SFSCore
import SFSPostgres
import Testing

@Suite("A catalog's traffic")
struct TrafficTests {
    private static func count(_ hits: Int64) -> TrafficCount {
        TrafficCount(hits: hits, bytes: hits * 1000)
    }

    private static func traffic(_ hash: Int, _ store: Int16, _ hits: Int64) throws -> ContentTraffic
    {
        ContentTraffic(
            hash: try Samples.hash(hash), store: StoreNumber(store), count: count(hits))
    }

    private static func slot(_ viewer: UInt8, _ hits: Int64) throws -> SlotTraffic {
        SlotTraffic(
            viewer: [viewer], hash: try Samples.hash(1), store: StoreNumber(1), count: count(hits))
    }

    @Test("adds up by content and store")
    func contents() async throws {
        try await PostgresFixture.withCatalog { catalog, database in
            try await catalog.add(
                TrafficBatch(contents: [
                    try Self.traffic(1, 1, 2), try Self.traffic(1, 2, 3), try Self.traffic(2, 1, 5),
                ]))
            try await database.query("UPDATE traffic SET hour = hour - interval '3 hours'")
            try await catalog.add(TrafficBatch(contents: [try Self.traffic(1, 1, 10)]))
            try await catalog.add(TrafficBatch(contents: [try Self.traffic(1, 1, 20)]))
            let hashes = try (1...3).map { try Samples.hash($0) }
            let totals = try await catalog.traffic(of: hashes)
            #expect(
                totals == [
                    hashes[0]: ContentTotals(
                        total: Self.count(35),
                        perStore: [StoreNumber(1): Self.count(32), StoreNumber(2): Self.count(3)]),
                    hashes[1]: ContentTotals(
                        total: Self.count(5), perStore: [StoreNumber(1): Self.count(5)]),
                ])
            let hours: Int = try await database.query("SELECT count(*) FROM traffic")[0][0]
            #expect(hours == 4)
            #expect(try await catalog.pruneTraffic(olderThan: .seconds(4 * 3600)) == 0)
            #expect(try await catalog.pruneTraffic(olderThan: .seconds(3600)) == 3)
            #expect(try await catalog.traffic(of: hashes)[hashes[0]]?.total == Self.count(30))
        }
    }

    @Test("adds up by purchase, in all partitions, and leaves out those that are gone")
    func purchases() async throws {
        try await PostgresFixture.withCatalog { catalog, _ in
            try await Samples.put(catalog, 1)
            var tokens: [PurchaseToken] = []
            for days in 0..<3 as Range<Int64> {
                let new = try Samples.purchase(life: 3600 + days * 86_400)
                tokens.append(try await catalog.createPurchase(new).token)
            }
            let gone = PurchaseToken.random(zone: "a", day: 5)
            for _ in 0..<2 {
                try await catalog.add(
                    TrafficBatch(
                        purchases: zip(tokens + [gone], 1...).map { token, hits in
                            PurchaseTraffic(token: token, count: Self.count(hits))
                        }))
            }
            for (token, hits) in zip(tokens, [2, 4, 6] as [Int64]) {
                let found = try #require(try await catalog.purchase(token))
                #expect(found.hits == hits)
                #expect(found.bytes == hits * 1000)
            }
        }
    }

    @Test("adds up by viewer for four hours, then from nothing")
    func slots() async throws {
        try await PostgresFixture.withCatalog { catalog, database in
            for _ in 0..<2 {
                try await catalog.add(
                    TrafficBatch(slots: [try Self.slot(9, 1), try Self.slot(8, 2)]))
            }
            func hits() async throws -> [Int64] {
                try await database.query("SELECT hits FROM slot ORDER BY viewer").map { try $0[0] }
            }
            #expect(try await hits() == [4, 2])
            let life: Double = try await database.query(
                "SELECT extract(epoch FROM min(expires_at) - now())::float8 FROM slot")[0][0]
            #expect((14_000...14_400).contains(life))
            try await database.query("UPDATE slot SET expires_at = now() - interval '1 s'")
            try await catalog.add(TrafficBatch(slots: [try Self.slot(9, 7)]))
            #expect(try await hits() == [4, 7])
            #expect(try await catalog.pruneSlots() == 1)
            #expect(try await hits() == [7])
        }
    }

    @Test("is exact when eight add the same things at once, in any order, without a deadlock")
    func concurrent() async throws {
        try await PostgresFixture.withCatalogURL { url in
            try await Samples.withDatabase(url) { database in
                let catalog = Catalog(database: database, logger: PostgresFixture.logger)
                try await Self.addTogether(catalog)
                for table in ["traffic", "purchase", "slot"] {
                    let row = try await database.query(
                        "SELECT min(hits) AS least, max(hits) AS most FROM \(table)")[0]
                    #expect(try row["least"] as Int64 == 40)
                    #expect(try row["most"] as Int64 == 40)
                }
            }
            try await Samples.withDatabase(url) { database in
                // A connection reports its deadlocks when it ends, at the latest.
                try await eventually {
                    try await database.query(
                        """
                        SELECT FROM pg_stat_activity
                         WHERE datname = current_database() AND pid <> pg_backend_pid()
                        """
                    ).isEmpty
                }
                let deadlocks: Int64 = try await database.query(
                    "SELECT deadlocks FROM pg_stat_database WHERE datname = current_database()"
                )[0][0]
                #expect(deadlocks == 0)
            }
        }
    }

    /// Counts one hit of each of 40 things 40 times, eight at once, in any order.
    private static func addTogether(_ catalog: Catalog) async throws {
        try await Samples.put(catalog, 1)
        var tokens: [PurchaseToken] = []
        for number in 0..<40 {
            let new = try Samples.purchase(life: Int64(number % 2) * 86_400)
            tokens.append(try await catalog.createPurchase(new).token)
        }
        let purchases = tokens.map { PurchaseTraffic(token: $0, count: count(1)) }
        let contents = try (0..<40).map { try traffic($0, 1, 1) }
        let slots = try (0..<40).map { try slot($0, 1) }
        try await withThrowingDiscardingTaskGroup { group in
            for _ in 0..<8 {
                group.addTask {
                    for _ in 0..<5 {
                        try await catalog.add(
                            TrafficBatch(
                                contents: contents.shuffled(), purchases: purchases.shuffled(),
                                slots: slots.shuffled()))
                    }
                }
            }
        }
    }
}
