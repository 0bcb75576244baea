import SFSCatalog
import SFSCore
import SFSPostgres
import Testing

@Suite("The end of a task")
struct TaskEndTests {
    @Test("is there once: who is late, or never had it, is refused")
    func fence() async throws {
        try await Samples.withStores { catalog, database in
            let late = try await catalog.begin(Samples.task(.verify, on: 1))
            try await endLeases(database)
            let current = try #require(try await catalog.claim(1).first)
            #expect(try await !catalog.finishTask(late))
            let state = try await catalog.failTask(
                late, problem: "late", retryAfter: .zero, attemptsMaximum: 1)
            #expect(state == nil)
            try await catalog.postponeTask(late, until: .zero, problem: "late")
            try await catalog.dropTask(late, note: "late")
            let kept = try await catalog.task(late.number)
            #expect(kept == current)
            #expect(try await catalog.finishTask(current))
            #expect(try await !catalog.finishTask(current))
            #expect(try await catalog.task(late.number) == nil)
        }
    }

    @Test("may come after its lease ran out, as long as nobody else has it")
    func lateButAlone() async throws {
        try await Samples.withStores { catalog, database in
            let task = try await catalog.begin(Samples.task(.verify, on: 1))
            try await endLeases(database)
            #expect(try await catalog.finishTask(task))
        }
    }

    @Test("counts in its plan")
    func counts() async throws {
        try await Samples.withStores { catalog, database in
            try await Samples.put(catalog, 1)
            try await Samples.put(catalog, 2)
            let plan = try await Samples.plan(
                catalog, .verify,
                [
                    Samples.step(.verify, 1, on: 1), Samples.step(.verify, 2, on: 1),
                    Samples.step(.remove, 1, on: 2),
                ])
            try await Samples.apply(plan, catalog)
            let tasks = try await catalog.claim(1, limit: 2)
            #expect(try await catalog.finishTask(tasks[0]))
            var record = try #require(try await catalog.plan(plan))
            #expect(record.tasks == 3)
            #expect(record.bytes == 2000)
            #expect(record.tasksDone == 1)
            #expect(record.bytesDone == 1000)
            try await catalog.dropTask(tasks[1], note: "the content is gone")
            let removal = try await catalog.claim(2)[0]
            #expect(try await catalog.finishTask(removal))
            record = try #require(try await catalog.plan(plan))
            #expect(record.tasksDone == 3)
            #expect(record.bytesDone == 2000)
            let audit = try await Samples.audit(database)
            #expect(audit.contains { $0.hasSuffix("on 1 the content is gone") })
        }
    }

    @Test("by many of a plan at once loses no count")
    func countsAtOnce() async throws {
        try await Samples.withStores { catalog, _ in
            let plan = try await Samples.plan(catalog, .verify, [])
            _ = try await catalog.addTasks(
                (0..<200).flatMap { number in
                    try [1, 2].map { try Samples.task(.verify, number, on: $0, plan: plan) }
                })
            _ = try await atOnce(8) { index in
                for task in try await catalog.claim(Int16(1 + index % 2), limit: 50) {
                    #expect(try await catalog.finishTask(task))
                }
            }
            let record = try #require(try await catalog.plan(plan))
            #expect(record.tasksDone == 400)
            #expect(record.bytesDone == 400_000)
        }
    }

    @Test("is put off after a failure, and comes to rest after too many")
    func failure() async throws {
        try await Samples.withStores { catalog, database in
            let plan = try await Samples.plan(catalog, .clone, [])
            var task = try await catalog.begin(Samples.task(on: 1, plan: plan))
            let state = try await catalog.failTask(
                task, problem: "no route", retryAfter: .seconds(30), attemptsMaximum: 3)
            #expect(state == .waiting)
            #expect(try await catalog.claim(1).isEmpty)
            let waiting = try #require(try await catalog.task(task.number))
            #expect(waiting.problem == "no route")
            #expect(waiting.runAfter > (try await catalog.now()))
            for attempt in 2...3 {
                try await database.query("UPDATE task SET run_after = now()")
                task = try #require(try await catalog.claim(1).first)
                #expect(task.attempts == attempt)
                let state = try await catalog.failTask(
                    task, problem: "no", retryAfter: .zero, attemptsMaximum: 3)
                #expect(state == (attempt == 3 ? .failed : .waiting))
            }
            #expect(try await catalog.claim(1).isEmpty)
            #expect(try await catalog.plan(plan)?.tasksFailed == 1)
            #expect(try await catalog.taskTotals().failed == 1)
        }
    }

    @Test("may be put off without counting as a try")
    func postponed() async throws {
        try await Samples.withStores { catalog, _ in
            var task = try await catalog.begin(Samples.task(on: 1))
            for _ in 0..<10 {
                try await catalog.postponeTask(task, until: .zero, problem: "full")
                task = try #require(try await catalog.claim(1).first)
                #expect(task.attempts == 1)
                #expect(task.problem == "full")
            }
            try await catalog.postponeTask(task, until: .seconds(60), problem: "full")
            #expect(try await catalog.claim(1).isEmpty)
            // Given back is given back: the fence alone does not make it ours again.
            #expect(try await !catalog.finishTask(task))
        }
    }
}
