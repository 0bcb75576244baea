import SFSCatalog
import SFSCore
import SFSPostgres
import Testing

@Suite("Applying a plan")
struct PlanApplyTests {
    @Test("makes tasks of its steps, and its contents want what it says")
    func apply() async throws {
        try await Samples.withStores { catalog, database in
            for number in 1...3 { try await Samples.put(catalog, number) }
            let plan = try await Samples.plan(
                catalog, .clone, want: 3,
                [Samples.step(.clone, 1, on: 3), Samples.step(.move, 2, on: 4, from: 1)])
            let record = try await Samples.apply(plan, catalog)
            #expect(record.state == .running)
            #expect(record.applied != nil)
            #expect(record.tasks == 2)
            #expect(try await catalog.planSteps(plan, after: nil, limit: 9).isEmpty)
            let tasks = try await catalog.tasks(
                plan: plan, store: nil, state: .waiting, after: nil, limit: 9)
            #expect(tasks.map(\.kind) == [.clone, .move])
            #expect(tasks.map(\.source) == [nil, StoreNumber(1)])
            #expect(tasks.allSatisfy { $0.priority == 5 && $0.actor == "bob" })
            #expect(tasks.allSatisfy { $0.reason == "to try it" })
            for (number, want) in [(1, 3), (2, 3), (3, 2)] {
                #expect(try await catalog.content(Samples.hash(number))?.want == want)
            }
            let audit = try await Samples.audit(database)
            #expect(audit == ["bob apply-plan plan \(plan) clone, 2 steps: to try it"])
        }
    }

    @Test("without steps ends it at once")
    func empty() async throws {
        try await Samples.withStores { catalog, _ in
            let plan = try await Samples.plan(catalog, .balance, [])
            let record = try await Samples.apply(plan, catalog)
            #expect(record.state == .done)
            #expect(record.ended != nil)
        }
    }

    /// What may change between showing and applying, and what is said of it.
    static let changes: [(statement: String, problem: String)] = [
        ("DELETE FROM content WHERE hash = $1", "1 of its contents have"),
        ("UPDATE content SET stores = '{1,2,4}' WHERE hash = $1", "1 of its contents have"),
        ("UPDATE content SET stores = '{2}' WHERE hash = $1", "1 of its contents have"),
        ("UPDATE content SET generation = 2 WHERE hash = $1", "1 of its contents have"),
        (
            """
            INSERT INTO task (hash, store, kind, generation, size, priority, actor, reason)
                 VALUES ($1, 3, 'verify', 1, 0, 0, '', '')
            """, "1 of its contents have"
        ),
        (
            "UPDATE plan SET created_at = now() - interval '2 hours' WHERE $1 = $1", "it is too old"
        ),
        ("UPDATE plan SET members = 'm0' WHERE $1 = $1", "stores, zones or roles have"),
    ]

    @Test("refuses it for good when the world has changed under it", arguments: changes)
    func refused(_ change: (statement: String, problem: String)) async throws {
        try await Samples.withStores { catalog, database in
            for number in 1...3 { try await Samples.put(catalog, number) }
            let plan = try await Samples.plan(
                catalog, .clone, want: 3, (1...3).map { try Samples.step(.clone, $0, on: 3) })
            try await database.query(change.statement, [.bytes(try Samples.hash(2).bytes)])
            let before = try await catalog.taskTotals()
            let error = await #expect(throws: SFSError.self) {
                try await Samples.apply(plan, catalog)
            }
            #expect(error?.code == .conflict)
            let record = try #require(try await catalog.plan(plan))
            #expect(record.state == .refused)
            #expect(record.problem?.hasPrefix(change.problem) == true)
            #expect(record.ended != nil)
            // Nothing of it was done.
            #expect(try await catalog.taskTotals() == before)
            #expect(try await catalog.content(Samples.hash(1))?.want == 2)
            #expect(try await catalog.planSteps(plan, after: nil, limit: 9).isEmpty)
            // Even when the world is again as it was.
            try await database.query("DELETE FROM task")
            try await database.query("UPDATE plan SET created_at = now(), members = 'm1'")
            let again = await #expect(throws: SFSError.self) {
                try await Samples.apply(plan, catalog)
            }
            #expect(again?.code == .conflict)
        }
    }

    @Test("does not mind what it does not touch, nor a task that failed long ago")
    func unrelated() async throws {
        try await Samples.withStores { catalog, database in
            for number in 1...2 { try await Samples.put(catalog, number) }
            let failed = try await catalog.begin(Samples.task(.clone, 1, on: 3))
            try await catalog.failTask(
                failed, problem: "no", retryAfter: .zero, attemptsMaximum: 1)
            try await database.query("UPDATE task SET run_after = now()")
            let plan = try await Samples.plan(catalog, .clone, [Samples.step(on: 3)])
            _ = try await catalog.addTasks([Samples.task(.clone, 2, on: 3)])
            try await database.query(
                "UPDATE content SET stores = '{3}' WHERE hash = $1",
                [.bytes(try Samples.hash(2).bytes)])
            #expect(try await Samples.apply(plan, catalog).state == .running)
            let task = try await catalog.tasks(
                plan: plan, store: nil, state: .waiting, after: nil, limit: 9)
            #expect(task.count == 1)
        }
    }

    @Test("without checks leaves out what has a task already")
    func withoutChecks() async throws {
        try await Samples.withStores { catalog, _ in
            for number in 1...2 { try await Samples.put(catalog, number) }
            let plan = try await Samples.plan(
                catalog, .clone, (1...2).map { try Samples.step(.clone, $0, on: 3) })
            _ = try await catalog.addTasks([Samples.task(.verify, 1, on: 3)])
            let record = try await catalog.applyPlan(
                plan, members: "other", ageMaximum: .zero, actor: "bob", checks: false)
            #expect(record.state == .running)
            #expect(record.tasks == 1)
        }
    }

    @Test("is done once, however many do it at once")
    func atOnce() async throws {
        try await Samples.withStores { catalog, _ in
            for number in 1...50 { try await Samples.put(catalog, number) }
            let plan = try await Samples.plan(
                catalog, .clone, (1...50).map { try Samples.step(.clone, $0, on: 3) })
            let results = try await SFSCatalogTests.atOnce(8) { _ in
                do {
                    try await Samples.apply(plan, catalog)
                    return true
                } catch let error as SFSError where error.code == .conflict {
                    return false
                }
            }
            #expect(results.filter(\.self).count == 1)
            #expect(try await catalog.plan(plan)?.state == .running)
            #expect(try await catalog.taskTotals().waiting == 50)
        }
    }

    @Test("of eight plans at once for the same stores and contents lets one of them in")
    func rivals() async throws {
        try await Samples.withStores { catalog, _ in
            for number in 1...50 { try await Samples.put(catalog, number) }
            var plans: [Int64] = []
            for _ in 0..<8 {
                plans.append(
                    try await Samples.plan(
                        catalog, .clone, (1...50).map { try Samples.step(.clone, $0, on: 3) }))
            }
            let results = try await SFSCatalogTests.atOnce(8) { [plans] index in
                do {
                    try await Samples.apply(plans[index], catalog)
                    return true
                } catch let error as SFSError where error.code == .conflict {
                    return false
                }
            }
            #expect(results.filter(\.self).count == 1)
            let states = try await catalog.plans(state: nil, limit: 9).map(\.state)
            #expect(states.filter { $0 == .refused }.count == 7)
            #expect(try await catalog.taskTotals().waiting == 50)
        }
    }

    @Test("refuses it when a task comes in between that it waits for")
    func taskInBetween() async throws {
        try await Samples.withStores { catalog, database in
            for number in 1...2 { try await Samples.put(catalog, number) }
            let plan = try await Samples.plan(
                catalog, .clone, (1...2).map { try Samples.step(.clone, $0, on: 3) })
            let insert = """
                INSERT INTO task (hash, store, kind, generation, size, priority, actor, reason)
                     VALUES ($1, 3, 'clone', 1, 0, 0, '', '')
                """
            let code = try await waiting(
                for: [(insert, [.bytes(try Samples.hash(2).bytes)])], in: database
            ) {
                do {
                    _ = try await Samples.apply(plan, catalog)
                    return nil as ErrorCode?
                } catch let error as SFSError {
                    return error.code
                }
            }
            #expect(code == .conflict)
            #expect(try await catalog.plan(plan)?.state == .refused)
            #expect(try await catalog.taskTotals().waiting == 1)
        }
    }

    @Test("of removals leaves the steps to whoever deletes, and goes on until they are taken off")
    func carriedOutByStep() async throws {
        try await Samples.withStores { catalog, _ in
            try await Samples.put(catalog)
            let plan = try await Samples.plan(
                catalog, .remove, [1, 2].map { try Samples.step(.trash, on: $0) })
            let record = try await Samples.apply(plan, catalog)
            #expect(record.state == .running)
            #expect(record.tasks == 2)
            #expect(try await catalog.taskTotals().waiting == 0)
            try await catalog.endPlans()
            #expect(try await catalog.plan(plan)?.state == .running)
            let steps = try await catalog.planSteps(plan, after: nil, limit: 1)
            #expect(steps.count == 2)
            try await catalog.endPlanSteps(plan, of: steps.map(\.hash))
            try await catalog.endPlans()
            #expect(try await catalog.plan(plan)?.state == .done)
        }
    }

    @Test("of a plan that is not there is an error of its own")
    func unknown() async throws {
        try await Samples.withStores { catalog, _ in
            let error = await #expect(throws: SFSError.self) {
                try await Samples.apply(7, catalog)
            }
            #expect(error?.code == .notFound)
        }
    }
}
