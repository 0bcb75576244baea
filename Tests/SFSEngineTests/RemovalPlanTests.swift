import SFSCatalog
import SFSCore
import SFSWire
import Testing

@testable import SFSEngine

@Suite("A plan to delete contents, or to bring them back")
struct RemovalPlanTests {
    private func remove(_ numbers: ClosedRange<Int>, apply: Bool = true) throws -> PlanOrder {
        PlanOrder(
            remove: RemoveOrder(hashes: try numbers.map { try PlanBench.hash($0) }), apply: apply,
            isConfirmed: true, reason: "not wanted")
    }

    private func undelete(_ numbers: ClosedRange<Int>) throws -> PlanOrder {
        PlanOrder(
            undelete: UndeleteOrder(hashes: try numbers.map { try PlanBench.hash($0) }),
            apply: true)
    }

    @Test("deletes, is done when all files are in the trash, and its reverse brings all back")
    func story() async throws {
        try await PlanBench.with { bench in
            try await bench.put(1...5)
            let plan = try await bench.engine.plan(remove(1...4), actor: "alice")
            #expect(plan.state == .running && plan.summary.copiesRemoved == 8)
            #expect(plan.summary.lowestCopies == 0)
            #expect(try await bench.catalog.totals().contents == 1)
            let trash = try await bench.tasks()
            #expect(trash.count == 8)
            #expect(trash.allSatisfy { $0.kind == .trash && $0.plan == plan.plan })
            try await bench.work()
            try await bench.catalog.endPlans()
            let done = try await bench.engine.showPlan(plan.plan)
            #expect(done.state == .done && done.tasksDone == done.tasks)

            let back = try await bench.engine.plan(undelete(3...6), actor: "alice")
            #expect(back.summary.contents == 2 && back.summary.copiesAdded == 4)
            #expect(back.summary.leftAlone.map(\.contents).sorted() == [2])
            try await bench.work()
            try await bench.catalog.endPlans()
            #expect(try await bench.engine.showPlan(back.plan).state == .done)
            #expect(try await bench.catalog.totals().contents == 3)
            #expect(try await bench.stores(of: 3) == [1, 2])
        }
    }

    @Test("is not applied without a yes")
    func confirmation() async throws {
        try await PlanBench.with { bench in
            try await bench.put(1...1)
            var order = try remove(1...1)
            order.isConfirmed = false
            let error = try await #require(throws: SFSError.self) {
                try await bench.engine.plan(order, actor: "alice")
            }
            #expect(error.code == .usage)
            #expect(try await bench.catalog.totals().contents == 1)
        }
    }

    @Test("that a process left half done is ended by whoever leads, and spares what was put since")
    func resumed() async throws {
        try await PlanBench.with { bench in
            try await bench.put(1...4)
            let shown = try await bench.engine.plan(remove(1...4, apply: false), actor: "alice")
            // As after a crash: it was applied, one content is gone, and nobody went on.
            let view = try await bench.engine.planningView()
            _ = try await bench.catalog.applyPlan(
                shown.plan, members: view.digest(), ageMaximum: .seconds(60), actor: "alice")
            _ = try await bench.catalog.deleteContents(
                [PlanBench.hash(2)], actor: "alice", reason: "not wanted")
            try await bench.work()
            try await bench.put(2, on: [3, 4], generation: 2)
            let leader = RepairLeader(engine: bench.engine, holder: "one")
            let leads = try await leader.step()
            #expect(leads)
            #expect(try await bench.catalog.totals().contents == 1)
            #expect(try await bench.stores(of: 2) == [3, 4])
            try await bench.work()
            try await bench.catalog.endPlans()
            #expect(try await bench.engine.showPlan(shown.plan).state == .done)
        }
    }

    @Test("does not bring back what was deleted once more")
    func deletedAgain() async throws {
        try await PlanBench.with { bench in
            try await bench.put(1...1)
            _ = try await bench.engine.plan(remove(1...1), actor: "alice")
            try await bench.work()
            var order = try undelete(1...1)
            order.apply = false
            let shown = try await bench.engine.plan(order, actor: "alice")
            let view = try await bench.engine.planningView()
            _ = try await bench.catalog.applyPlan(
                shown.plan, members: view.digest(), ageMaximum: .seconds(60), actor: "alice")
            try await bench.put(1, on: [1, 2], generation: 2)
            _ = try await bench.catalog.deleteContents(
                [PlanBench.hash(1)], actor: "bob", reason: "again")
            try await bench.work()
            try await bench.engine.carryOutRest()
            try await bench.work()
            #expect(try await bench.catalog.totals().contents == 0)
            #expect(try await bench.tasks().isEmpty)
        }
    }
}
