import PostgresFixture
import SFSCore
import SFSPostgres
import Testing

@testable import SFSCatalog

@Suite("Revoking a catalog's purchases")
struct RevocationTests {
    @Test("ends those that are meant at once and tells of it, once each")
    func selections() async throws {
        try await PostgresFixture.withCatalog { catalog, database in
            try await Samples.put(catalog, 1..<4)
            let first = try await catalog.createPurchase(try Samples.purchase(1, account: "a"))
            let second = try await catalog.createPurchase(
                try Samples.purchase(1, life: 9000, account: "b"))
            let third = try await catalog.createPurchase(try Samples.purchase(2, account: "b"))
            let fourth = try await catalog.createPurchase(try Samples.purchase(3, account: "c"))
            let hash = try Samples.hash(1)
            let before = try await catalog.changes(since: nil)
            #expect(before.revocations.isEmpty)
            let steps: [(PurchaseSelection, Int64, [Purchase], Timestamp)] = [
                (.token(first.token), 1, [second, third, fourth], first.expires),
                (.hash(hash), 1, [third, fourth], second.expires),
                (.account("b"), 1, [fourth], third.expires),
                (.all, 1, [], fourth.expires),
            ]
            for (selection, count, left, _) in steps {
                let revoked = try await catalog.revokePurchases(selection, actor: "root")
                #expect(revoked == count)
                let again = try await catalog.revokePurchases(selection, actor: "root")
                #expect(again == 0)
                let listed = try await catalog.purchases(.all, after: nil, limit: 10)
                #expect(Set(listed) == Set(left))
            }
            let told = try await catalog.changes(since: before.now)
            #expect(told.now >= before.now)
            #expect(told.revocations.map(\.selection) == steps.map(\.0))
            #expect(told.revocations.map(\.until) == steps.map(\.3))
            #expect(told.revocations.allSatisfy { $0.revoked >= fourth.created })
            let lines = try await Samples.audit(database)
            #expect(
                lines == [
                    "root revoke-purchases token \(first.token.text.prefix(8))… 1 purchases",
                    "root revoke-purchases hash \(hash) 1 purchases",
                    "root revoke-purchases account b 1 purchases",
                    "root revoke-purchases all 1 purchases",
                ])
        }
    }

    @Test("ends what was acknowledged before and nothing that was bought after, whoever races")
    func race() async throws {
        try await PostgresFixture.withCatalog { catalog, _ in
            try await Samples.put(catalog, 1)
            let hash = try Samples.hash(1)
            let sold = try await withThrowingTaskGroup(of: [Purchase].self) { group in
                for _ in 0..<8 {
                    group.addTask {
                        var sold: [Purchase] = []
                        for _ in 0..<40 {
                            sold.append(try await catalog.createPurchase(try Samples.purchase(1)))
                        }
                        return sold
                    }
                }
                group.addTask {
                    var sold: [Purchase] = []
                    // One of its own each time, so that each has something to end.
                    for _ in 0..<15 {
                        sold.append(try await catalog.createPurchase(try Samples.purchase(1)))
                        _ = try await catalog.revokePurchases(.hash(hash), actor: "root")
                    }
                    return sold
                }
                return try await group.reduce(into: []) { $0 += $1 }
            }
            var table = RevocationTable()
            let changes = try await catalog.changes(since: nil)
            for revocation in changes.revocations { table.insert(revocation) }
            #expect(changes.revocations.count == 15)
            // The table of purchases and the revocations agree on each of them.
            var wrong = 0
            for purchase in sold {
                let isGone = try await catalog.purchase(purchase.token) == nil
                let isRevoked = table.isRevoked(
                    token: purchase.token, hash: hash, account: "", created: purchase.created)
                if isGone != isRevoked { wrong += 1 }
            }
            #expect(sold.count == 335)
            #expect(wrong == 0)
        }
    }

    @Test("waits for those who are buying")
    func waits() async throws {
        try await PostgresFixture.withCatalog { catalog, database in
            try await Samples.put(catalog, 1)
            _ = try await catalog.createPurchase(try Samples.purchase(1))
            let revoking = try await database.transaction { transaction in
                try await transaction.query(
                    "INSERT INTO purchase SELECT * FROM purchase WHERE false")
                let revoking = Task { try await catalog.revokePurchases(.all, actor: "root") }
                try await eventually {
                    try await !transaction.query(
                        "SELECT FROM pg_locks WHERE NOT granted AND relation = 'purchase'::regclass"
                    ).isEmpty
                }
                try await transaction.query(
                    """
                    INSERT INTO purchase
                         SELECT day, token || 'x', hash, created_at, expires_at, life_seconds,
                                after_life_seconds, hits, bytes, extension, name, referrers,
                                networks, account
                           FROM purchase
                    """)
                return revoking
            }
            #expect(try await revoking.value == 2)
        }
    }

    @Test("is told again for half a minute, and to those who ask for everything")
    func again() async throws {
        try await PostgresFixture.withCatalog { catalog, database in
            for (account, age) in [("a", 100), ("b", 20)] as [(String, Int64)] {
                try await database.query(
                    """
                    INSERT INTO revocation (kind, subject, revoked_at, until_at)
                         SELECT 'account', $1, now() - $2 * interval '1 second',
                                now() + interval '1 hour'
                    """, [.text(account), .int64(age)])
            }
            let all = try await catalog.changes(since: nil)
            #expect(all.revocations.map(\.selection) == [.account("a"), .account("b")])
            let late = try await catalog.changes(since: all.now)
            #expect(late.revocations.map(\.selection) == [.account("b")])
        }
    }

    @Test("hits what was bought up to its time; a token whenever it was bought")
    func table() throws {
        var table = RevocationTable()
        let hash = try Samples.hash(1)
        let token = PurchaseToken.random(zone: "a", day: 1)
        let other = PurchaseToken.random(zone: "a", day: 1)
        func revoke(_ selection: PurchaseSelection, at milliseconds: Int64) {
            let moment = Timestamp(milliseconds: milliseconds)
            table.insert(Revocation(selection: selection, revoked: moment, until: moment))
        }
        func isRevoked(_ token: PurchaseToken, _ account: String, _ created: Int64) -> Bool {
            table.isRevoked(
                token: token, hash: hash, account: account,
                created: Timestamp(milliseconds: created))
        }
        #expect(!isRevoked(token, "a", 0))
        revoke(.token(token), at: 100)
        #expect(isRevoked(token, "a", 500))
        #expect(!isRevoked(other, "a", 0))
        revoke(.account("a"), at: 300)
        revoke(.account("a"), at: 200)
        #expect(isRevoked(other, "a", 300))
        #expect(!isRevoked(other, "a", 301))
        #expect(!isRevoked(other, "b", 0))
        revoke(.hash(hash), at: 400)
        #expect(isRevoked(other, "b", 400))
        #expect(!isRevoked(other, "b", 401))
        revoke(.all, at: 500)
        #expect(isRevoked(other, "", 500))
        #expect(!isRevoked(other, "", 501))
        #expect(table.count == 4)
    }
}
