import SFSCatalog
import SFSCore
import SFSPostgres
import Testing

@Suite("The end of a clone")
struct CloneEndTests {
    @Test("counts the replica and ends the task")
    func counted() async throws {
        try await Samples.withStores { catalog, _ in
            try await Samples.put(catalog, on: [1, 4])
            let plan = try await Samples.plan(
                catalog, .clone, [Samples.step(on: 3, stores: [1, 4])])
            try await Samples.apply(plan, catalog)
            let task = try await catalog.claim(3)[0]
            let end = try await catalog.finishClone(task, since: catalog.now())
            #expect(end == .counted)
            #expect(try await catalog.stores() == [1, 3, 4])
            #expect(try await catalog.task(task.number) == nil)
            let again = try await catalog.finishClone(task, since: catalog.now())
            #expect(again == .notOurs)
            #expect(try await catalog.plan(plan)?.tasksDone == 1)
            #expect(try await catalog.plan(plan)?.bytesDone == 1000)
        }
    }

    @Test("by several stores at once counts each")
    func atOnce() async throws {
        try await Samples.withStores(Array(repeating: "a", count: 9)) { catalog, _ in
            try await Samples.put(catalog, on: [1])
            _ = try await catalog.addTasks((2...9).map { try Samples.task(on: $0) })
            let since = try await catalog.now()
            let ends = try await SFSCatalogTests.atOnce(8) { index in
                let task = try await catalog.claim(Int16(index + 2))[0]
                return try await catalog.finishClone(task, since: since)
            }
            #expect(ends.allSatisfy { $0 == .counted })
            #expect(try await catalog.stores() == Array(1...9))
        }
    }

    @Test("is refused when the task was taken away, cancelled or claimed again")
    func notOurs() async throws {
        try await Samples.withStores { catalog, database in
            try await Samples.put(catalog)
            let late = try await catalog.begin(Samples.task(on: 3))
            try await endLeases(database)
            let current = try await catalog.claim(3)[0]
            let since = try await catalog.now()
            let first = try await catalog.finishClone(late, since: since)
            #expect(first == .notOurs)
            #expect(try await catalog.task(late.number) == current)
            _ = try await catalog.changeTasks(
                .cancel, numbers: [late.number], plan: nil, state: nil, actor: "bob")
            let second = try await catalog.finishClone(current, since: since)
            #expect(second == .notOurs)
            #expect(try await catalog.stores() == [1, 2])
        }
    }

    @Test("counts nothing of a content that is gone, was put again, or is of another size")
    func contentChanged() async throws {
        try await Samples.withStores { catalog, database in
            for change in [
                "DELETE FROM content", "UPDATE content SET generation = 2",
                "UPDATE content SET size = 999",
            ] {
                try await database.query("DELETE FROM content")
                try await Samples.put(catalog)
                let task = try await catalog.begin(Samples.task(on: 3))
                try await database.query(change)
                let end = try await catalog.finishClone(task, since: catalog.now())
                #expect(end == .contentChanged)
                #expect(try await catalog.stores()?.contains(3) != true)
                #expect(try await catalog.task(task.number) == nil)
            }
        }
    }

    @Test("counts nothing that was removed after it was looked for")
    func removedMeanwhile() async throws {
        try await Samples.withStores { catalog, _ in
            try await Samples.put(catalog)
            let before = try await catalog.now()
            try await catalog.removeReplicas(
                of: Samples.hash(1), on: Samples.numbers([3]), actor: "p", reason: "not found")
            let early = try await catalog.begin(Samples.task(on: 3))
            let first = try await catalog.finishClone(early, since: before)
            #expect(first == .contentChanged)
            #expect(try await catalog.stores() == [1, 2])
            try await eventually {
                let task = try await catalog.begin(Samples.task(on: 3))
                return try await catalog.finishClone(task, since: catalog.now()) == .counted
            }
            #expect(try await catalog.stores() == [1, 2, 3])
        }
    }

    @Test("does not bring a content back that is deleted while it waits for the row")
    func deletedMeanwhile() async throws {
        try await Samples.withStores { catalog, database in
            try await Samples.put(catalog)
            let task = try await catalog.begin(Samples.task(on: 3))
            let since = try await catalog.now()
            let end = try await waiting(
                for: [(Samples.deletion, [.bytes(task.hash.bytes)])], in: database
            ) { try await catalog.finishClone(task, since: since) }
            #expect(end == .contentChanged)
            #expect(try await catalog.content(task.hash) == nil)
        }
    }

    @Test("is refused when the task is cancelled while it waits for it")
    func cancelledMeanwhile() async throws {
        try await Samples.withStores { catalog, database in
            try await Samples.put(catalog)
            let task = try await catalog.begin(Samples.task(on: 3))
            let since = try await catalog.now()
            let end = try await waiting(for: [("DELETE FROM task", [])], in: database) {
                try await catalog.finishClone(task, since: since)
            }
            #expect(end == .notOurs)
            #expect(try await catalog.stores() == [1, 2])
        }
    }

    @Test("of a move has the source give its replica up, for the same reason and plan")
    func move() async throws {
        try await Samples.withStores { catalog, _ in
            try await Samples.put(catalog)
            let plan = try await Samples.plan(
                catalog, .balance, [Samples.step(.move, on: 3, from: 1)])
            try await Samples.apply(plan, catalog)
            let move = try await catalog.claim(3)[0]
            #expect(try await catalog.claim(1).isEmpty)
            let end = try await catalog.finishClone(move, since: catalog.now())
            #expect(end == .counted)
            // Added before anything is removed.
            #expect(try await catalog.stores() == [1, 2, 3])
            let removal = try #require(try await catalog.claim(1).first)
            #expect(removal.kind == .remove)
            #expect(removal.hash == move.hash)
            #expect(removal.generation == 1)
            #expect(removal.plan == plan)
            #expect(removal.actor == "bob")
            #expect(removal.reason == move.reason)
            #expect(removal.priority == move.priority)
            try await catalog.endPlans()
            #expect(try await catalog.plan(plan)?.state == .running)
            #expect(try await catalog.finishTask(removal))
            try await catalog.endPlans()
            let record = try #require(try await catalog.plan(plan))
            #expect(record.state == .done)
            #expect(record.tasks == 2)
            #expect(record.tasksDone == 2)
            #expect(record.bytesDone == 1000)
        }
    }

    @Test("of a move leaves a source alone that has another task, or is not counted any more")
    func moveFromBusy() async throws {
        try await Samples.withStores { catalog, _ in
            try await Samples.put(catalog)
            _ = try await catalog.addTasks([Samples.task(.verify, on: 1)])
            let first = try await catalog.begin(Samples.task(.move, on: 3, from: 1))
            let end = try await catalog.finishClone(first, since: catalog.now())
            #expect(end == .counted)
            #expect(try await catalog.claim(1, limit: 9).map(\.kind) == [.verify])
            let second = try await catalog.begin(Samples.task(.move, on: 4, from: 2))
            try await catalog.removeReplicas(
                of: second.hash, on: Samples.numbers([2]), actor: "p", reason: "not found")
            _ = try await catalog.finishClone(second, since: catalog.now())
            #expect(try await catalog.stores() == [1, 3, 4])
            #expect(try await catalog.claim(2).isEmpty)
        }
    }

    @Test("of moves that cross each other at once waits for nobody in vain")
    func crossingMoves() async throws {
        try await Samples.withStores { catalog, database in
            for number in 1...40 { try await Samples.put(catalog, number, on: [1, 2]) }
            let since = try await catalog.now()
            _ = try await catalog.addTasks(
                (1...40).flatMap { number in
                    [
                        try Samples.task(.move, number, on: 1, from: 2),
                        try Samples.task(.move, number, on: 2, from: 1),
                    ]
                })
            let deadlocks = "SELECT deadlocks FROM pg_stat_database WHERE datname = $1"
            let name: String = try await database.query("SELECT current_database()::text")[0][0]
            _ = try await SFSCatalogTests.atOnce(8) { index in
                let store = Int16(1 + index % 2)
                while let task = try await catalog.claim(store).first {
                    let end = try await catalog.finishClone(task, since: since)
                    #expect(end == .counted)
                }
            }
            let count: Int64 = try await database.query(deadlocks, [.text(name)])[0][0]
            #expect(count == 0)
        }
    }
}
