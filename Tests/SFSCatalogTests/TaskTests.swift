import SFSCatalog
import SFSCore
import SFSPostgres
import Testing

@Suite("Tasks")
struct TaskTests {
    @Test("are kept as they were added, and found by plan, store and state")
    func roundTrip() async throws {
        try await Samples.withStores { catalog, _ in
            let added = try await catalog.addTasks([
                Samples.task(.move, 1, on: 3, from: 1, priority: 2),
                Samples.task(.clone, 1, on: 4, isExtra: true, plan: 7),
                Samples.task(.remove, 2, on: 3),
            ])
            #expect(added == 3)
            let all = try await catalog.tasks(
                plan: nil, store: nil, state: .waiting, after: nil, limit: 10)
            #expect(all.count == 3)
            let move = try #require(all.first { $0.kind == .move })
            #expect(move.hash == (try Samples.hash(1)))
            #expect(move.store == StoreNumber(3))
            #expect(move.source == StoreNumber(1))
            #expect(move.size == 1000)
            #expect(move.generation == 1)
            #expect(move.priority == 2)
            #expect(!move.isExtra)
            #expect(move.plan == nil)
            #expect(move.attempts == 0)
            #expect(move.actor == "alice")
            #expect(move.reason == "to try it")
            let found = try await catalog.task(move.number)
            #expect(found == move)
            func numbers(
                plan: Int64? = nil, store: Int16? = nil, state: TaskState? = nil,
                after: Int64? = nil, limit: Int = 10
            ) async throws -> [Int64] {
                try await catalog.tasks(
                    plan: plan, store: store.map { StoreNumber($0) }, state: state, after: after,
                    limit: limit
                ).map(\.number)
            }
            #expect(try await numbers(plan: 7).count == 1)
            #expect(try await numbers(store: 3).count == 2)
            #expect(try await numbers(state: .failed).isEmpty)
            #expect(try await numbers(after: all[0].number) == all[1...].map(\.number))
            #expect(try await numbers(limit: 2) == all[..<2].map(\.number))
            #expect(try await catalog.task(999) == nil)
        }
    }

    @Test("are there once for a content and a store, however often they are added")
    func unique() async throws {
        try await Samples.withStores { catalog, _ in
            let twice = try await catalog.addTasks([
                Samples.task(on: 1, priority: 7), Samples.task(.verify, on: 1, priority: 3),
            ])
            #expect(twice == 1)
            let again = try await catalog.addTasks([
                Samples.task(.remove, on: 1), Samples.task(on: 2),
            ])
            #expect(again == 1)
            let kinds = try await catalog.tasks(
                plan: nil, store: StoreNumber(1), state: nil, after: nil, limit: 9
            ).map(\.kind)
            #expect(kinds == [.verify])
            let none = try await catalog.addTasks([])
            #expect(none == 0)
        }
    }

    @Test("are added by many at once without a double one or a deadlock")
    func crowd() async throws {
        try await Samples.withStores { catalog, _ in
            let counts = try await atOnce(8) { index in
                // Each in another order.
                try await catalog.addTasks(
                    (0..<500).map { try Samples.task(.clone, ($0 * 7 + index * 61) % 500, on: 1) })
            }
            #expect(counts.reduce(0, +) == 500)
            #expect(try await catalog.taskTotals().waiting == 500)
        }
    }

    @Test("take the place of one that failed, once its rest is over; not of one to trash")
    func afterFailure() async throws {
        try await Samples.withStores { catalog, database in
            for kind in [TaskKind.clone, .trash] {
                try await database.query("DELETE FROM task")
                let poisoned = try await catalog.begin(Samples.task(kind, on: 1))
                let state = try await catalog.failTask(
                    poisoned, problem: "no", retryAfter: .zero, attemptsMaximum: 1)
                #expect(state == .failed)
                let early = try await catalog.addTasks([Samples.task(.move, on: 1, from: 2)])
                #expect(early == 0)
                try await database.query("UPDATE task SET run_after = now()")
                let late = try await catalog.addTasks([Samples.task(.move, on: 1, from: 2)])
                #expect(late == (kind == .trash ? 0 : 1))
            }
            try await database.query("DELETE FROM task")
            let poisoned = try await catalog.begin(Samples.task(on: 1))
            try await catalog.failTask(
                poisoned, problem: "no", retryAfter: .zero, attemptsMaximum: 1)
            try await database.query("UPDATE task SET run_after = now()")
            _ = try await catalog.addTasks([Samples.task(.move, on: 1, from: 2)])
            let next = try #require(try await catalog.claim(1).first)
            #expect(next.kind == .move)
            #expect(next.attempts == 1)
            #expect(next.fence > poisoned.fence)
            #expect(next.problem == nil)
        }
    }

    @Test("are counted by state, with the bytes that are still to be moved")
    func totals() async throws {
        try await Samples.withStores { catalog, _ in
            _ = try await catalog.addTasks([
                Samples.task(.clone, 1, on: 1), Samples.task(.move, 2, on: 2, from: 1),
                Samples.task(.remove, 3, on: 3), Samples.task(.verify, 4, on: 4),
                Samples.task(.clone, 5, on: 4),
            ])
            let held = try await catalog.claim(1)[0]
            _ = try await catalog.renewTasks(
                [(held.number, held.fence, 300)], lease: .seconds(9))
            _ = try await catalog.changeTasks(
                .pause, numbers: [5], plan: nil, state: nil, actor: "bob")
            let tally = try await catalog.taskTotals()
            #expect(
                tally
                    == TaskTally(waiting: 3, running: 1, paused: 1, failed: 0, bytes: 1700))
        }
    }

    @Test("are more of their plan, which counts them")
    func plan() async throws {
        try await Samples.withStores { catalog, _ in
            let plan = try await Samples.plan(catalog, .verify, [])
            _ = try await catalog.addTasks([
                Samples.task(.verify, 1, on: 1, plan: plan),
                Samples.task(.remove, 2, on: 1, plan: plan), Samples.task(.verify, 3, on: 1),
            ])
            let record = try #require(try await catalog.plan(plan))
            #expect(record.tasks == 2)
            #expect(record.bytes == 1000)
        }
    }

    @Test("are refused beyond 10,000 at once")
    func tooMany() async throws {
        try await Samples.withStores { catalog, _ in
            let tasks = try (0...10_000).map { try Samples.task(.clone, $0, on: 1) }
            let error = await #expect(throws: SFSError.self) {
                _ = try await catalog.addTasks(tasks)
            }
            #expect(error?.code == .tooLarge)
            let count = try await catalog.addTasks(Array(tasks.dropLast()))
            #expect(count == 10_000)
        }
    }
}
