import SFSCatalog
import SFSCore
import SFSPostgres
import Testing

@Suite("Contents as plans see them")
struct PlanningContentTests {
    @Test("carry their rules, their extra replicas and the stores that tasks are about")
    func whole() async throws {
        try await Samples.withStores(Array(repeating: "a", count: 9)) { catalog, database in
            let hash = try Samples.hash(1)
            try await Samples.put(catalog, on: [1, 2, 3])
            try await database.query(
                """
                INSERT INTO rule (hash, copy_minimum, copy_maximum, is_forced, is_protected,
                                  forced_stores, protected_stores, banned_stores)
                     VALUES ($1, 2, 5, true, true, '{1}', '{2,3}', '{9}')
                """, [.bytes(hash.bytes)])
            // 1 counts as well, so it is no extra one.
            for store in [1, 8] as [Int16] {
                try await database.query(
                    "INSERT INTO extra_replica (hash, store, size) VALUES ($1, $2, 1000)",
                    [.bytes(hash.bytes), .int16(store)])
            }
            _ = try await catalog.addTasks([
                Samples.task(.move, on: 4, from: 2), Samples.task(.remove, on: 3),
                Samples.task(.verify, on: 1), Samples.task(.clone, on: 5, isExtra: true),
            ])
            let failed = try await catalog.begin(Samples.task(.clone, on: 6))
            try await catalog.failTask(failed, problem: "", retryAfter: .zero, attemptsMaximum: 1)
            var expected = PlanningContent(
                hash: hash, size: 1000, generation: 1, want: 2,
                stores: Samples.numbers([1, 2, 3]), extras: Samples.numbers([8]),
                rules: ContentRules(
                    copyMinimum: 2, copyMaximum: 5, isForced: true, isProtected: true,
                    forcedStores: [StoreNumber(1)],
                    protectedStores: Set(Samples.numbers([2, 3])),
                    bannedStores: [StoreNumber(9)]),
                busy: Set(Samples.numbers([2, 3, 4, 5, 6])))
            let found = try await catalog.planningContents([hash, Samples.hash(2)])
            #expect(found == [expected])
            // One that failed is in nobody's way once its rest is over.
            try await database.query("UPDATE task SET run_after = now() WHERE state = 'failed'")
            expected.busy.remove(StoreNumber(6))
            let later = try await catalog.planningContents([hash])
            #expect(later == [expected])
            #expect(try await catalog.content(hash)?.extras == Samples.numbers([8]))
        }
    }

    @Test("come by hash, of stores and between bytes")
    func pages() async throws {
        try await Samples.withStores { catalog, _ in
            for number in 1...20 {
                try await Samples.put(
                    catalog, number << 40, on: number % 2 == 0 ? [1, 2] : [2, 3])
            }
            func numbers(
                after: Int? = nil, limit: Int = 99, on stores: [Int16]? = nil, from: [UInt8]? = nil,
                below: [UInt8]? = nil
            ) async throws -> [Int] {
                try await catalog.planningContents(
                    after: after.map { try Samples.hash($0 << 40) }, limit: limit,
                    on: stores.map { Samples.numbers($0) }, from: from, below: below
                ).map { Int($0.hash.bytes[2]) }
            }
            #expect(try await numbers() == Array(1...20))
            #expect(try await numbers(limit: 3) == [1, 2, 3])
            #expect(try await numbers(after: 3, limit: 3) == [4, 5, 6])
            #expect(try await numbers(after: 14, on: [3, 4]) == [15, 17, 19])
            #expect(try await numbers(from: [0, 0, 5], below: [0, 0, 8]) == [5, 6, 7])
            #expect(
                try await numbers(after: 6, on: [1], from: [0, 0, 5]) == [
                    8, 10, 12, 14, 16, 18, 20,
                ])
            #expect(try await numbers(on: []).isEmpty)
        }
    }

    @Test("are wanted as often as is said, with a line in the audit")
    func want() async throws {
        try await Samples.withStores { catalog, database in
            for number in 1...3 { try await Samples.put(catalog, number, want: number) }
            let hashes = try (1...2).map { try Samples.hash($0) }
            let count = try await catalog.setWant(2, of: hashes, actor: "bob")
            #expect(count == 1)
            for (number, want) in [(1, 2), (2, 2), (3, 3)] {
                #expect(try await catalog.content(Samples.hash(number))?.want == want)
            }
            let again = try await catalog.setWant(2, of: hashes, actor: "bob")
            #expect(again == 0)
            #expect(try await Samples.audit(database) == ["bob set-want 1 contents 2 copies"])
        }
    }

    @Test("are counted for each store that holds them")
    func usage() async throws {
        try await Samples.withStores { catalog, database in
            try await Samples.put(catalog, 1, on: [1, 2])
            try await Samples.put(catalog, 2, on: [2, 3])
            try await database.query(
                "INSERT INTO extra_replica (hash, store, size) VALUES ($1, 4, 1000)",
                [.bytes(try Samples.hash(1).bytes)])
            let usage = try await catalog.usage()
            #expect(
                usage == [
                    StoreNumber(1): StoreUsage(contents: 1, bytes: 1000),
                    StoreNumber(2): StoreUsage(contents: 2, bytes: 2000),
                    StoreNumber(3): StoreUsage(contents: 1, bytes: 1000),
                ])
        }
    }
}
