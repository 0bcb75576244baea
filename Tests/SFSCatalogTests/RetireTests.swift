import PostgresFixture
import SFSCatalog
import SFSCore
import SFSPostgres
import Testing

@Suite("Retiring a store")
struct RetireTests {
    @Test("is refused while a content needs it, and changes nothing then")
    func needed() async throws {
        try await Samples.withStores { catalog, _ in
            try await Samples.put(catalog, 1, on: [1, 2, 3])
            try await Samples.put(catalog, 2, on: [1, 2])
            try await Samples.put(catalog, 3, on: [1])
            try await Samples.put(catalog, 4, on: [2, 3])
            #expect(try await retire("s1", catalog) == .refused(contents: 2))
            // What is on a lost store does not count.
            #expect(try await retire("s1", lost: [3], catalog) == .refused(contents: 3))
            #expect(try await catalog.stores(of: 1) == [1, 2, 3])
            let store = try await catalog.stores()[0]
            #expect(!store.isRetired && !store.isDraining)
            let nobody = await #expect(throws: SFSError.self) {
                _ = try await retire("s9", catalog)
            }
            #expect(nobody?.code == .notFound)
        }
    }

    @Test("is refused where rules keep a replica")
    func rules() async throws {
        for rules in [
            ContentRules(isProtected: true), ContentRules(protectedStores: [StoreNumber(1)]),
            ContentRules(forcedStores: [StoreNumber(1)]), ContentRules(copyMinimum: 3),
        ] {
            try await Samples.withStores { catalog, _ in
                try await Samples.put(catalog, 1, on: [1, 2, 3])
                try await catalog.setRules(rules, of: Samples.hash(1), actor: "alice")
                #expect(try await retire("s1", catalog) == .refused(contents: 1))
                try await catalog.setRules(
                    ContentRules(copyMinimum: 2, protectedStores: [StoreNumber(2)]),
                    of: Samples.hash(1), actor: "alice")
                #expect(try await retire("s1", catalog) == .retired)
            }
        }
    }

    @Test("takes it off everything, for ever")
    func retired() async throws {
        try await Samples.withStores { catalog, database in
            for number in 0..<50 {
                try await Samples.put(catalog, number, on: [1, 2, 3])
            }
            try await database.query(
                "INSERT INTO extra_replica (hash, size, store) VALUES ($1, 1, 1)",
                [.bytes(try Samples.hash(99).bytes)])
            _ = try await catalog.addTasks([Samples.task(.clone, 7, on: 1)])
            _ = try await catalog.requestPass(.verify, of: StoreNumber(1), orders: "{}")
            _ = try await catalog.takeHold(StoreNumber(1), .retire, for: .seconds(9), besides: [])
            #expect(try await retire("s1", catalog) == .retired)
            #expect(try await retire("s1", catalog) == .retired)
            let held: Int64 = try await database.query(
                "SELECT count(*) FROM content WHERE 1 = ANY (stores)")[0][0]
            #expect(held == 0)
            #expect(try await catalog.stores(of: 7) == [2, 3])
            #expect(try await catalog.extraBytes() == 0)
            #expect(try await catalog.tasks(of: 7).isEmpty)
            #expect(try await catalog.passes().isEmpty)
            #expect(try await catalog.holds().isEmpty)
            let store = try await catalog.stores()[0]
            #expect(store.isRetired && store.facts.roles.isEmpty)
            let lines = try await catalog.auditEntries(subject: "s1", limit: 9)
            #expect(lines.map(\.action) == ["retire-store", "drain-store"])
        }
    }

    @Test("lets nothing count it or have it back afterwards")
    func after() async throws {
        try await Samples.withStores { catalog, _ in
            let hash = try Samples.hash(1)
            try await Samples.put(catalog, 1, on: [2, 3])
            let before = try await catalog.now()
            #expect(try await retire("s1", catalog) == .retired)
            let joined = await #expect(throws: SFSError.self) {
                _ = try await catalog.join(try Samples.store("s1"))
            }
            #expect(joined?.code == .conflict)
            #expect(joined?.message.contains("was retired") == true)
            let reported = await #expect(throws: SFSError.self) {
                try await catalog.report(StoreNumber(1), freeBytes: 1, totalBytes: 2, problem: nil)
            }
            #expect(reported?.code == .notFound)
            let put = await #expect(throws: SFSError.self) {
                try await Samples.put(catalog, 1, on: [1, 2])
            }
            #expect(put?.code == .conflict)
            let adopted = try await catalog.adopt(
                hash, size: 1000, attributes: nil, on: StoreNumber(1), want: 2, since: before)
            #expect(adopted == .refused)
            #expect(try await catalog.stores(of: 1) == [2, 3])
            let roles = await #expect(throws: SFSError.self) {
                try await catalog.setRoles(
                    of: MemberName(parsing: "s1"), add: [.read], remove: [], actor: "alice")
            }
            #expect(roles?.code == .notFound)
        }
    }

    @Test("leaves it on a content that comes to need it meanwhile, and goes on later")
    func neededMeanwhile() async throws {
        try await Samples.withStores { catalog, database in
            for number in [1, 2] { try await Samples.put(catalog, number, on: [1, 2, 3]) }
            let check = try await waiting(
                for: [
                    (
                        "UPDATE content SET stores = '{1,2}' WHERE hash = $1",
                        [.bytes(try Samples.hash(1).bytes)]
                    )
                ], in: database
            ) { try await retire("s1", catalog) }
            #expect(check == .refused(contents: 1))
            #expect(try await catalog.stores(of: 1) == [1, 2])
            #expect(try await catalog.stores(of: 2) == [2, 3])
            let store = try await catalog.stores()[0]
            #expect(!store.isRetired && store.isDraining)
            try await Samples.put(catalog, 1, on: [4])
            #expect(try await retire("s1", catalog) == .retired)
            #expect(try await catalog.stores(of: 1) == [2, 4])
        }
    }

    @Test("of all stores at once never takes a content below what it wants")
    func race() async throws {
        try await Samples.withStores { catalog, database in
            for number in 0..<30 { try await Samples.put(catalog, number, on: [1, 2, 3, 4]) }
            _ = try await atOnce(4) { index in try await retire("s\(index + 1)", catalog) }
            let least: Int32 = try await database.query(
                "SELECT min(cardinality(stores)) FROM content")[0][0]
            #expect(least == 2)
            // A store that is retired counts nowhere.
            let counted: Int64 = try await database.query(
                """
                SELECT count(*) FROM content, store
                 WHERE store.number = ANY (stores) AND retired_at IS NOT NULL
                """)[0][0]
            #expect(counted == 0)
        }
    }

    private func retire(
        _ name: String, lost: [Int16] = [], _ catalog: Catalog
    ) async throws -> RetireCheck {
        try await catalog.retire(
            MemberName(parsing: name), lost: Samples.numbers(lost), actor: "alice")
    }
}
