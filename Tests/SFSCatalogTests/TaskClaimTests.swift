import SFSCatalog
import SFSCore
import SFSPostgres
import Testing

@Suite("Claiming tasks")
struct TaskClaimTests {
    @Test("gives a store its own that are due, the most urgent first, and no more than asked for")
    func order() async throws {
        try await Samples.withStores { catalog, database in
            _ = try await catalog.addTasks([
                Samples.task(.clone, 1, on: 1, priority: 5),
                Samples.task(.clone, 2, on: 1, priority: 0),
                Samples.task(.clone, 3, on: 1, priority: 5),
                Samples.task(.clone, 4, on: 2, priority: 0),
                Samples.task(.clone, 5, on: 1, priority: 1),
            ])
            try await database.query(
                "UPDATE task SET run_after = now() - interval '1 minute' WHERE hash = $1",
                [.bytes(try Samples.hash(3).bytes)])
            try await database.query(
                "UPDATE task SET run_after = now() + interval '1 minute' WHERE hash = $1",
                [.bytes(try Samples.hash(5).bytes)])
            let first = try await catalog.claim(1, limit: 2)
            #expect(first.map(\.hash) == (try [Samples.hash(2), Samples.hash(3)]))
            #expect(first.allSatisfy { $0.state == .running && $0.fence == 1 && $0.attempts == 1 })
            let second = try await catalog.claim(1, limit: 9)
            #expect(second.map(\.hash) == (try [Samples.hash(1)]))
            #expect(try await catalog.claim(1, limit: 9).isEmpty)
            #expect(try await catalog.claim(2, limit: 0).isEmpty)
        }
    }

    @Test("by many at once never gives a task to two")
    func noOverlap() async throws {
        try await Samples.withStores { catalog, _ in
            _ = try await catalog.addTasks((0..<400).map { try Samples.task(.clone, $0, on: 1) })
            let claimed = try await atOnce(12) { _ in
                var mine: [Int64] = []
                while true {
                    let more = try await catalog.claim(1, limit: 7)
                    guard !more.isEmpty else { return mine }
                    mine += more.map(\.number)
                }
            }.flatMap(\.self)
            #expect(claimed.count == 400)
            #expect(Set(claimed).count == 400)
        }
    }

    @Test("gives what runs with a lease that ran out to another, with a new fence")
    func leases() async throws {
        try await Samples.withStores { catalog, database in
            let first = try await catalog.begin(Samples.task(on: 1))
            #expect(try await catalog.claim(1).isEmpty)
            try await endLeases(database)
            // Who is still doing it does not claim it from himself.
            #expect(try await catalog.claim(1, besides: [first.number]).isEmpty)
            let second = try #require(try await catalog.claim(1).first)
            #expect(second.number == first.number)
            #expect(second.fence == first.fence + 1)
            #expect(second.attempts == 2)
        }
    }

    @Test("is prolonged for those that still belong to the claimant, and for no others")
    func renewal() async throws {
        try await Samples.withStores { catalog, database in
            _ = try await catalog.addTasks((1...4).map { try Samples.task(.clone, $0, on: 1) })
            let tasks = try await catalog.claim(1, limit: 4)
            try await endLeases(database)
            _ = try await catalog.claimTasks(
                of: StoreNumber(1), limit: 1, lease: .seconds(60),
                besides: tasks[1...].map(\.number))
            _ = try await catalog.changeTasks(
                .pause, numbers: [tasks[1].number], plan: nil, state: nil, actor: "bob")
            _ = try await catalog.finishTask(tasks[2])
            let held = tasks.map { (number: $0.number, fence: $0.fence, bytesDone: Int64(17)) }
            let ours = try await catalog.renewTasks(held, lease: .seconds(60))
            #expect(ours == [tasks[3].number])
            let renewed = try await catalog.task(tasks[3].number)
            #expect(renewed?.bytesDone == 17)
            #expect(try await catalog.claim(1, limit: 4).isEmpty)
            #expect(try await catalog.renewTasks([], lease: .seconds(60)).isEmpty)
        }
    }

    @Test("goes on at once after the store has released what ran before it started")
    func release() async throws {
        try await Samples.withStores { catalog, _ in
            let before = try await catalog.begin(Samples.task(.clone, 1, on: 1))
            let other = try await catalog.begin(Samples.task(.clone, 1, on: 2))
            let count = try await catalog.releaseTasks(of: StoreNumber(1))
            #expect(count == 1)
            let ended = try await catalog.finishTask(before)
            #expect(!ended)
            let after = try #require(try await catalog.claim(1).first)
            #expect(after.number == before.number)
            #expect(after.fence > before.fence)
            #expect(try await catalog.finishTask(other))
        }
    }

    @Test("ends for a task that was running whenever its store stopped")
    func poison() async throws {
        try await Samples.withStores { catalog, _ in
            _ = try await catalog.begin(Samples.task(on: 1))
            for _ in 0..<19 {
                _ = try await catalog.releaseTasks(of: StoreNumber(1))
                #expect(try await catalog.claim(1).count == 1)
            }
            _ = try await catalog.releaseTasks(of: StoreNumber(1))
            #expect(try await catalog.claim(1).isEmpty)
            let poisoned = try await catalog.tasks(
                plan: nil, store: nil, state: .failed, after: nil, limit: 9)
            #expect(poisoned.count == 1)
            #expect(poisoned.first?.problem == "the store stopped each time while doing it")
        }
    }

    @Test("respects how many of a plan a store may do at once, while others go on")
    func concurrency() async throws {
        try await Samples.withStores { catalog, database in
            for number in 1...9 { try await Samples.put(catalog, number, on: [2, 3]) }
            let plan = try await Samples.plan(
                catalog, concurrency: 2,
                (1...6).flatMap { number in
                    try [1, 4].map { try Samples.step(.clone, number, on: $0, stores: [2, 3]) }
                })
            try await Samples.apply(plan, catalog)
            let first = try await catalog.claim(1, limit: 9)
            #expect(first.count == 2)
            #expect(try await catalog.claim(1, limit: 9).isEmpty)
            #expect(try await catalog.claim(4, limit: 9).count == 2)
            _ = try await catalog.addTasks((7...9).map { try Samples.task(.clone, $0, on: 1) })
            #expect(try await catalog.claim(1, limit: 9).map(\.plan) == [nil, nil, nil])
            #expect(try await catalog.finishTask(first[0]))
            #expect(try await catalog.claim(1, limit: 9).count == 1)
            // Leases that ran out make room, unless the claimant is still at it.
            try await endLeases(database)
            let running = try await catalog.tasks(
                plan: plan, store: StoreNumber(1), state: .running, after: nil, limit: 9
            ).map(\.number)
            #expect(running.count == 2)
            let busy = try await catalog.claim(1, limit: 9, besides: running)
            #expect(busy.allSatisfy { $0.plan == nil })
            try await database.query(
                "UPDATE task SET lease_until = now() + interval '1 minute' WHERE plan IS NULL")
            let again = try await catalog.claim(1, limit: 9)
            #expect(again.count == 2)
            #expect(again.allSatisfy { $0.plan == plan })
        }
    }

    @Test("by many at once never has more of a plan running than it may")
    func concurrencyCrowd() async throws {
        try await Samples.withStores { catalog, database in
            for number in 1...120 { try await Samples.put(catalog, number, on: [2, 3]) }
            let plan = try await Samples.plan(
                catalog, concurrency: 3,
                (1...120).map { try Samples.step(.clone, $0, on: 1, stores: [2, 3]) })
            try await Samples.apply(plan, catalog)
            // More urgent ones come in all the time, so that not all claims see the same.
            let most = try await atOnce(9) { index in
                var most: Int64 = 0
                for round in 0..<25 {
                    if index == 0 {
                        _ = try await catalog.addTasks(
                            [Samples.task(.clone, 1000 + round, on: 1, plan: plan, priority: 0)])
                        continue
                    }
                    let held = try await catalog.claim(1, limit: 2)
                    let running: Int64 = try await database.query(
                        "SELECT count(*) FROM task WHERE plan = $1 AND state = 'running'",
                        [.int64(plan)])[0][0]
                    most = max(most, running)
                    for task in held { _ = try await catalog.finishTask(task) }
                }
                return most
            }
            #expect(most.max() == 3)
        }
    }
}
