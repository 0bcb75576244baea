import PostgresFixture
import SFSCatalog
import SFSCore
import SFSPostgres
import Testing

@Suite("A catalog's purchases")
struct PurchaseTests {
    @Test("come back as they were sold, in the partition that the token names")
    func roundTrip() async throws {
        try await PostgresFixture.withCatalog { catalog, database in
            try await Samples.put(catalog, 7)
            var new = try Samples.purchase(7, life: 3600, afterLife: 86_400, account: "films")
            new.name = "a film.mp4"
            new.referrers = [try Referrer(parsing: "example.com")]
            new.networks = [
                try IPNetwork(parsing: "192.0.2.0/24"), try IPNetwork(parsing: "2001:db8::1"),
            ]
            let sold = try await catalog.createPurchase(new)
            #expect(sold.token.text.hasPrefix("b"))
            #expect(sold.hash == new.hash)
            #expect(sold.expires.milliseconds - sold.created.milliseconds == 3_600_000)
            let forgotten = (sold.expires.milliseconds + 86_400_000) / 86_400_000
            #expect(Int64(sold.token.day) == forgotten + 1)
            let found = try #require(try await catalog.purchase(sold.token))
            #expect(found == sold)
            #expect(found.referrers == new.referrers)
            #expect(found.networks == new.networks)
            #expect(found.account == "films")
            let table: String = try await database.query(
                "SELECT tableoid::regclass::text FROM purchase")[0][0]
            #expect(table == "purchase_\(sold.token.day)")
            let other = PurchaseToken.random(zone: "b", day: sold.token.day)
            #expect(try await catalog.purchase(other) == nil)
            let elsewhere = PurchaseToken.random(zone: "b", day: 3)
            #expect(try await catalog.purchase(elsewhere) == nil)
        }
    }

    @Test("are looked up in one partition: the others may be locked")
    func pruning() async throws {
        try await PostgresFixture.withCatalog { catalog, database in
            try await Samples.put(catalog, 1)
            var sold: [Purchase] = []
            for days in 0..<4 as Range<Int64> {
                sold.append(
                    try await catalog.createPurchase(try Samples.purchase(life: days * 86_400)))
            }
            let last = sold[3]
            try await database.transaction { transaction in
                for other in sold.dropLast() {
                    try await transaction.query(
                        "LOCK TABLE purchase_\(other.token.day) IN ACCESS EXCLUSIVE MODE")
                }
                let found = try await catalog.purchase(last.token)
                #expect(found == last)
            }
        }
    }

    @Test("of one day make one partition, also when 16 come at once")
    func concurrent() async throws {
        try await PostgresFixture.withCatalog { catalog, database in
            try await Samples.put(catalog, 0..<16)
            let tokens = try await withThrowingTaskGroup(of: PurchaseToken.self) { group in
                for task in 0..<16 {
                    group.addTask {
                        try await catalog.createPurchase(try Samples.purchase(task)).token
                    }
                }
                return try await group.reduce(into: Set<PurchaseToken>()) { $0.insert($1) }
            }
            #expect(tokens.count == 16)
            let count: Int = try await database.query("SELECT count(*) FROM purchase")[0][0]
            #expect(count == 16)
            let partitions: Int = try await database.query(
                "SELECT count(*) FROM pg_inherits WHERE inhparent = 'purchase'::regclass")[0][0]
            #expect(partitions == Set(tokens.map(\.day)).count)
        }
    }

    @Test("come in pages, each once, by day and token")
    func paging() async throws {
        try await PostgresFixture.withCatalog { catalog, _ in
            try await Samples.put(catalog, 0..<2)
            var sold: [Purchase] = []
            for index in 0..<25 {
                sold.append(
                    try await catalog.createPurchase(
                        try Samples.purchase(
                            index % 2, life: Int64(index % 3) * 86_400,
                            account: index % 5 == 0 ? "films" : "")))
            }
            sold.sort { ($0.token.day, $0.token.text) < ($1.token.day, $1.token.text) }
            let hash = try Samples.hash(1)
            for (selection, expected) in [
                (.all, sold), (.hash(hash), sold.filter { $0.hash == hash }),
                (.account("films"), sold.filter { $0.account == "films" }),
                (.token(sold[3].token), [sold[3]]), (.account("nobody"), []),
            ] as [(PurchaseSelection, [Purchase])] {
                var found: [Purchase] = []
                var page: [Purchase] = []
                repeat {
                    page = try await catalog.purchases(
                        selection, after: found.last?.token, limit: 7)
                    #expect(page.count <= 7)
                    found += page
                } while !page.isEmpty && found.count <= 25
                #expect(found == expected)
            }
        }
    }

    @Test("live longer when they are extended, never shorter, and none is revived")
    func extend() async throws {
        try await PostgresFixture.withCatalog { catalog, database in
            try await Samples.put(catalog, 1..<3)
            let short = try await catalog.createPurchase(try Samples.purchase(1, life: 100))
            let long = try await catalog.createPurchase(try Samples.purchase(1, life: 9000))
            let dead = try await catalog.createPurchase(try Samples.purchase(1, life: 0))
            let other = try await catalog.createPurchase(try Samples.purchase(2, life: 100))
            let hash = try Samples.hash(1)
            #expect(
                try await catalog.extendPurchases(.hash(hash), lifeSeconds: 5000, actor: "root")
                    == 2)
            let extended = try #require(try await catalog.purchase(short.token))
            #expect(extended.lifeSeconds == 5000)
            let gained = extended.expires.milliseconds - short.expires.milliseconds
            #expect((4_900_000..<4_960_000).contains(gained))
            #expect(try await catalog.purchase(long.token) == long)
            #expect(try await catalog.purchase(dead.token) == dead)
            #expect(try await catalog.purchase(other.token) == other)
            #expect(
                try await catalog.extendPurchases(
                    .token(dead.token), lifeSeconds: 5000, actor: "root") == 0)
            #expect(
                try await Samples.audit(database)
                    == ["root extend-purchases hash \(hash) 2 for 5000 seconds"])
        }
    }

    @Test("are found after they expired until their after-life is over")
    func afterLife() async throws {
        try await PostgresFixture.withCatalog { catalog, database in
            let day = try await Samples.today(database) - 1
            let remembered = try await Samples.insertPurchase(
                day: day, endedSecondsAgo: 100, afterLife: 200, database)
            let forgotten = try await Samples.insertPurchase(
                day: day, endedSecondsAgo: 100, afterLife: 99, database)
            #expect(try await catalog.purchase(remembered)?.token == remembered)
            #expect(try await catalog.purchase(forgotten) == nil)
            let listed = try await catalog.purchases(.all, after: nil, limit: 10).map(\.token)
            #expect(listed == [remembered])
            let revoked = try await catalog.revokePurchases(.token(forgotten), actor: "root")
            #expect(revoked == 0)
        }
    }

    @Test(
        "are not sold for a life that is negative or longer than a hundred years",
        arguments: [-1, Catalog.purchaseLifeSecondsMaximum + 1, .max] as [Int64])
    func life(_ seconds: Int64) async throws {
        try await PostgresFixture.withCatalog { catalog, _ in
            let error = await #expect(throws: SFSError.self) {
                _ = try await catalog.createPurchase(try Samples.purchase(life: seconds))
            }
            #expect(error?.code == .usage)
            let refusal = await #expect(throws: SFSError.self) {
                _ = try await catalog.extendPurchases(.all, lifeSeconds: seconds, actor: "root")
            }
            #expect(refusal?.code == .usage)
        }
    }
}
