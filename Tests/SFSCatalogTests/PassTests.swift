import PostgresFixture
import SFSCatalog
import SFSCore
import SFSPostgres
import Testing

@Suite("A pass")
struct PassTests {
    private let store = StoreNumber(3)

    @Test("is asked for once, done, and asked for again")
    func life() async throws {
        try await PostgresFixture.withCatalog { catalog, _ in
            #expect(try await catalog.claimPass(.verify, of: store) == nil)
            #expect(try await catalog.requestPass(.verify, of: store, orders: "{\"a\":1}"))
            #expect(try await !catalog.requestPass(.verify, of: store, orders: "{}"))
            #expect(try await catalog.requestPass(.inventory, of: store, orders: "{}"))
            #expect(try await catalog.claimPass(.verify, of: StoreNumber(4)) == nil)
            let pass = try #require(try await catalog.claimPass(.verify, of: store))
            #expect(pass.state == .running && pass.kind == .verify && pass.store == store)
            #expect(pass.orders == "{\"a\":1}" && pass.position == 0 && pass.counters == "{}")
            #expect(pass.started != nil && pass.ended == nil && pass.problem == nil)
            #expect(try await !catalog.requestPass(.verify, of: store, orders: "{}"))
            #expect(
                try await catalog.savePass(pass, position: 512, counters: "{\"b\":2}") == .running)
            // Its process ended, and the next goes on.
            let again = try #require(try await catalog.claimPass(.verify, of: store))
            #expect(again.position == 512 && again.counters == "{\"b\":2}")
            #expect(again.requested == pass.requested && again.started == pass.started)
            try await catalog.endPass(again, state: .done, counters: "{\"b\":3}", problem: nil)
            #expect(try await catalog.claimPass(.verify, of: store) == nil)
            let ended = try #require(try await catalog.passes(kind: .verify).first)
            #expect(ended.state == .done && ended.position == 65_536)
            #expect(ended.counters == "{\"b\":3}" && ended.ended != nil)
            #expect(try await catalog.passes().map(\.kind) == [.inventory, .verify])
            #expect(try await catalog.requestPass(.verify, of: store, orders: "{}"))
            let next = try #require(try await catalog.claimPass(.verify, of: store))
            #expect(next.position == 0 && next.counters == "{}" && next.ended == nil)
            #expect(next.requested > pass.requested)
        }
    }

    @Test("that was paused goes on where it was, and not before")
    func paused() async throws {
        try await PostgresFixture.withCatalog { catalog, _ in
            #expect(try await change(.pause, catalog) == nil)
            let pass = try await begin(catalog)
            #expect(try await change(.pause, catalog) == .paused)
            #expect(try await catalog.savePass(pass, position: 7, counters: "{}") == .paused)
            #expect(try await catalog.claimPass(.verify, of: store) == nil)
            #expect(try await !catalog.requestPass(.verify, of: store, orders: "{}"))
            try await catalog.endPass(pass, state: .done, counters: "{}", problem: nil)
            #expect(try await change(.retry, catalog) == .paused)
            #expect(try await change(.resume, catalog) == .waiting)
            // It was paused and goes on in between: whoever did it before must claim it.
            #expect(try await catalog.savePass(pass, position: 8, counters: "{}") == .waiting)
            #expect(try await catalog.claimPass(.verify, of: store)?.position == 8)
        }
    }

    @Test("that was cancelled has failed, and may be tried again")
    func cancelled() async throws {
        try await PostgresFixture.withCatalog { catalog, _ in
            let pass = try await begin(catalog)
            #expect(try await catalog.savePass(pass, position: 7, counters: "{}") == .running)
            #expect(try await change(.cancel, catalog) == .failed)
            #expect(try await catalog.savePass(pass, position: 9, counters: "{}") == .failed)
            try await catalog.endPass(pass, state: .done, counters: "{}", problem: nil)
            let ended = try #require(try await catalog.passes().first)
            #expect(ended.state == .failed && ended.position == 7)
            #expect(ended.problem == "it was cancelled" && ended.ended != nil)
            #expect(try await change(.resume, catalog) == .failed)
            #expect(try await change(.retry, catalog) == .waiting)
            let again = try #require(try await catalog.claimPass(.verify, of: store))
            #expect(again.position == 7 && again.problem == nil && again.ended == nil)
            try await catalog.endPass(again, state: .failed, counters: "{}", problem: "EIO")
            #expect(try await catalog.passes().first?.problem == "EIO")
            #expect(try await catalog.passes().first?.position == 7)
            #expect(try await catalog.requestPass(.verify, of: store, orders: "{}"))
        }
    }

    @Test("that is replaced ends, and neither its position nor its end counts")
    func replaced() async throws {
        try await PostgresFixture.withCatalog { catalog, _ in
            let pass = try await begin(catalog)
            #expect(
                try await catalog.requestPass(.verify, of: store, orders: "[]", replaces: true))
            #expect(try await catalog.savePass(pass, position: 9, counters: "{}") == .failed)
            try await catalog.endPass(pass, state: .done, counters: "{}", problem: nil)
            let next = try #require(try await catalog.claimPass(.verify, of: store))
            #expect(next.orders == "[]" && next.position == 0 && next.requested > pass.requested)
        }
    }

    @Test("is asked for by one of many at once")
    func race() async throws {
        try await PostgresFixture.withCatalog { catalog, _ in
            let answers = try await atOnce(8) { index in
                try await catalog.requestPass(.verify, of: store, orders: "\(index)")
            }
            #expect(answers.filter(\.self).count == 1)
        }
    }

    private func begin(_ catalog: Catalog) async throws -> PassRecord {
        let isNew = try await catalog.requestPass(.verify, of: store, orders: "{}")
        #expect(isNew)
        return try #require(try await catalog.claimPass(.verify, of: store))
    }

    private func change(
        _ change: TaskChangeKind, _ catalog: Catalog
    ) async throws -> PassState? {
        try await catalog.changePass(.verify, of: store, change)?.state
    }
}
