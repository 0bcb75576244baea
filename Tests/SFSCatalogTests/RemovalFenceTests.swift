import SFSCatalog
import SFSCore
import SFSPostgres
import Testing

@Suite("Giving a replica up")
struct RemovalFenceTests {
    private func begin(
        _ catalog: Catalog, from store: Int16 = 1, proven: [Int16] = [2, 3, 4],
        task: TaskRecord? = nil
    ) async throws -> ReplicaRemoval {
        try await catalog.beginRemoval(
            of: Samples.hash(1), generation: 1, from: StoreNumber(store),
            proven: Samples.numbers(proven), minimum: 2, task: task, actor: "s1", reason: "")
    }

    @Test("is refused where a rule keeps it, or wants more to be left")
    func rules() async throws {
        try await Samples.withStores { catalog, database in
            try await Samples.put(catalog, on: [1, 2, 3])
            let hash = PostgresValue.bytes(try Samples.hash(1).bytes)
            for (rule, isRefused) in [
                ("is_protected) VALUES ($1, true", true), ("is_forced) VALUES ($1, true", true),
                ("protected_stores) VALUES ($1, '{1}'", true),
                ("forced_stores) VALUES ($1, '{4,1}'", true),
                ("protected_stores) VALUES ($1, '{2}'", false),
                ("copy_minimum) VALUES ($1, '3'", true), ("copy_minimum) VALUES ($1, '1'", false),
                ("banned_stores) VALUES ($1, '{1}'", false),
            ] {
                try await database.query("DELETE FROM rule")
                try await database.query("UPDATE content SET stores = '{1,2,3}'")
                try await database.query("INSERT INTO rule (hash, \(rule))", [hash])
                #expect(try await begin(catalog) == (isRefused ? .refused : .removed), "\(rule)")
            }
        }
    }

    @Test("for a task is refused when that was taken away")
    func fence() async throws {
        try await Samples.withStores { catalog, database in
            try await Samples.put(catalog, on: [1, 2, 3, 4])
            let late = try await catalog.begin(Samples.task(.remove, on: 1))
            try await endLeases(database)
            let current = try await catalog.claim(1)[0]
            #expect(try await begin(catalog, task: late) == .refused)
            #expect(try await begin(catalog, task: current) == .removed)
            #expect(try await begin(catalog, task: current) == .unknown)
            let cancelled = try await catalog.begin(Samples.task(.remove, on: 2))
            _ = try await catalog.changeTasks(
                .cancel, numbers: [cancelled.number], plan: nil, state: nil, actor: "bob")
            let removal = try await begin(
                catalog, from: 2, proven: [3, 4], task: cancelled)
            #expect(removal == .refused)
            #expect(try await catalog.stores() == [2, 3, 4])
        }
    }

    @Test("is refused for a task that is cancelled while it waits for it")
    func cancelledMeanwhile() async throws {
        try await Samples.withStores { catalog, database in
            try await Samples.put(catalog, on: [1, 2, 3])
            let task = try await catalog.begin(Samples.task(.remove, on: 1))
            let suite = self
            let removal = try await waiting(for: [("DELETE FROM task", [])], in: database) {
                try await suite.begin(catalog, task: task)
            }
            #expect(removal == .refused)
            #expect(try await catalog.stores() == [1, 2, 3])
        }
    }

    @Test("sees a put that counts the replica at the same time, and is not told that nobody does")
    func countedMeanwhile() async throws {
        try await Samples.withStores { catalog, database in
            try await Samples.put(catalog, on: [2, 3])
            let suite = self
            let put = "UPDATE content SET stores = '{1,2,3}' WHERE hash = $1"
            let removal = try await waiting(
                for: [(put, [.bytes(try Samples.hash(1).bytes)])], in: database
            ) { try await suite.begin(catalog, proven: [2]) }
            // `.unknown` would have had the store throw away what counts.
            #expect(removal == .refused)
            #expect(try await catalog.stores() == [1, 2, 3])
        }
    }

    @Test("of a bad replica sees others that come to it at the same time")
    func badMeanwhile() async throws {
        try await Samples.withStores { catalog, database in
            let hash = try Samples.hash(1)
            try await Samples.put(catalog, on: [1])
            let put = "UPDATE content SET stores = '{1,2}' WHERE hash = $1"
            let removal = try await waiting(for: [(put, [.bytes(hash.bytes)])], in: database) {
                try await catalog.removeBadReplica(
                    of: hash, on: StoreNumber(1), actor: "s1", reason: "bad")
            }
            #expect(removal == .removed)
            #expect(try await catalog.stores() == [2])
            #expect(try await catalog.content(hash)?.isDamaged == false)
        }
    }

    @Test("by all stores at once leaves as many as there must be, whoever proves whom")
    func everybody() async throws {
        try await Samples.withStores(Array(repeating: "a", count: 6)) { catalog, _ in
            for number in 1...20 { try await Samples.put(catalog, number, on: Array(1...6)) }
            _ = try await atOnce(12) { index in
                for number in 1...20 {
                    let store = StoreNumber(Int16(1 + index % 6))
                    _ = try await catalog.beginRemoval(
                        of: Samples.hash(number), generation: 1, from: store,
                        proven: Samples.numbers(Array(1...6)), minimum: 2, actor: "s",
                        reason: "")
                }
            }
            for number in 1...20 { #expect(try await catalog.stores(of: number)?.count == 2) }
        }
    }
}
