import PostgresFixture
import SFSCatalog
import SFSCore
import SFSPostgres
import Testing

@Suite("An operator's care for members")
struct MemberCareTests {
    @Test("gives and takes roles at once, with a line in the audit")
    func roles() async throws {
        try await Samples.withStores { catalog, _ in
            let name = try MemberName(parsing: "s2")
            try await catalog.setRoles(of: name, add: [], remove: [.write, .read], actor: "alice")
            #expect(try await catalog.store(named: name)?.facts.roles == [.active, .online])
            try await catalog.setRoles(of: name, add: [.read], remove: [.active], actor: "alice")
            #expect(try await catalog.store(named: name)?.facts.roles == [.online, .read])
            try await catalog.report(StoreNumber(2), freeBytes: 1, totalBytes: 2, problem: nil)
            #expect(try await catalog.store(named: name)?.facts.roles == [.online, .read])
            let lines = try await catalog.auditEntries(subject: "s2", limit: 9)
            #expect(lines.map(\.reason) == ["+read -active", "-read -write"])
            for (wrong, role, code) in [
                ("s9", Role.read, ErrorCode.notFound), ("s2", .online, .usage),
            ] {
                let error = await #expect(throws: SFSError.self) {
                    try await catalog.setRoles(
                        of: MemberName(parsing: wrong), add: [role], remove: [], actor: "alice")
                }
                #expect(error?.code == code)
            }
        }
    }

    @Test("says which stores are draining")
    func draining() async throws {
        try await Samples.withStores { catalog, _ in
            let name = try MemberName(parsing: "s2")
            try await catalog.setDraining(name, true, actor: "alice")
            #expect(try await catalog.stores().map(\.isDraining) == [false, true, false, false])
            _ = try await catalog.join(try Samples.store("s2"))
            #expect(try await catalog.store(named: name)?.isDraining == true)
            try await catalog.setDraining(name, false, actor: "alice")
            #expect(try await catalog.store(named: name)?.isDraining == false)
            let error = await #expect(throws: SFSError.self) {
                try await catalog.setDraining(MemberName(parsing: "s9"), true, actor: "alice")
            }
            #expect(error?.code == .notFound)
        }
    }

    @Test("removes prisms that are out of service")
    func removePrism() async throws {
        try await PostgresFixture.withCatalog { catalog, _ in
            let name = try MemberName(parsing: "p1")
            let registration = PrismRegistration(
                name: name, zone: try MemberName(parsing: "a"),
                host: try MemberName(parsing: "h1"), url: nil)
            let prism = try await catalog.join(prism: registration)
            let busy = await #expect(throws: SFSError.self) {
                try await catalog.removePrism(name, actor: "alice")
            }
            #expect(busy?.code == .conflict)
            try await catalog.leave(prism: prism.number)
            try await catalog.castVote(
                target: MemberName(parsing: "s1"), voter: name, reason: "", life: .seconds(60))
            try await catalog.removePrism(name, actor: "alice")
            #expect(try await catalog.prisms().isEmpty)
            #expect(try await catalog.votes().isEmpty)
            let gone = await #expect(throws: SFSError.self) {
                try await catalog.removePrism(name, actor: "alice")
            }
            #expect(gone?.code == .notFound)
            #expect(try await catalog.join(prism: registration).number != prism.number)
        }
    }

    @Test("hears of versions, and of stores that are closed")
    func reports() async throws {
        try await Samples.withStores { catalog, database in
            let name = try MemberName(parsing: "s1")
            let host = try MemberName(parsing: "h1")
            try await database.query("UPDATE store SET seen_at = now() - interval '1 hour'")
            let before = try #require(try await catalog.store(named: name))
            #expect(before.version == nil)
            try await catalog.report(
                storeNamed: name, on: host, problem: "the volume is gone")
            let closed = try #require(try await catalog.store(named: name))
            #expect(closed.problem == "the volume is gone")
            #expect(closed.secondsSinceSeen < 60)
            #expect(closed.facts == before.facts)
            // The same name is configured elsewhere, where the store is not; or was never one.
            try await catalog.report(
                storeNamed: name, on: MemberName(parsing: "h2"), problem: "wrong label")
            try await catalog.report(
                storeNamed: MemberName(parsing: "s9"), on: host, problem: "no label")
            #expect(try await catalog.store(named: name)?.problem == "the volume is gone")
            #expect(try await catalog.stores().count == 4)
            try await catalog.report(
                StoreNumber(1), freeBytes: 1, totalBytes: 2, problem: nil, version: "3.1")
            try await catalog.report(StoreNumber(1), freeBytes: 1, totalBytes: 2, problem: nil)
            #expect(try await catalog.store(named: name)?.version == "3.1")
            #expect(try await catalog.store(named: name)?.problem == nil)
        }
    }
}
