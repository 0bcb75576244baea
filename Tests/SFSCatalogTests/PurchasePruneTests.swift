import PostgresFixture
import SFSCatalog
import SFSCore
import SFSPostgres
import Testing

@Suite("Pruning a catalog's purchases")
struct PurchasePruneTests {
    private static func partitions(_ database: PostgresDatabase) async throws -> [String] {
        try await database.query(
            """
            SELECT inhrelid::regclass::text FROM pg_inherits
             WHERE inhparent = 'purchase'::regclass ORDER BY 1
            """
        ).map { try $0[0] }
    }

    @Test("drops the partitions of past days in which all is over, and no other")
    func partitions() async throws {
        try await PostgresFixture.withCatalog { catalog, database in
            let today = try await Samples.today(database)
            // All over; one still remembered among the dead; over for less than a minute; empty.
            _ = try await Samples.insertPurchase(day: today - 9, endedSecondsAgo: 3600, database)
            _ = try await Samples.insertPurchase(day: today - 8, endedSecondsAgo: 3600, database)
            let kept = try await Samples.insertPurchase(
                day: today - 8, endedSecondsAgo: 3600, afterLife: 7200, database)
            _ = try await Samples.insertPurchase(day: today - 7, endedSecondsAgo: 30, database)
            _ = try await database.query(
                "SELECT make_purchase_partition($1)", [.int32(today - 6)])
            // A long life, extended past the day of its token; a day to come, all over.
            let extended = try await Samples.insertPurchase(
                day: today - 5, endedSecondsAgo: -50, database)
            let count = try await catalog.extendPurchases(
                .token(extended), lifeSeconds: 90_000, actor: "root")
            #expect(count == 1)
            _ = try await Samples.insertPurchase(day: today + 2, endedSecondsAgo: 3600, database)
            #expect(try await catalog.prunePurchases() == 2)
            #expect(
                try await Self.partitions(database)
                    == [today - 8, today - 7, today - 5, today + 2].map { "purchase_\($0)" })
            #expect(try await catalog.purchase(kept) != nil)
            #expect(try await catalog.purchase(extended) != nil)
            #expect(try await catalog.prunePurchases() == 0)
        }
    }

    @Test("by four at once drops each partition once, while others go on buying")
    func concurrent() async throws {
        try await PostgresFixture.withCatalog { catalog, database in
            try await Samples.put(catalog, 0..<4)
            let today = try await Samples.today(database)
            for day in 1...6 as ClosedRange<Int32> {
                _ = try await Samples.insertPurchase(
                    day: today - day, endedSecondsAgo: 3600, database)
            }
            let dropped = try await withThrowingTaskGroup(of: Int.self) { group in
                for _ in 0..<4 {
                    group.addTask {
                        do {
                            return try await catalog.prunePurchases()
                        } catch let error as SFSError where error.code == .busy {
                            // It gave up waiting for the others; the next one will do it.
                            return 0
                        }
                    }
                }
                for task in 0..<4 {
                    group.addTask {
                        for _ in 0..<20 {
                            let new = try Samples.purchase(task)
                            let token = try await catalog.createPurchase(new).token
                            _ = try #require(try await catalog.purchase(token))
                        }
                        return 0
                    }
                }
                return try await group.reduce(0, +)
            }
            let rest = try await catalog.prunePurchases()
            #expect(dropped + rest == 6)
            let count: Int = try await database.query("SELECT count(*) FROM purchase")[0][0]
            #expect(count == 80)
        }
    }

    @Test("forgets revocations a minute after they are of no use")
    func revocations() async throws {
        try await PostgresFixture.withCatalog { catalog, database in
            for (account, age) in [("a", 3600), ("b", 30), ("c", -3600)] {
                try await database.query(
                    """
                    INSERT INTO revocation (kind, subject, revoked_at, until_at)
                         SELECT 'account', $1, now() - interval '1 day',
                                now() - $2 * interval '1 second'
                    """, [.text(account), .int64(Int64(age))])
            }
            let told = try await catalog.changes(since: nil).revocations.map(\.selection)
            #expect(told == [.account("b"), .account("c")])
            _ = try await catalog.prunePurchases()
            let subjects: [String] = try await database.query(
                "SELECT array_agg(subject ORDER BY number) FROM revocation")[0][0]
            #expect(subjects == ["b", "c"])
        }
    }
}
