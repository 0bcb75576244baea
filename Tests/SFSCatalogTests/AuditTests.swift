import PostgresFixture
import SFSCatalog
import SFSCore
import SFSPostgres
import Testing

@Suite("The audit")
struct AuditTests {
    @Test("is read newest first, page by page, by subject, actor and time")
    func pages() async throws {
        try await PostgresFixture.withCatalog { catalog, database in
            for number in 0..<10 {
                try await catalog.audit(
                    number.isMultiple(of: 2) ? "alice" : "bob", "test",
                    "content-\(number / 5) on 3", "because of \(number)")
            }
            try await database.query(
                "UPDATE audit SET at = now() - interval '1 hour' WHERE number <= 4")
            let all = try await catalog.auditEntries(limit: 100)
            #expect(all.count == 10)
            #expect(all.map(\.number) == all.map(\.number).sorted(by: >))
            #expect(all[0].reason == "because of 9" && all[0].actor == "bob")
            #expect(all[0].action == "test" && all[0].subject == "content-1 on 3")
            let first = try await catalog.auditEntries(limit: 4)
            #expect(first == Array(all.prefix(4)))
            let second = try await catalog.auditEntries(before: first.last?.number, limit: 4)
            #expect(second == Array(all[4..<8]))
            #expect(
                try await catalog.auditEntries(subject: "content-0", limit: 9) == Array(all[5...]))
            #expect(try await catalog.auditEntries(subject: "%", limit: 9).isEmpty)
            let bobs = try await catalog.auditEntries(actor: "bob", limit: 9)
            #expect(bobs == all.filter { $0.actor == "bob" })
            let since = try await catalog.auditEntries(since: all[5].at, limit: 9)
            #expect(since == Array(all[0..<6]))
            #expect(try await catalog.auditEntries(limit: 0).isEmpty)
        }
    }
}
