import SFSCatalog
import SFSCore
import SFSPostgres
import SFSWire
import Testing

@testable import SFSEngine

@Suite("Repair")
struct RepairTests {
    private func leader(_ bench: PlanBench, _ holder: String = "one") -> RepairLeader {
        RepairLeader(engine: bench.engine, holder: holder)
    }

    /// Has `leader` look every five seconds for forty; the stores have said what they had to.
    private func lookLong(_ leader: RepairLeader, from begin: Int = 0) async throws {
        let start = ContinuousClock.now
        for second in stride(from: begin, through: begin + 40, by: 5) {
            try await leader.step(now: start + .seconds(second))
        }
    }

    @Test("does nothing for a store that is away, and everything once it is lost")
    func lostStore() async throws {
        try await PlanBench.with { bench in
            try await bench.put(1...5, on: [1, 3])
            try await bench.put(6...9, on: [2, 4])
            try await bench.silence([1], seconds: 600)
            let leader = leader(bench)
            try await lookLong(leader)
            #expect(try await bench.tasks().isEmpty)
            try await bench.silence([1], seconds: 1000)
            try await lookLong(leader, from: 50)
            let tasks = try await bench.tasks()
            // The other store of its zone takes all.
            #expect(tasks.count == 5)
            #expect(tasks.allSatisfy { $0.kind == .clone && $0.store == StoreNumber(2) })
            #expect(tasks.allSatisfy { $0.source == StoreNumber(3) && $0.actor == "repair" })
            try await bench.work()
            for number in 1...5 { #expect(try await bench.stores(of: number) == [1, 2, 3]) }
            try await lookLong(leader, from: 100)
            #expect(try await bench.tasks().isEmpty)
        }
    }

    @Test("begins at once when a store says that its volume is gone")
    func volumeGone() async throws {
        try await PlanBench.with { bench in
            try await bench.put(1...3, on: [1, 3])
            try await bench.catalog.report(
                storeNamed: PlanBench.name(1), on: MemberName(parsing: "h1"),
                problem: "the volume is gone")
            try await leader(bench).step()
            #expect(try await bench.tasks().count == 3)
        }
    }

    @Test("is led by one at a time, and by another once that one is silent")
    func twoLeaders() async throws {
        try await PlanBench.with { bench in
            try await bench.put(1...3, on: [1])
            let (first, second) = (leader(bench, "one"), leader(bench, "two"))
            let leads = (try await first.step(), try await second.step(), try await first.step())
            #expect(leads == (true, false, true))
            #expect(try await bench.tasks().count == 3)
            try await bench.database.query(
                "UPDATE lease SET until_at = now() - interval '1 second'", writes: true)
            let isTaken = try await second.step()
            let isLost = try await first.step()
            #expect(isTaken && !isLost)
            #expect(try await bench.tasks().count == 3)
        }
    }

    @Test("makes the same tasks when eight lead at once by mistake")
    func noLease() async throws {
        try await PlanBench.with { bench in
            try await bench.put(1...30, on: [1])
            let roll = try await bench.engine.storeRoll()
            let counts = try await withThrowingTaskGroup(of: Int.self) { group in
                for _ in 0..<8 {
                    group.addTask { try await bench.engine.repair(lost: [], roll) }
                }
                return try await group.reduce(into: []) { $0.append($1) }
            }
            let tasks = try await bench.tasks()
            #expect(counts.reduce(0, +) == tasks.count)
            try await bench.work()
            for number in 1...30 { #expect(try await bench.stores(of: number)?.count ?? 0 >= 2) }
        }
    }

    @Test("takes the riskiest first, and gives no store more than its share at a time")
    func storms() async throws {
        try await PlanBench.with(settings: { $0.repairTasksPerStore = 4 }) { bench in
            try await bench.put(1...20, on: [1, 3], want: 3)
            try await bench.put(21...26, on: [1], want: 3)
            let roll = try await bench.engine.storeRoll()
            _ = try await bench.engine.repair(lost: [], roll)
            let tasks = try await bench.tasks()
            let counts = Dictionary(grouping: tasks, by: \.store).mapValues(\.count)
            #expect(counts.values.allSatisfy { $0 <= 4 } && !counts.isEmpty)
            let hashes = try Set((21...26).map { try PlanBench.hash($0) })
            let urgent = tasks.filter { $0.priority == 0 }
            #expect(!urgent.isEmpty && urgent.allSatisfy { hashes.contains($0.hash) })
            #expect(tasks.count { !hashes.contains($0.hash) } == 0)
            for _ in 0..<40 {
                try await bench.work()
                _ = try await bench.engine.repair(lost: [], roll)
            }
            #expect(try await bench.tasks().isEmpty)
            #expect(try await bench.lowestCopies() == 3)
        }
    }

    @Test("does not wait for a plan that gives the same stores much to do")
    func besidesPlans() async throws {
        try await PlanBench.with(settings: { $0.repairTasksPerStore = 2 }) { bench in
            try await bench.put(1...10, on: [1, 2])
            try await bench.put(11...12, on: [1])
            let order = CloneOrder(
                contents: ContentSelection(hashes: try (1...10).map { try PlanBench.hash($0) }),
                copies: 3)
            _ = try await bench.engine.plan(
                PlanOrder(clone: order, apply: true), actor: "alice")
            let roll = try await bench.engine.storeRoll()
            let added = try await bench.engine.repair(lost: [], roll)
            #expect(added == 2)
            let first = try await bench.catalog.claimTasks(
                of: StoreNumber(3), limit: 1, lease: .seconds(60), besides: [])
            #expect(first.map(\.actor) == ["repair"])
        }
    }

    @Test("is not held up by contents that nothing can be done for")
    func hopeless() async throws {
        try await PlanBench.with(["a", "b"], settings: { $0.highWater = 100 }) { bench in
            // More than it looks at in one go, with fewer copies than the others.
            try await bench.put(1...1, on: [2])
            try await bench.database.query(
                """
                INSERT INTO content (hash, algorithm, size, extension, media_type, generation,
                                     state, want, stores, created_at)
                     SELECT decode(lpad(to_hex(n), 40, '0'), 'hex'), algorithm, size, extension,
                            media_type, generation, state, want, stores, created_at
                       FROM content, generate_series(1, 1200) AS n
                """, writes: true)
            try await bench.put(0x4000...0x4004, on: [1], size: 11)
            try await bench.catalog.setRoles(
                of: PlanBench.name(1), add: [], remove: [.write], actor: "x")
            let roll = try await bench.engine.storeRoll()
            let added = try await bench.engine.repair(lost: [], roll)
            #expect(added == 5)
        }
    }

    @Test("waits while the catalog is filled anew from the volumes")
    func rebuilding() async throws {
        try await PlanBench.with { bench in
            try await bench.put(1...3, on: [1])
            try await bench.catalog.setRebuilding(true)
            let leader = leader(bench)
            try await leader.step()
            #expect(try await bench.tasks().isEmpty)
            try await bench.catalog.setRebuilding(false)
            try await leader.step(now: .now + .seconds(10))
            #expect(try await bench.tasks().count == 3)
        }
    }

    @Test("says how much is left")
    func state() async throws {
        try await PlanBench.with { bench in
            try await bench.put(1...3, on: [1], want: 3)
            try await bench.put(4...4, on: [2, 3])
            let state = try #require(await leader(bench).state())
            #expect(state.contentsLeft == 3 && state.bytesLeft == 60)
            #expect(state.deadline == nil)
        }
    }

    @Test("measures its rate, and says when it should be done")
    func gauge() throws {
        let gauge = RepairGauge()
        let start = ContinuousClock.now
        _ = gauge.read(RepairNeed(contents: 100, bytes: 1000), at: start)
        let early = gauge.read(RepairNeed(contents: 99, bytes: 990), at: start + .milliseconds(10))
        #expect(early.bytesPerSecond == nil && early.deadline == nil)
        let now = Timestamp.now()
        let state = gauge.read(RepairNeed(contents: 60, bytes: 600), at: start + .seconds(4))
        #expect(state.bytesPerSecond == 100)
        let deadline = try #require(state.deadline)
        #expect((6000...8000).contains(deadline.milliseconds - now.milliseconds))
        let done = gauge.read(RepairNeed(), at: start + .seconds(8))
        #expect(done.deadline == nil && done.bytesLeft == 0)
    }
}
