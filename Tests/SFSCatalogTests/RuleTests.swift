import PostgresFixture
import SFSCatalog
import SFSCore
import SFSPostgres
import Testing

@Suite("Rules of contents")
struct RuleTests {
    private let all = ContentRules(
        copyMinimum: 2, copyMaximum: 5, isForced: true, isProtected: true,
        forcedStores: [StoreNumber(4), StoreNumber(1)], protectedStores: [StoreNumber(2)],
        bannedStores: [StoreNumber(3)])

    @Test("come back as they were set, until they are cleared")
    func roundTrip() async throws {
        try await PostgresFixture.withCatalog { catalog, _ in
            let hash = try Samples.hash(1)
            try await Samples.put(catalog, 1)
            #expect(try await catalog.rules(of: hash) == nil)
            try await catalog.setRules(all, of: hash, actor: "alice")
            #expect(try await catalog.rules(of: hash) == all)
            let fewer = ContentRules(copyMaximum: 1)
            try await catalog.setRules(fewer, of: hash, actor: "alice")
            #expect(try await catalog.rules(of: hash) == fewer)
            #expect(try await catalog.clearRules(of: hash, actor: "bob"))
            #expect(try await !catalog.clearRules(of: hash, actor: "bob"))
            #expect(try await catalog.rules(of: hash) == nil)
            let lines = try await catalog.auditEntries(subject: hash.hex, limit: 9)
            #expect(lines.map(\.action) == ["clear-rules", "set-rules", "set-rules"])
            #expect(
                lines.last?.reason
                    == "at least 2, at most 5, forced, protected, forced on 1,4, "
                    + "protected on 2, banned on 3")
        }
    }

    @Test("need a content, and numbers that can be")
    func refusals() async throws {
        try await PostgresFixture.withCatalog { catalog, _ in
            let missing = await #expect(throws: SFSError.self) {
                try await catalog.setRules(all, of: Samples.hash(1), actor: "alice")
            }
            #expect(missing?.code == .notFound)
            try await Samples.put(catalog, 1)
            for wrong in [
                ContentRules(copyMinimum: 0), ContentRules(copyMaximum: 0),
                ContentRules(copyMinimum: 3, copyMaximum: 2),
            ] {
                let error = await #expect(throws: SFSError.self) {
                    try await catalog.setRules(wrong, of: Samples.hash(1), actor: "alice")
                }
                #expect(error?.code == .usage)
            }
            #expect(try await catalog.rules(after: nil, limit: 9).isEmpty)
        }
    }

    @Test("are listed page by page")
    func pages() async throws {
        try await PostgresFixture.withCatalog { catalog, _ in
            for number in 0..<5 {
                try await Samples.put(catalog, number)
                try await catalog.setRules(
                    ContentRules(copyMinimum: number + 1), of: Samples.hash(number), actor: "alice")
            }
            let first = try await catalog.rules(after: nil, limit: 3)
            #expect(first.map(\.1.copyMinimum) == [1, 2, 3])
            let second = try await catalog.rules(after: first.last?.0, limit: 3)
            #expect(second.map(\.1.copyMinimum) == [4, 5])
        }
    }

    @Test("of a content that is deleted at the same time go with it")
    func deleted() async throws {
        try await PostgresFixture.withCatalog { catalog, database in
            try await Samples.put(catalog, 1)
            let all = all
            let error = await #expect(throws: SFSError.self) {
                try await waiting(
                    for: [("DELETE FROM content", [])], in: database
                ) { try await catalog.setRules(all, of: Samples.hash(1), actor: "alice") }
            }
            #expect(error?.code == .notFound)
            #expect(try await catalog.rules(of: Samples.hash(1)) == nil)
        }
    }
}
