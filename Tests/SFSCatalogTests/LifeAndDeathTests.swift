import PostgresFixture
import SFSCatalog
import SFSCore
import SFSPostgres
import Testing

/// Eight workers do to a few contents whatever can be done to them, in random order.
@Suite("Puts, clones, deletions, undeletes and adoptions of the same contents at once")
struct LifeAndDeathTests {
    @Test(
        "leave nothing alive that is deleted, and no order that could hurt the living",
        arguments: 0..<6)
    func all(seed: UInt64) async throws {
        try await Samples.withStores { catalog, database in
            try await withThrowingDiscardingTaskGroup { group in
                for worker in 0..<8 {
                    group.addTask {
                        var random = SeededGenerator(seed: seed * 100 + UInt64(worker))
                        for _ in 0..<40 { try await Self.act(catalog, &random) }
                    }
                }
            }
            try await Self.check(database, seed)
            try await Self.settle(catalog)
            try await Self.check(database, seed)
            let left = try await catalog.taskTotals()
            #expect(left.waiting == 0 && left.running == 0, "seed \(seed)")
        }
    }

    private static let contents = 0..<5

    /// One random act; what is refused because others were faster is in order.
    private static func act(
        _ catalog: Catalog, _ random: inout SeededGenerator
    ) async throws {
        let hash = try Samples.hash(Int.random(in: contents, using: &random))
        let store = Int16.random(in: 1...4, using: &random)
        do {
            switch Int.random(in: 0..<7, using: &random) {
            case 0, 1:
                let known = try await catalog.lookup(hash)
                _ = try await catalog.record(
                    Samples.content(
                        hash, generation: known.generation, stores: [store, store % 4 + 1],
                        since: known.now))
            case 2:
                let some = try contents.map { try Samples.hash($0) }.shuffled(using: &random)
                _ = try await catalog.deleteContents(
                    Array(some.prefix(2)), actor: "bob", reason: "")
            case 3:
                _ = try await catalog.undelete(
                    [hash], grace: .seconds(99), actor: "bob", reason: "")
            case 4:
                let generation = Int32.random(in: 0...3, using: &random)
                _ = try await catalog.adopt(
                    hash, size: 1000,
                    attributes: Samples.content(hash, generation: generation, stores: [])
                        .attributes,
                    on: StoreNumber(store), want: 2, since: catalog.now())
            case 5:
                guard let content = try await catalog.content(hash) else { return }
                _ = try await catalog.addTasks([
                    NewTask(
                        kind: .clone, hash: hash, generation: content.attributes.generation,
                        size: 1000, store: StoreNumber(store), priority: 1, actor: "alice",
                        reason: "")
                ])
            default: try await work(catalog, store)
            }
        } catch let error as SFSError where [.conflict, .busy].contains(error.code) {
            return
        }
    }

    /// What a store does with its tasks; returns how many it had.
    @discardableResult
    private static func work(_ catalog: Catalog, _ store: Int16) async throws -> Int {
        let since = try await catalog.now()
        let tasks = try await catalog.claim(store, limit: 3)
        for task in tasks {
            switch task.kind {
            case .clone, .move: _ = try await catalog.finishClone(task, since: since)
            case .restore:
                _ = try await catalog.finishRestore(
                    task, attributes: Samples.content(task.hash, stores: []).attributes,
                    size: 1000)
            case .remove, .verify, .trash: _ = try await catalog.finishTask(task)
            }
        }
        return tasks.count
    }

    /// Has all stores do all that is left.
    private static func settle(_ catalog: Catalog) async throws {
        var count = 1
        while count > 0 {
            count = 0
            for store in Int16(1)...4 { count += try await work(catalog, store) }
        }
    }

    private static func check(_ database: PostgresDatabase, _ seed: UInt64) async throws {
        for (rule, statement) in [
            (
                "what lives is younger than its tombstone",
                "content JOIN tombstone USING (hash) WHERE content.generation <= tombstone.generation"
            ),
            (
                "orders for the trash are of what was deleted",
                """
                task LEFT JOIN tombstone USING (hash)
                 WHERE kind = 'trash' AND task.generation > coalesce(tombstone.generation, 0)
                """
            ),
            (
                "only what is deleted is restored, to the generation after it",
                """
                task LEFT JOIN tombstone USING (hash)
                 WHERE kind = 'restore'
                   AND task.generation > coalesce(tombstone.generation, 0) + 1
                """
            ),
        ] {
            let count: Int64 = try await database.query("SELECT count(*) FROM \(statement)")[0][0]
            #expect(count == 0, "\(rule), seed \(seed)")
        }
    }
}
