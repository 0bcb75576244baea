import PostgresFixture
import SFSCatalog
import SFSCore
import SFSPostgres
import Testing

@Suite("A catalog's members")
struct MemberTests {
    @Test("keep their number when they join again, with what is new of them")
    func rejoin() async throws {
        try await PostgresFixture.withCatalog { catalog, _ in
            let first = try await catalog.join(try Samples.store("s1"))
            #expect(first.facts.roles == [.active, .online, .read, .write])
            #expect(first.epoch == 0)
            #expect(first.volume == "volume-of-s1")
            #expect((0..<5).contains(first.secondsSinceSeen))
            var changed = try Samples.store("s1")
            changed.zone = try MemberName(parsing: "b")
            changed.url = nil
            let second = try await catalog.join(changed)
            #expect(second.facts.number == first.facts.number)
            #expect(second.facts.zone.text == "b")
            #expect(second.url == nil)
            let other = try await catalog.join(try Samples.store("s2"))
            #expect(other.facts.number.value == first.facts.number.value + 1)
            #expect(
                try await catalog.stores().map(\.facts.name.text) == ["s1", "s2"])
        }
    }

    @Test("say how clients reach them, and may say something else when they join again")
    func reach() async throws {
        try await PostgresFixture.withCatalog { catalog, _ in
            var store = try Samples.store("s1")
            #expect(try await catalog.join(store).reach == StoreReach())
            store.reach = StoreReach(
                address: "192.0.2.1", address6: "2001:db8::1", httpPort: 80, httpsPort: 65_535)
            #expect(try await catalog.join(store).reach == store.reach)
            #expect(try await catalog.stores().map(\.reach) == [store.reach])
            store.reach.httpPort = nil
            #expect(try await catalog.join(store).reach == store.reach)
        }
    }

    @Test("take no number from the sequence by joining again")
    func numbers() async throws {
        try await PostgresFixture.withCatalog { catalog, _ in
            for _ in 0..<5 { _ = try await catalog.join(try Samples.store("s1")) }
            #expect(try await catalog.join(try Samples.store("s2")).facts.number.value == 2)
        }
    }

    @Test("are refused when a name has another volume, or a volume another name")
    func swapped() async throws {
        try await PostgresFixture.withCatalog { catalog, _ in
            _ = try await catalog.join(try Samples.store("s1", volume: "v1"))
            for (name, volume) in [("s1", "v2"), ("s2", "v1")] {
                let error = await #expect(throws: SFSError.self) {
                    _ = try await catalog.join(try Samples.store(name, volume: volume))
                }
                #expect(error?.code == .conflict)
            }
            #expect(try await catalog.store(named: MemberName(parsing: "s2")) == nil)
        }
    }

    @Test("keep what an administrator took from them when they join and report")
    func roles() async throws {
        try await PostgresFixture.withCatalog { catalog, database in
            let store = try await catalog.join(try Samples.store("s1")).facts.number
            try await catalog.leave(store: store)
            let name = try MemberName(parsing: "s1")
            #expect(
                try await catalog.store(named: name)?.facts.roles == [.active, .read, .write])
            try await database.query("UPDATE store SET roles = '{active,read}'")
            try await catalog.report(store, freeBytes: 3, totalBytes: 4, problem: "hot")
            let reported = try #require(try await catalog.store(named: name))
            #expect(reported.facts.roles == [.active, .online, .read])
            #expect(reported.facts.freeBytes == 3)
            #expect(reported.facts.totalBytes == 4)
            #expect(reported.problem == "hot")
            let joined = try await catalog.join(try Samples.store("s1"))
            #expect(joined.facts.roles == [.active, .online, .read])
            #expect(joined.problem == nil)
        }
    }

    @Test("never go back to an older epoch")
    func epoch() async throws {
        try await PostgresFixture.withCatalog { catalog, _ in
            let store = try await catalog.join(try Samples.store("s1")).facts.number
            try await catalog.setEpoch(4, of: store)
            try await catalog.setEpoch(4, of: store)
            let older = await #expect(throws: SFSError.self) {
                try await catalog.setEpoch(3, of: store)
            }
            #expect(older?.code == .conflict)
            #expect(try await catalog.stores()[0].epoch == 4)
            let nobody = await #expect(throws: SFSError.self) {
                try await catalog.setEpoch(1, of: StoreNumber(99))
            }
            #expect(nobody?.code == .notFound)
        }
    }

    @Test("are prisms, too")
    func prisms() async throws {
        try await PostgresFixture.withCatalog { catalog, _ in
            let registration = PrismRegistration(
                name: try MemberName(parsing: "p1"), zone: try MemberName(parsing: "a"),
                host: try MemberName(parsing: "h1"), url: "http://127.0.0.1:2")
            let first = try await catalog.join(prism: registration)
            #expect(try await catalog.join(prism: registration).number == first.number)
            try await catalog.leave(prism: first.number)
            #expect(try await catalog.prisms().map(\.roles) == [[.active, .read, .write]])
            try await catalog.report(prism: first.number)
            #expect(try await catalog.prisms()[0].roles.contains(.online))
            let nobody = await #expect(throws: SFSError.self) {
                try await catalog.report(prism: PrismNumber(99))
            }
            #expect(nobody?.code == .notFound)
        }
    }
}
