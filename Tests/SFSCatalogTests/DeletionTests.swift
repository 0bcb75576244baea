import PostgresFixture
import SFSCatalog
import SFSCore
import SFSPostgres
import Testing

@Suite("A deletion")
struct DeletionTests {
    @Test("leaves a tombstone, and orders for the trash where a file may be")
    func orders() async throws {
        try await Samples.withStores { catalog, database in
            try await Samples.put(catalog, 1, on: [1, 2])
            try await database.query(
                "INSERT INTO extra_replica (hash, size, store) VALUES ($1, 1000, 3)",
                [.bytes(try Samples.hash(1).bytes)])
            _ = try await catalog.addTasks([
                Samples.task(.verify, on: 2), Samples.task(.clone, on: 4, from: 1),
            ])
            let hash = try Samples.hash(1)
            try await catalog.setRules(ContentRules(copyMinimum: 3), of: hash, actor: "alice")
            #expect(try await delete([1, 7], catalog) == 1)
            #expect(try await catalog.content(hash) == nil)
            #expect(try await catalog.tombstones([hash, Samples.hash(7)]) == [hash: 1])
            #expect(try await catalog.rules(of: hash) == nil)
            let extras: Int64 = try await database.query("SELECT count(*) FROM extra_replica")[0][0]
            #expect(extras == 0)
            let tasks = try await catalog.tasks(of: 1)
            #expect(tasks.map(\.store.value) == [1, 2, 3, 4])
            #expect(tasks.allSatisfy { $0.kind == .trash && $0.generation == 1 })
            #expect(
                tasks.allSatisfy { $0.state == .waiting && $0.priority == 0 && $0.size == 1000 })
            #expect(tasks.allSatisfy { $0.source == nil && $0.actor == "bob" })
            let lines = try await catalog.auditEntries(actor: "bob", limit: 10)
            #expect(lines.map(\.action) == ["delete-content"])
            #expect(lines.map(\.subject) == [hash.hex])
            #expect(lines.map(\.reason) == ["not wanted"])
            #expect(try await delete([1], catalog) == 0)
        }
    }

    @Test("takes tasks that run away from their stores")
    func running() async throws {
        try await Samples.withStores { catalog, _ in
            try await Samples.put(catalog, 1, on: [1, 2])
            let clone = try await catalog.begin(Samples.task(.clone, on: 3, from: 1))
            let since = try await catalog.now()
            #expect(try await delete([1], catalog) == 1)
            #expect(try await catalog.finishClone(clone, since: since) == .notOurs)
            #expect(try await catalog.stores().count == 4)
            #expect(try await catalog.stores(of: 1) == nil)
            let renewed = try await catalog.renewTasks(
                [(number: clone.number, fence: clone.fence, bytesDone: 0)], lease: .seconds(9))
            #expect(renewed.isEmpty)
            let trash = try #require(try await catalog.claim(3).first)
            #expect(trash.kind == .trash)
            #expect(trash.fence > clone.fence)
        }
    }

    @Test("is not undone by what was put before, and touches nothing that is put after")
    func generations() async throws {
        try await Samples.withStores { catalog, _ in
            let hash = try Samples.hash(1)
            try await Samples.put(catalog, 1, on: [1, 2])
            #expect(try await delete([1], catalog) == 1)
            let error = await #expect(throws: SFSError.self) {
                try await Samples.put(catalog, 1, on: [1, 2])
            }
            #expect(error?.code == .conflict)
            #expect(try await catalog.lookup(hash).generation == 2)
            let old = try #require(try await catalog.claim(1).first)
            let again = try await catalog.record(
                Samples.content(hash, generation: 2, stores: [1, 2]))
            #expect(again.isNew)
            // The order is for files of the first generation; it ends, and nothing changes.
            #expect(old.kind == .trash && old.generation == 1)
            #expect(try await catalog.finishTask(old))
            #expect(try await catalog.content(hash) == again.content)
            #expect(try await delete([1], catalog) == 1)
            #expect(try await catalog.tombstones([hash]) == [hash: 2])
            let tasks = try await catalog.tasks(of: 1)
            #expect(tasks.map(\.generation) == [2, 2])
        }
    }

    @Test("that was meant for another generation touches nothing")
    func lateOrder() async throws {
        try await Samples.withStores { catalog, _ in
            let (old, new) = (try Samples.hash(1), try Samples.hash(2))
            try await Samples.put(catalog, 1)
            _ = try await catalog.record(Samples.content(new, generation: 2, stores: [1, 2]))
            let count = try await catalog.deleteContents(
                [old, new], generations: [old: 1, new: 1], actor: "bob", reason: "")
            #expect(count == 1)
            #expect(try await catalog.content(old) == nil)
            #expect(try await catalog.stores(of: 2) == [1, 2])
            #expect(try await catalog.tasks(of: 2).isEmpty)
            #expect(try await catalog.tombstones([new]).isEmpty)
        }
    }

    @Test("waits for a put of the same bytes, and deletes what it added, too")
    func putFirst() async throws {
        try await Samples.withStores { catalog, database in
            try await Samples.put(catalog, 1, on: [1, 2])
            let count = try await waiting(
                for: [
                    (
                        "UPDATE content SET stores = '{1,2,4}' WHERE hash = $1",
                        [.bytes(try Samples.hash(1).bytes)]
                    )
                ], in: database
            ) { try await delete([1], catalog) }
            #expect(count == 1)
            let tasks = try await catalog.tasks(of: 1)
            #expect(tasks.map(\.store.value) == [1, 2, 4])
        }
    }

    @Test("of many contents at once with puts and clones of them brings none back")
    func race() async throws {
        try await Samples.withStores { catalog, database in
            let numbers = Array(0..<40)
            for number in numbers { try await Samples.put(catalog, number, on: [1, 2]) }
            _ = try await catalog.addTasks(
                numbers.map { try Samples.task(.clone, $0, on: 3, from: 1) })
            let since = try await catalog.now()
            let clones = try await catalog.claim(3, limit: 40)
            try #require(clones.count == 40)
            try await withThrowingTaskGroup(of: Void.self) { group in
                for half in [numbers.prefix(30), numbers.suffix(30)] {
                    group.addTask { _ = try await delete(Array(half), catalog) }
                }
                for number in numbers {
                    group.addTask {
                        // Of the generation that was there before: refused once it is deleted.
                        _ = try? await Samples.put(catalog, number, on: [1, 2, 4])
                    }
                }
                for clone in clones {
                    group.addTask { _ = try await catalog.finishClone(clone, since: since) }
                }
                try await group.waitForAll()
            }
            let contents: Int64 = try await database.query("SELECT count(*) FROM content")[0][0]
            #expect(contents == 0)
            let stones = try await catalog.tombstones(numbers.map { try Samples.hash($0) })
            #expect(stones.count == 40)
            #expect(stones.values.allSatisfy { $0 == 1 })
            for number in numbers {
                let tasks = try await catalog.tasks(of: number)
                #expect(Set(tasks.map(\.store.value)).isSuperset(of: [1, 2]))
                #expect(tasks.allSatisfy { $0.kind == .trash })
            }
        }
    }

    @Test("ends the purchases of its contents, and no others")
    func purchases() async throws {
        try await Samples.withStores { catalog, _ in
            try await Samples.put(catalog, 1)
            try await Samples.put(catalog, 2)
            let ended = try await catalog.createPurchase(try Samples.purchase(1))
            let kept = try await catalog.createPurchase(try Samples.purchase(2))
            let before = try await catalog.changes(since: nil).now
            #expect(try await delete([1], catalog) == 1)
            #expect(try await catalog.purchase(ended.token) == nil)
            #expect(try await catalog.purchase(kept.token) == kept)
            let changes = try await catalog.changes(since: before)
            #expect(changes.revocations.map(\.selection) == [.hash(try Samples.hash(1))])
            let revocation = try #require(changes.revocations.first)
            #expect(revocation.revoked >= ended.created)
            #expect(revocation.until == ended.expires)
            _ = try await catalog.record(
                Samples.content(try Samples.hash(1), generation: 2, stores: [1]))
            let later = try await catalog.createPurchase(try Samples.purchase(1))
            #expect(later.created > revocation.revoked)
        }
    }

    @Test("carries out the steps of its plan, and ends what other plans wanted")
    func plans() async throws {
        try await Samples.withStores { catalog, _ in
            for number in [1, 2, 5, 6] { try await Samples.put(catalog, number) }
            let clone = try await Samples.plan(
                catalog, .clone, [Samples.step(.clone, 1, on: 3), Samples.step(.clone, 2, on: 3)])
            try await Samples.apply(clone, catalog)
            let other = try await Samples.plan(catalog, .clone, [Samples.step(.clone, 1, on: 4)])
            try await Samples.apply(other, catalog)
            let plan = try await Samples.plan(
                catalog, .remove,
                [
                    Samples.step(.trash, 5, on: 1), Samples.step(.trash, 5, on: 2),
                    Samples.step(.trash, 6, on: 1),
                ])
            try await Samples.apply(plan, catalog)
            // Two of them go by another order.
            #expect(try await delete([5, 6], catalog) == 2)
            #expect(try await delete([1, 5, 6], plan: plan, catalog) == 1)
            // Store 3 and 4 may have begun.
            #expect(try await catalog.plan(plan)?.tasks == 4)
            let trash = try await catalog.tasks(of: 1)
            #expect(trash.allSatisfy { $0.plan == plan })
            let cloned = try #require(try await catalog.plan(clone))
            #expect(cloned.tasksDone == 1)
            #expect(cloned.bytesDone == 1000)
            try await catalog.endPlans()
            #expect(try await catalog.plan(other)?.state == .done)
            #expect(try await catalog.plan(clone)?.state == .running)
            #expect(try await catalog.plan(plan)?.state == .running)
            for store in Int16(1)...4 {
                for task in try await catalog.claim(store, limit: 9) where task.plan == plan {
                    #expect(try await catalog.finishTask(task))
                }
            }
            try await catalog.endPlans()
            let done = try #require(try await catalog.plan(plan))
            #expect(done.state == .done)
            #expect(done.tasksDone == 4)
        }
    }

    @Test("of more contents than one transaction takes is all there")
    func many() async throws {
        try await Samples.withStores { catalog, database in
            try await database.query(
                """
                INSERT INTO content (hash, algorithm, size, extension, media_type, generation,
                                     want, stores)
                     SELECT sha256(convert_to(number::text, 'UTF8')), 4, number, '', 'a/b', 1, 2,
                            '{1,2}'
                       FROM generate_series(1, 2500) AS number
                """)
            let hashes = try await database.query("SELECT hash FROM content").map {
                try ContentHash(bytes: try $0[0])
            }
            let count = try await catalog.deleteContents(hashes, actor: "bob", reason: "")
            #expect(count == 2500)
            #expect(try await catalog.totals().contents == 0)
            #expect(try await catalog.taskTotals().waiting == 5000)
        }
    }

    private func delete(
        _ numbers: [Int], plan: Int64? = nil, _ catalog: Catalog
    ) async throws -> Int64 {
        try await catalog.deleteContents(
            numbers.map { try Samples.hash($0) }, plan: plan, actor: "bob", reason: "not wanted")
    }
}

extension Catalog {
    /// The tasks for the content `number`, by store.
    func tasks(of number: Int) async throws -> [TaskRecord] {
        let hash = try Samples.hash(number)
        return try await tasks(plan: nil, store: nil, state: nil, after: nil, limit: 1000)
            .filter { $0.hash == hash }.sorted { $0.store < $1.store }
    }
}
