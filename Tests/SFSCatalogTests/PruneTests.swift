import PostgresFixture
import SFSCatalog
import SFSCore
import SFSPostgres
import Testing

@Suite("Pruning the catalog")
struct PruneTests {
    @Test("removes what is about contents that are gone, and nothing else")
    func orphans() async throws {
        try await Samples.withStores { catalog, database in
            for number in [1, 2] {
                try await Samples.put(catalog, number)
                try await catalog.setRules(
                    ContentRules(copyMinimum: 2), of: Samples.hash(number), actor: "alice")
                try await database.query(
                    "INSERT INTO extra_replica (hash, size, store) VALUES ($1, 1, 4)",
                    [.bytes(try Samples.hash(number).bytes)])
                try await database.query(
                    "INSERT INTO traffic (hash, hour, hits, bytes, store) "
                        + "VALUES ($1, now(), 1, 1, 1), ($1, now(), 1, 1, 2)",
                    [.bytes(try Samples.hash(number).bytes)])
            }
            let plan = try await Samples.plan(
                catalog, .clone, [Samples.step(.clone, 1, on: 3), Samples.step(.clone, 2, on: 3)])
            try await Samples.apply(plan, catalog)
            _ = try await catalog.addTasks([
                Samples.task(.trash, 1, on: 1), Samples.task(.restore, 1, on: 2),
            ])
            #expect(try await catalog.pruneOrphans() == 0)
            try await database.query(
                "DELETE FROM content WHERE hash = $1", [.bytes(try Samples.hash(1).bytes)])
            #expect(try await catalog.pruneOrphans(dryRun: true) == 5)
            #expect(try await catalog.pruneOrphans() == 5)
            #expect(try await catalog.pruneOrphans() == 0)
            #expect(try await catalog.tasks(of: 1).map(\.kind) == [.trash, .restore])
            #expect(try await catalog.tasks(of: 2).map(\.kind) == [.clone])
            #expect(try await catalog.plan(plan)?.tasksDone == 1)
            #expect(try await catalog.rules(of: Samples.hash(2)) != nil)
            #expect(try await catalog.rules(of: Samples.hash(1)) == nil)
            let traffic = try await catalog.traffic(of: [Samples.hash(1), Samples.hash(2)])
            #expect(traffic.keys.map(\.self) == [try Samples.hash(2)])
        }
    }

    @Test("counts without touching anything when it is dry")
    func dryRun() async throws {
        try await PostgresFixture.withCatalog { catalog, database in
            try await database.query(
                "INSERT INTO removal (hash, store, removed_at) VALUES ('a', 1, now() - interval '8 days')"
            )
            try await database.query(
                "INSERT INTO traffic (hash, hour, hits, bytes, store) "
                    + "VALUES ('a', now() - interval '9 hours', 1, 1, 1)")
            try await database.query(
                "INSERT INTO slot (hash, viewer, expires_at, hits, bytes, store) "
                    + "VALUES ('a', 'v', now(), 1, 1, 1)")
            _ = try await catalog.createAccount(
                Samples.account(), password: "x", roles: [], actor: "alice")
            _ = try await catalog.createSession(
                tokenHash: Samples.tokenHash(1), account: Samples.account(), isPermanent: false,
                life: .zero, address: "", actor: "alice")
            let today = try await Samples.today(database)
            for day in [today - 9, today - 8, today + 1] {
                _ = try await Samples.insertPurchase(day: day, endedSecondsAgo: 86_400, database)
            }
            for (isDry, factor) in [(true, 1), (true, 1), (false, 1), (true, 0), (false, 0)] {
                let counts: [Int64] = [
                    try await catalog.pruneRemovals(dryRun: isDry),
                    try await catalog.pruneTraffic(olderThan: .seconds(3600), dryRun: isDry),
                    try await catalog.pruneSlots(dryRun: isDry),
                    try await catalog.pruneSessions(dryRun: isDry),
                    Int64(try await catalog.prunePurchases(dryRun: isDry)),
                ]
                #expect(counts == [1, 1, 1, 1, 2].map { $0 * Int64(factor) })
            }
        }
    }

    @Test("from eight nodes in the same second does what one does")
    func race() async throws {
        try await Samples.withStores { catalog, database in
            for number in 0..<20 { try await Samples.put(catalog, number) }
            try await database.query(
                "INSERT INTO traffic (hash, hour, hits, bytes, store) "
                    + "SELECT hash, now(), 1, 1, 1 FROM content")
            try await database.query(
                "INSERT INTO extra_replica (hash, size, store) SELECT hash, 1, 4 FROM content")
            let gone = try (0..<10).map { PostgresValue.bytes(try Samples.hash($0).bytes) }
            for hash in gone {
                try await database.query("DELETE FROM content WHERE hash = $1", [hash])
            }
            let counts = try await atOnce(8) { _ in try await catalog.pruneOrphans() }
            #expect(counts.reduce(0, +) == 20)
            let left: Int64 = try await database.query("SELECT count(*) FROM extra_replica")[0][0]
            #expect(left == 10)
        }
    }
}
