import SFSCatalog
import SFSCore
import SFSPostgres
import Testing

@Suite("Changing tasks")
struct TaskChangeTests {
    @Test("pauses what waits and runs, which nobody gets or ends until it is resumed")
    func pause() async throws {
        try await Samples.withStores { catalog, database in
            let running = try await catalog.begin(Samples.task(.verify, 1, on: 1))
            _ = try await catalog.addTasks([Samples.task(.verify, 2, on: 1)])
            let count = try await catalog.changeTasks(
                .pause, numbers: nil, plan: nil, state: .running, actor: "bob")
            #expect(count == 1)
            _ = try await catalog.changeTasks(
                .pause, numbers: nil, plan: nil, state: .waiting, actor: "bob")
            #expect(try await catalog.taskTotals().paused == 2)
            #expect(try await catalog.claim(1, limit: 9).isEmpty)
            let held = [(number: running.number, fence: running.fence, bytesDone: Int64(0))]
            #expect(try await catalog.renewTasks(held, lease: .seconds(9)).isEmpty)
            #expect(try await !catalog.finishTask(running))
            let resumed = try await catalog.changeTasks(
                .resume, numbers: nil, plan: nil, state: .paused, actor: "bob")
            #expect(resumed == 2)
            #expect(try await catalog.claim(1, limit: 9).count == 2)
            #expect(try await !catalog.finishTask(running))
            #expect(
                try await Samples.audit(database) == [
                    "bob pause-tasks running ones 1 tasks", "bob pause-tasks waiting ones 1 tasks",
                    "bob resume-tasks paused ones 2 tasks",
                ])
        }
    }

    @Test("cancels by number, whatever the state")
    func cancel() async throws {
        try await Samples.withStores { catalog, _ in
            let running = try await catalog.begin(Samples.task(.clone, 1, on: 1))
            _ = try await catalog.addTasks([
                Samples.task(.clone, 2, on: 1), Samples.task(.clone, 3, on: 1),
            ])
            let all = try await catalog.tasks(
                plan: nil, store: nil, state: nil, after: nil, limit: 9
            ).map(\.number)
            let count = try await catalog.changeTasks(
                .cancel, numbers: Array(all.dropLast()) + [999], plan: nil, state: nil,
                actor: "bob")
            #expect(count == 2)
            #expect(try await catalog.task(running.number) == nil)
            #expect(try await catalog.task(all[2]) != nil)
        }
    }

    @Test("retries what failed, as if for the first time; its plan runs again")
    func retry() async throws {
        try await Samples.withStores { catalog, _ in
            let plan = try await Samples.plan(catalog, .verify, [])
            try await Samples.apply(plan, catalog)
            #expect(try await catalog.plan(plan)?.state == .done)
            let task = try await catalog.begin(Samples.task(.verify, on: 1, plan: plan))
            try await catalog.failTask(
                task, problem: "no", retryAfter: .zero, attemptsMaximum: 1)
            #expect(try await catalog.plan(plan)?.tasksFailed == 1)
            let count = try await catalog.changeTasks(
                .retry, numbers: nil, plan: nil, state: .failed, actor: "bob")
            #expect(count == 1)
            let record = try #require(try await catalog.plan(plan))
            #expect(record.state == .running)
            #expect(record.ended == nil)
            #expect(record.tasksFailed == 0)
            let again = try #require(try await catalog.claim(1).first)
            #expect(again.attempts == 1)
            #expect(try await catalog.finishTask(again))
            try await catalog.endPlans()
            #expect(try await catalog.plan(plan)?.state == .done)
        }
    }

    @Test("of a plan that is paused retries nothing before it is resumed")
    func retryPaused() async throws {
        try await Samples.withStores { catalog, _ in
            try await Samples.put(catalog)
            let plan = try await Samples.plan(catalog, .verify, [Samples.step(.verify, on: 1)])
            try await Samples.apply(plan, catalog)
            try await catalog.failTask(
                try await catalog.claim(1)[0], problem: "no", retryAfter: .zero, attemptsMaximum: 1)
            _ = try await catalog.changePlan(plan, .pause, actor: "bob")
            _ = try await catalog.changePlan(plan, .retry, actor: "bob")
            #expect(try await catalog.claim(1).isEmpty)
            _ = try await catalog.changePlan(plan, .resume, actor: "bob")
            #expect(try await catalog.claim(1).count == 1)
        }
    }

    @Test("is for those that all the conditions describe, and never for all without one")
    func selection() async throws {
        try await Samples.withStores { catalog, _ in
            let plan = try await Samples.plan(catalog, .verify, [])
            _ = try await catalog.addTasks([
                Samples.task(.verify, 1, on: 1, plan: plan), Samples.task(.verify, 2, on: 1),
            ])
            let error = await #expect(throws: SFSError.self) {
                _ = try await catalog.changeTasks(
                    .cancel, numbers: nil, plan: nil, state: nil, actor: "bob")
            }
            #expect(error?.code == .usage)
            let tooMany = await #expect(throws: SFSError.self) {
                _ = try await catalog.changeTasks(
                    .cancel, numbers: Array(0...10_000), plan: nil, state: nil, actor: "bob")
            }
            #expect(tooMany?.code == .tooLarge)
            for (numbers, number, state) in [
                ([], plan, nil), (nil, plan, TaskState.failed), (nil, plan + 1, nil),
            ] as [([Int64]?, Int64, TaskState?)] {
                let count = try await catalog.changeTasks(
                    .cancel, numbers: numbers, plan: number, state: state, actor: "bob")
                #expect(count == 0)
            }
            let count = try await catalog.changeTasks(
                .cancel, numbers: nil, plan: plan, state: .waiting, actor: "bob")
            #expect(count == 1)
            #expect(try await catalog.taskTotals().waiting == 1)
        }
    }

    @Test("in the midst of all else leaves each task one end, and no count lost")
    func storm() async throws {
        try await Samples.withStores { catalog, database in
            let plan = try await Samples.plan(catalog, .verify, [])
            let count = 300
            _ = try await catalog.addTasks(
                (0..<count).map {
                    try Samples.task(.verify, $0, on: Int16(1 + $0 % 4), plan: plan)
                })
            let ended = try await atOnce(10) { index in
                var random = SeededGenerator(seed: UInt64(index))
                var ended: [Int64] = []
                if index >= 8 {
                    try await Self.disturb(catalog, database, &random)
                    return ended
                }
                var late: [TaskRecord] = []
                while try await catalog.taskTotals() != TaskTally() {
                    for task in try await catalog.claim(Int16(1 + index % 4), limit: 5) {
                        switch Int.random(in: 0..<6, using: &random) {
                        case 0: late.append(task)
                        case 1:
                            try await catalog.failTask(
                                task, problem: "no", retryAfter: .zero, attemptsMaximum: 2)
                        default:
                            if try await catalog.finishTask(task) { ended.append(task.number) }
                        }
                    }
                    for task in late where Bool.random(using: &random) {
                        if try await catalog.finishTask(task) { ended.append(task.number) }
                    }
                }
                return ended
            }.flatMap(\.self)
            #expect(ended.count == count)
            #expect(Set(ended).count == count)
            try await catalog.endPlans()
            let record = try #require(try await catalog.plan(plan))
            #expect(record.tasksDone == Int64(count))
            #expect(record.state != .cancelled)
        }
    }

    /// Takes tasks away from whoever has them until none is left.
    private static func disturb(
        _ catalog: Catalog, _ database: PostgresDatabase, _ random: inout SeededGenerator
    ) async throws {
        while try await catalog.taskTotals() != TaskTally() {
            switch Int.random(in: 0..<5, using: &random) {
            case 0: try await endLeases(database)
            case 1:
                _ = try await catalog.releaseTasks(of: StoreNumber(Int16(1 + random.next() % 4)))
            case 2:
                _ = try await catalog.changeTasks(
                    .pause, numbers: nil, plan: nil, state: .running, actor: "bob")
            case 3:
                _ = try await catalog.changeTasks(
                    .resume, numbers: nil, plan: nil, state: .paused, actor: "bob")
            default:
                _ = try await catalog.changeTasks(
                    .retry, numbers: nil, plan: nil, state: .failed, actor: "bob")
            }
            try await catalog.endPlans()
        }
    }
}

extension TaskTally {
    /// No tasks at all.
    fileprivate init() {
        self.init(waiting: 0, running: 0, paused: 0, failed: 0, bytes: 0)
    }
}

/// SplitMix64: the same seed gives the same numbers.
struct SeededGenerator: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) {
        state = seed
    }

    mutating func next() -> UInt64 {
        state &+= 0x9e37_79b9_7f4a_7c15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xbf58_476d_1ce4_e5b9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94d0_49bb_1331_11eb
        return mixed ^ (mixed >> 31)
    }
}
