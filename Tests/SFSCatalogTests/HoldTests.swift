import PostgresFixture
import SFSCatalog
import SFSCore
import SFSPostgres
import Testing

@Suite("The promise that a store can go")
struct HoldTests {
    @Test("holds for its time, is renewed and taken back")
    func life() async throws {
        try await PostgresFixture.withCatalog { catalog, database in
            let store = StoreNumber(1)
            let now = try await catalog.lookup(Samples.hash(0)).now
            let until = try #require(
                try await catalog.takeHold(store, .stop, for: .seconds(900), besides: []))
            #expect((900_000...930_000).contains(until.milliseconds - now.milliseconds))
            #expect(
                try await catalog.holds()
                    == [StoreHold(store: store, purpose: .stop, until: until)])
            let renewed = try #require(
                try await catalog.takeHold(store, .retire, for: .seconds(1900), besides: [store]))
            #expect(renewed > until)
            #expect(try await catalog.holds().map(\.purpose) == [.retire])
            try await database.query("UPDATE hold SET until_at = now()")
            #expect(try await catalog.holds().isEmpty)
            _ = try await catalog.takeHold(store, .stop, for: .seconds(9), besides: [])
            try await catalog.releaseHold(store)
            #expect(try await catalog.holds().isEmpty)
        }
    }

    @Test("is given only by who knows all others that hold")
    func others() async throws {
        try await PostgresFixture.withCatalog { catalog, database in
            #expect(try await take(3, besides: [], catalog))
            #expect(try await !take(1, besides: [], catalog))
            #expect(try await !take(1, besides: [2], catalog))
            #expect(try await !take(1, besides: [2, 3], catalog))
            #expect(try await take(1, besides: [3], catalog))
            #expect(try await take(2, besides: [3, 1, 3], catalog))
            try await database.query("UPDATE hold SET until_at = now() WHERE store = 3")
            #expect(try await !take(1, besides: [2, 3], catalog))
            #expect(try await take(1, besides: [2], catalog))
        }
    }

    @Test("is given to one of several that ask at once")
    func race() async throws {
        try await PostgresFixture.withCatalog { catalog, _ in
            let answers = try await atOnce(8) { index in
                try await take(Int16(index + 1), besides: [], catalog)
            }
            #expect(answers.filter(\.self).count == 1)
            #expect(try await catalog.holds().count == 1)
        }
    }

    @Test("is not given to who has not seen what another is being given")
    func waits() async throws {
        try await PostgresFixture.withCatalog { catalog, database in
            let isGiven = try await waiting(
                for: [
                    (
                        "INSERT INTO hold (store, purpose, until_at) "
                            + "VALUES (2, 'stop', now() + interval '1 minute')", []
                    )
                ], in: database
            ) { try await take(1, besides: [], catalog) }
            #expect(!isGiven)
            #expect(try await take(1, besides: [2], catalog))
        }
    }

    private func take(
        _ store: Int16, besides others: [Int16], _ catalog: Catalog
    ) async throws -> Bool {
        try await catalog.takeHold(
            StoreNumber(store), .stop, for: .seconds(900), besides: Samples.numbers(others)) != nil
    }
}
