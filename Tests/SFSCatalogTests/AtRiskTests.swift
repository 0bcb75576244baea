@testable import SFSCatalog
import SFSCore
import SFSPostgres
import Testing

@Suite("Contents at risk")
struct AtRiskTests {
    /// The numbers of the contents at risk while the stores in `lost` are.
    private func atRisk(
        _ catalog: Catalog, lost: [Int16] = [], limit: Int = 99, offset: Int = 0
    ) async throws -> [Int] {
        try await catalog.contentsAtRisk(
            lost: Samples.numbers(lost), limit: limit, offset: offset
        ).map { Int($0.hash.bytes[7]) }
    }

    @Test("come with the fewest live replicas first, then the fewest zones, then the smallest")
    func order() async throws {
        try await Samples.withStores(["a", "a", "b", "b", "c"]) { catalog, _ in
            for (number, stores, size) in [
                (1, [1, 2, 5], 10), (2, [2, 3, 5], 10), (3, [1, 5], 20), (4, [2, 5], 10),
                (5, [1, 2, 3], 10), (6, [5], 10), (7, [1, 2], 10),
            ] as [(Int, [Int16], Int64)] {
                _ = try await catalog.record(
                    Samples.content(
                        try Samples.hash(number), size: size, want: stores.count, stores: stores))
            }
            #expect(try await atRisk(catalog) == [])
            // 6 has none at all: nothing can be done for it.
            #expect(try await atRisk(catalog, lost: [5]) == [4, 3, 1, 2])
            #expect(try await atRisk(catalog, lost: [5], limit: 2) == [4, 3])
            #expect(try await atRisk(catalog, lost: [5], limit: 2, offset: 3) == [2])
            // 4 has none left either; 1, 2, 3 and 7 have one, 5 has two.
            #expect(try await atRisk(catalog, lost: [2, 5]) == [1, 2, 7, 3, 5])
        }
    }

    @Test("are those with fewer than they want, or than their rules ask for")
    func wanted() async throws {
        try await Samples.withStores { catalog, database in
            try await Samples.put(catalog, 1, on: [1, 2], want: 2)
            try await Samples.put(catalog, 2, on: [1], want: 2)
            try await Samples.put(catalog, 3, on: [1, 2], want: 2)
            try await Samples.put(catalog, 4, on: [1, 2], want: 3)
            try await Samples.put(catalog, 5, on: [1, 2, 3], want: 3)
            for (number, minimum, maximum) in [(3, 3, nil), (4, nil, 2), (5, 1, 1)]
                as [(Int, Int?, Int?)]
            {
                try await database.query(
                    """
                    INSERT INTO rule (hash, copy_minimum, copy_maximum)
                         VALUES ($1, nullif($2, 0), nullif($3, 0))
                    """,
                    [
                        .bytes(try Samples.hash(number).bytes), .int32(Int32(minimum ?? 0)),
                        .int32(Int32(maximum ?? 0)),
                    ])
            }
            #expect(try await atRisk(catalog) == [2, 3])
            #expect(try await atRisk(catalog, lost: [3]) == [2, 3])
            #expect(try await atRisk(catalog, lost: [2]) == [1, 2, 3, 4])
        }
    }

    @Test("are left out while a task on a store that is not lost looks after them")
    func tasks() async throws {
        try await Samples.withStores { catalog, database in
            try await Samples.put(catalog, on: [1])
            for (task, isLookedAfter) in [
                (try Samples.task(.clone, on: 3), true),
                (try Samples.task(.move, on: 3, from: 1), true),
                (try Samples.task(.restore, on: 3), true),
                (try Samples.task(.verify, on: 3), false),
                (try Samples.task(.remove, on: 3), false),
                (try Samples.task(.clone, on: 3, isExtra: true), false),
                (try Samples.task(.clone, on: 4), false),
            ] {
                try await database.query("DELETE FROM task")
                _ = try await catalog.addTasks([task])
                let found = try await atRisk(catalog, lost: [4])
                #expect(found == (isLookedAfter ? [] : [1]), "\(task)")
            }
        }
    }

    @Test("are left out for an hour after a task for them failed; paused ones help nobody")
    func failed() async throws {
        try await Samples.withStores { catalog, database in
            try await Samples.put(catalog, on: [1])
            let task = try await catalog.begin(Samples.task(.clone, on: 3))
            #expect(try await atRisk(catalog) == [])
            try await catalog.failTask(task, problem: "", retryAfter: .zero, attemptsMaximum: 1)
            #expect(try await atRisk(catalog) == [])
            try await database.query(
                "UPDATE task SET run_after = run_after - interval '61 minutes'")
            #expect(try await atRisk(catalog) == [1])
            // Then another may take its place.
            let count = try await catalog.addTasks([Samples.task(.clone, on: 3)])
            #expect(count == 1)
            #expect(try await atRisk(catalog) == [])
            _ = try await catalog.changeTasks(
                .pause, numbers: nil, plan: nil, state: .waiting, actor: "bob")
            #expect(try await atRisk(catalog) == [1])
        }
    }

    @Test("are not those whose last replica is bad: there is nothing to copy")
    func damaged() async throws {
        try await Samples.withStores { catalog, _ in
            try await Samples.put(catalog, on: [1])
            #expect(try await atRisk(catalog) == [1])
            _ = try await catalog.removeBadReplica(
                of: Samples.hash(1), on: StoreNumber(1), actor: "s1", reason: "bad")
            #expect(try await catalog.content(Samples.hash(1))?.isDamaged == true)
            #expect(try await atRisk(catalog) == [])
        }
    }

    @Test("are found in 100,000 by indexes alone, while few are")
    func quick() async throws {
        try await Samples.withStores(["a", "a", "b", "b", "c"]) { catalog, database in
            try await database.query(
                """
                INSERT INTO content (hash, algorithm, size, extension, media_type, generation,
                                     want, stores)
                     SELECT sha224(number::text::bytea), 3, number, '', 'a/b', 1, 2,
                            CASE WHEN number % 20000 = 0 THEN ARRAY[1]
                                 WHEN number % 20000 = 1 THEN ARRAY[1, 5]
                                 ELSE ARRAY[1 + number % 2, 3 + number % 2] END::smallint[]
                       FROM generate_series(1, 100000) AS number
                """)
            try await database.query(
                """
                INSERT INTO rule (hash, copy_minimum)
                     SELECT sha224(number::text::bytea), 3 FROM generate_series(2, 5) AS number
                """)
            try await database.query("ANALYZE content, rule, task, extra_replica")
            let risky = try await catalog.contentsAtRisk(lost: Samples.numbers([5]), limit: 500)
            #expect(risky.count == 14)
            let plan = try await database.query(
                "EXPLAIN \(explained(lost: "'{5}'"))"
            ).map { try $0[0] as String }.joined(separator: "\n")
            #expect(!plan.contains("Seq Scan on content"), "\(plan)")
            #expect(plan.contains("content_by_store"), "\(plan)")
            #expect(plan.contains("content_lacking_replicas"), "\(plan)")
            let nothingLost = try await database.query(
                "EXPLAIN \(explained(lost: "'{}'"))"
            ).map { try $0[0] as String }.joined(separator: "\n")
            #expect(!nothingLost.contains("Seq Scan on content"), "\(nothingLost)")
        }
    }

    /// The statement with its values written out, as the server plans it each time.
    private func explained(lost: String) -> String {
        Catalog.contentsAtRiskStatement
            .replacing("$1", with: "\(lost)::smallint[]")
            .replacing("$2", with: "'{1,1,2,2,3}'::smallint[]")
            .replacing("$3", with: "500").replacing("$4", with: "0")
    }
}
