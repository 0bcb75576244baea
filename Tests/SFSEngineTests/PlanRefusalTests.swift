import SFSCatalog
import SFSCore
import SFSEngine
import SFSPostgres
import SFSWire
import Testing

@Suite("A plan that was shown")
struct PlanRefusalTests {
    /// What happens to a cluster between the showing of a plan and its application.
    enum Happening: CaseIterable, CustomTestStringConvertible {
        case copyComes, contentGoes, contentIsPutAnew, storeComes, storeGoesSilent, roleGoes
        case ruleBans, ruleProtects, timePasses, otherTaskComes

        var testDescription: String { "\(self)" }

        func happen(_ bench: PlanBench) async throws {
            let hash = try PlanBench.hash(1)
            switch self {
            case .copyComes: try await bench.put(1, on: [4])
            case .contentGoes:
                _ = try await bench.catalog.deleteContents([hash], actor: "x", reason: "y")
            case .contentIsPutAnew:
                _ = try await bench.catalog.deleteContents([hash], actor: "x", reason: "y")
                try await bench.put(1, on: [1, 2, 3], generation: 2)
            case .storeComes: try await bench.addStore(5, "b")
            case .storeGoesSilent: try await bench.silence([4], seconds: 100)
            case .roleGoes:
                try await bench.catalog.setRoles(
                    of: PlanBench.name(4), add: [], remove: [.write], actor: "x")
            case .ruleBans:
                let banned = ContentRules(bannedStores: [StoreNumber(4), StoreNumber(3)])
                try await bench.catalog.setRules(banned, of: hash, actor: "x")
            case .ruleProtects:
                try await bench.catalog.setRules(
                    ContentRules(isProtected: true), of: hash, actor: "x")
            case .timePasses:
                try await bench.database.query(
                    "UPDATE plan SET created_at = now() - interval '2 hours'", writes: true)
            case .otherTaskComes:
                _ = try await bench.catalog.addTasks([
                    NewTask(
                        kind: .remove, hash: hash, generation: 1, size: 10,
                        store: StoreNumber(1), priority: 5, actor: "x", reason: "y"),
                    NewTask(
                        kind: .clone, hash: hash, generation: 1, size: 10,
                        store: StoreNumber(4), priority: 5, actor: "x", reason: "y"),
                ])
            }
        }
    }

    @Test("is refused once the world has changed under it", arguments: Happening.allCases)
    func refused(happening: Happening) async throws {
        try await PlanBench.with { bench in
            try await bench.put(1...3, on: [1, 2, 3])
            // Copies go away from store 3 to store 4, or from 1 and 2.
            let order = CloneOrder(
                contents: ContentSelection(all: true), toStore: try PlanBench.name(4),
                awayFromStore: try PlanBench.name(3), removesSurplus: true)
            let shown = try await bench.engine.plan(PlanOrder(clone: order), actor: "alice")
            #expect(shown.summary.copiesAdded == 3 && shown.summary.copiesRemoved == 6)
            let tasksBefore = try await {
                try await happening.happen(bench)
                return try await bench.tasks().count
            }()
            let error = try await #require(throws: SFSError.self) {
                try await bench.engine.apply(shown.plan, actor: "bob")
            }
            #expect(error.code == .conflict)
            #expect(try await bench.tasks().count == tasksBefore)
            let state = try await bench.engine.showPlan(shown.plan).state
            #expect([.refused, .cancelled].contains(state))
            // For good: it does not come to life when the world changes back.
            let again = try await #require(throws: SFSError.self) {
                try await bench.engine.apply(shown.plan, actor: "bob")
            }
            #expect(again.code == .conflict)
        }
    }

    @Test("is applied once, by one of eight who do it at the same time")
    func once() async throws {
        try await PlanBench.with { bench in
            try await bench.put(1...20)
            let order = CloneOrder(contents: ContentSelection(all: true), copies: 3)
            let shown = try await bench.engine.plan(PlanOrder(clone: order), actor: "alice")
            let codes = try await withThrowingTaskGroup(of: ErrorCode?.self) { group in
                for _ in 0..<8 {
                    group.addTask {
                        do {
                            _ = try await bench.engine.apply(shown.plan, actor: "bob")
                            return nil
                        } catch let error as SFSError {
                            return error.code
                        }
                    }
                }
                return try await group.reduce(into: []) { $0.append($1) }
            }
            #expect(codes.count { $0 == nil } == 1)
            #expect(codes.count { $0 == .conflict } == 7)
            #expect(try await bench.tasks().count == 20)
        }
    }

    @Test("ends as one of eight equal ones that are made and applied at the same time")
    func eightPlans() async throws {
        try await PlanBench.with { bench in
            try await bench.put(1...20, on: [1, 2])
            let order = PlanOrder(balance: BalanceOrder(), apply: true, isConfirmed: true)
            let applied = try await withThrowingTaskGroup(of: Bool.self) { group in
                for _ in 0..<8 {
                    group.addTask {
                        do {
                            return try await bench.engine.plan(order, actor: "bob").tasks > 0
                        } catch let error as SFSError where error.code == .conflict {
                            return false
                        }
                    }
                }
                return try await group.reduce(0) { $0 + ($1 ? 1 : 0) }
            }
            #expect(applied == 1)
            let lowest = try await bench.work()
            #expect(lowest == 2)
            let fills = try await bench.fills().values
            #expect((fills.max() ?? 0) - (fills.min() ?? 0) <= 5)
        }
    }

    @Test("is paused, resumed and cancelled with its tasks")
    func changes() async throws {
        try await PlanBench.with { bench in
            try await bench.put(1...4)
            let order = CloneOrder(contents: ContentSelection(all: true), copies: 3)
            let plan = try await bench.engine.plan(
                PlanOrder(clone: order, apply: true), actor: "alice")
            let paused = try await bench.engine.changePlan(plan.plan, .pause, actor: "bob")
            #expect(paused.state == .paused)
            try await bench.work()
            #expect(try await bench.stores(of: 1) == [1, 2])
            let tasks = try await bench.engine.tasks(
                plan: plan.plan, store: nil, state: .paused, after: nil, limit: 10)
            #expect(tasks.tasks.count == 4)
            #expect(tasks.tasks.allSatisfy { $0.kind == .clone && $0.plan == plan.plan })
            let task = try #require(tasks.tasks.first)
            #expect(try await bench.engine.task(task.task) == task)
            _ = try await bench.engine.changePlan(plan.plan, .resume, actor: "bob")
            let one = TaskOrder(change: .cancel, tasks: [task.task])
            #expect(try await bench.engine.changeTasks(one, actor: "bob").count == 1)
            try await bench.work()
            try await bench.catalog.endPlans()
            #expect(try await bench.engine.showPlan(plan.plan).state == .done)
            #expect(try await bench.lowestCopies() == 2)
            await #expect(throws: SFSError.self) { try await bench.engine.task(task.task) }
        }
    }
}
