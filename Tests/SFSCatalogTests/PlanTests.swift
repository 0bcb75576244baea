import SFSCatalog
import SFSCore
import SFSPostgres
import Testing

@Suite("Plans")
struct PlanTests {
    @Test("are kept as they were made, with their steps in pages of whole contents")
    func roundTrip() async throws {
        try await Samples.withStores { catalog, _ in
            let steps = try (0..<40).map { index in
                try Samples.step(
                    index % 2 == 0 ? .move : .remove, index / 4, on: Int16(1 + index % 4),
                    from: index % 2 == 0 ? 9 : nil, stores: index % 3 == 0 ? [] : [2, 9])
            }
            let number = try await catalog.savePlan(
                .balance, actor: "alice", reason: "uneven", summary: #"{"contents":10}"#,
                members: "m1", bandwidth: 5_000_000_000, concurrency: 3, want: 4,
                steps: steps.reversed())
            let plan = try #require(try await catalog.plan(number))
            #expect(plan.number == number)
            #expect(plan.kind == .balance)
            #expect(plan.state == .shown)
            #expect(plan.actor == "alice")
            #expect(plan.reason == "uneven")
            #expect(plan.summary == #"{"contents":10}"#)
            #expect(plan.members == "m1")
            #expect(plan.bandwidth == 5_000_000_000)
            #expect(plan.concurrency == 3)
            #expect(plan.want == 4)
            #expect(plan.tasks == 40)
            #expect(plan.bytes == 20_000)
            #expect(plan.tasksDone == 0)
            #expect(plan.applied == nil)
            #expect(plan.ended == nil)
            #expect(plan.problem == nil)
            var pages: [[PlanStep]] = []
            while pages.last?.isEmpty != true {
                pages.append(
                    try await catalog.planSteps(number, after: pages.last?.last?.hash, limit: 6))
            }
            #expect(pages.flatMap(\.self) == steps)
            #expect(pages.map(\.count) == [8, 8, 8, 8, 8, 0])
            #expect(try await catalog.plan(number + 1) == nil)
        }
    }

    @Test("are listed by state, the newest first")
    func list() async throws {
        try await Samples.withStores { catalog, _ in
            var numbers: [Int64] = []
            for _ in 0..<3 { numbers.append(try await Samples.plan(catalog, .clone, [])) }
            try await Samples.apply(numbers[1], catalog)
            #expect(
                try await catalog.plans(state: nil, limit: 9).map(\.number) == numbers.reversed())
            #expect(try await catalog.plans(state: nil, limit: 1).map(\.number) == [numbers[2]])
            #expect(try await catalog.plans(state: .done, limit: 9).map(\.number) == [numbers[1]])
        }
    }

    @Test("have up to 100,000 steps")
    func many() async throws {
        try await Samples.withStores { catalog, _ in
            let one = try Samples.step(on: 3)
            let tooMany = await #expect(throws: SFSError.self) {
                _ = try await Samples.plan(
                    catalog, .clone, Array(repeating: one, count: 100_001))
            }
            #expect(tooMany?.code == .tooLarge)
            let steps = try (0..<100_000).map { try Samples.step(.clone, $0, on: 3) }
            let number = try await Samples.plan(catalog, .clone, steps)
            let last = try await catalog.planSteps(
                number, after: steps[99_997].hash, limit: 9)
            #expect(last == Array(steps[99_998...]))
        }
    }

    @Test("pause with all their tasks, resume, and are cancelled for good")
    func changes() async throws {
        try await Samples.withStores { catalog, database in
            for number in 1...4 { try await Samples.put(catalog, number) }
            let plan = try await Samples.plan(
                catalog, .clone, (1...4).map { try Samples.step(.clone, $0, on: 3) })
            try await Samples.apply(plan, catalog)
            let held = try await catalog.claim(3)[0]
            let paused = try await catalog.changePlan(plan, .pause, actor: "bob")
            #expect(paused.state == .paused)
            #expect(try await catalog.claim(3, limit: 9).isEmpty)
            #expect(try await !catalog.finishTask(held))
            #expect(try await catalog.changePlan(plan, .pause, actor: "bob").state == .paused)
            #expect(try await catalog.changePlan(plan, .resume, actor: "bob").state == .running)
            #expect(try await catalog.claim(3, limit: 2).count == 2)
            let cancelled = try await catalog.changePlan(plan, .cancel, actor: "bob")
            #expect(cancelled.state == .cancelled)
            #expect(cancelled.ended != nil)
            #expect(try await catalog.taskTotals().running == 0)
            for change in [TaskChangeKind.pause, .resume, .retry] {
                let error = await #expect(throws: SFSError.self) {
                    _ = try await catalog.changePlan(plan, change, actor: "bob")
                }
                #expect(error?.code == .conflict)
            }
            let unknown = await #expect(throws: SFSError.self) {
                _ = try await catalog.changePlan(plan + 1, .pause, actor: "bob")
            }
            #expect(unknown?.code == .notFound)
            let audit = try await Samples.audit(database)
            #expect(audit.contains("bob pause-plan plan \(plan) 4 tasks"))
            #expect(audit.contains("bob cancel-plan plan \(plan) 4 tasks"))
        }
    }

    @Test("that are cancelled before they are applied lose their steps and cannot be applied")
    func cancelShown() async throws {
        try await Samples.withStores { catalog, _ in
            let plan = try await Samples.plan(catalog, .clone, [Samples.step(on: 3)])
            _ = try await catalog.changePlan(plan, .cancel, actor: "bob")
            #expect(try await catalog.planSteps(plan, after: nil, limit: 9).isEmpty)
            let error = await #expect(throws: SFSError.self) {
                try await Samples.apply(plan, catalog)
            }
            #expect(error?.code == .conflict)
            #expect(try await catalog.plan(plan)?.state == .cancelled)
        }
    }

    @Test("that are cancelled leave nothing of a move that ends in the same moment")
    func cancelMove() async throws {
        try await Samples.withStores { catalog, database in
            for number in 1...30 { try await Samples.put(catalog, number) }
            let since = try await catalog.now()
            for round in 0..<10 {
                let plan = try await Samples.plan(
                    catalog, .balance,
                    (1...3).map { try Samples.step(.move, $0 + 3 * round, on: 3, from: 1) })
                try await Samples.apply(plan, catalog)
                let moves = try await catalog.claim(3, limit: 3)
                _ = try await atOnce(4) { index in
                    if index == 3 {
                        _ = try await catalog.changePlan(plan, .cancel, actor: "bob")
                    } else {
                        _ = try await catalog.finishClone(moves[index], since: since)
                    }
                }
                let left = try await catalog.tasks(
                    plan: plan, store: nil, state: nil, after: nil, limit: 9)
                #expect(left.isEmpty)
            }
        }
    }

    @Test("that are cancelled take the task of a move along that they had to wait for")
    func cancelWaiting() async throws {
        try await Samples.withStores { catalog, database in
            try await Samples.put(catalog)
            let plan = try await Samples.plan(
                catalog, .balance, [Samples.step(.move, on: 3, from: 1)])
            try await Samples.apply(plan, catalog)
            // As a move ends.
            let end = """
                WITH gone AS (DELETE FROM task RETURNING *)
                INSERT INTO task (kind, hash, generation, size, store, plan, priority, actor,
                                  reason)
                     SELECT 'remove', hash, generation, size, source, plan, priority, actor, reason
                       FROM gone
                """
            let count = "UPDATE plan SET done = done + 1"
            let record = try await waiting(for: [(end, []), (count, [])], in: database) {
                try await catalog.changePlan(plan, .cancel, actor: "bob")
            }
            #expect(record.state == .cancelled)
            #expect(try await catalog.taskTotals().waiting == 0)
        }
    }

    @Test("that run end when only failed tasks are left, and not before")
    func end() async throws {
        try await Samples.withStores { catalog, _ in
            for number in 1...2 { try await Samples.put(catalog, number) }
            let plan = try await Samples.plan(
                catalog, .clone, (1...2).map { try Samples.step(.clone, $0, on: 3) })
            try await catalog.endPlans()
            #expect(try await catalog.plan(plan)?.state == .shown)
            try await Samples.apply(plan, catalog)
            let tasks = try await catalog.claim(3, limit: 2)
            _ = try await catalog.finishClone(tasks[0], since: catalog.now())
            try await catalog.endPlans()
            #expect(try await catalog.plan(plan)?.state == .running)
            try await catalog.failTask(
                tasks[1], problem: "no", retryAfter: .zero, attemptsMaximum: 1)
            try await catalog.endPlans()
            let done = try #require(try await catalog.plan(plan))
            #expect(done.state == .done)
            #expect(done.ended != nil)
            #expect(done.tasksFailed == 1)
            #expect(try await catalog.changePlan(plan, .retry, actor: "bob").state == .running)
        }
    }

    @Test("do not end while a failed task is tried anew")
    func endOrRetry() async throws {
        try await Samples.withStores { catalog, database in
            let plan = try await Samples.plan(catalog, .verify, [])
            for _ in 0..<60 {
                try await database.query("DELETE FROM task")
                try await database.query("UPDATE plan SET state = 'running'")
                let task = try await catalog.begin(Samples.task(.verify, on: 1, plan: plan))
                try await catalog.failTask(
                    task, problem: "no", retryAfter: .zero, attemptsMaximum: 1)
                _ = try await atOnce(4) { index in
                    if index > 1 {
                        try await catalog.endPlans()
                    } else {
                        _ = try await catalog.changeTasks(
                            .retry, numbers: nil, plan: plan, state: nil, actor: "bob")
                    }
                }
                try #require(try await catalog.plan(plan)?.state == .running)
            }
        }
    }

    @Test("are forgotten long after they ended or were shown, but not with tasks left")
    func prune() async throws {
        try await Samples.withStores { catalog, database in
            let done = try await Samples.plan(catalog, .clone, [])
            try await Samples.apply(done, catalog)
            let shown = try await Samples.plan(catalog, .clone, [Samples.step(on: 3)])
            let poisoned = try await Samples.plan(catalog, .verify, [])
            let task = try await catalog.begin(Samples.task(.verify, on: 1, plan: poisoned))
            try await catalog.failTask(
                task, problem: "no", retryAfter: .zero, attemptsMaximum: 1)
            #expect(try await catalog.prunePlans(olderThan: .seconds(60), dryRun: false) == 0)
            try await database.query(
                """
                UPDATE plan SET created_at = now() - interval '2 minutes',
                                ended_at = ended_at - interval '2 minutes'
                """)
            let recent = try await Samples.plan(catalog, .clone, [])
            #expect(try await catalog.prunePlans(olderThan: .seconds(60), dryRun: true) == 2)
            #expect(try await catalog.plans(state: nil, limit: 9).count == 4)
            #expect(try await catalog.prunePlans(olderThan: .seconds(60), dryRun: false) == 2)
            let left = try await catalog.plans(state: nil, limit: 9).map(\.number)
            #expect(left == [recent, poisoned])
            #expect(try await catalog.planSteps(shown, after: nil, limit: 9).isEmpty)
        }
    }
}
