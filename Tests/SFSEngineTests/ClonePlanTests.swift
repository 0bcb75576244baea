import SFSCatalog
import SFSCore
import SFSEngine
import SFSWire
import Testing

@Suite("A plan to clone")
struct ClonePlanTests {
    private func order(
        _ contents: ContentSelection = ContentSelection(all: true), copies: Int? = 3,
        removes: Bool = false, apply: Bool = false, isConfirmed: Bool = false, dryRun: Bool = false
    ) -> PlanOrder {
        PlanOrder(
            clone: CloneOrder(contents: contents, copies: copies, removesSurplus: removes),
            apply: apply, isConfirmed: isConfirmed, dryRun: dryRun, reason: "a test")
    }

    @Test("says what it will do, waits, does that and no more, and is done")
    func story() async throws {
        try await PlanBench.with { bench in
            try await bench.put(1...5)
            let shown = try await bench.engine.plan(order(), actor: "alice")
            #expect(shown.state == .shown && shown.kind == .clone && shown.reason == "a test")
            #expect(shown.summary.contents == 5 && shown.summary.bytes == 50)
            #expect(shown.summary.copiesAdded == 5 && shown.summary.copiesRemoved == 0)
            #expect(shown.summary.lowestCopies == 2)
            // Both copies are in zone a: the third belongs into the other.
            #expect(shown.summary.zones.map(\.name.text) == ["b"])
            let steps = try await bench.engine.planSteps(shown.plan, after: nil, limit: 3)
            #expect(steps.steps.map(\.hash) == [1, 2, 3].map { try? PlanBench.hash($0) })
            #expect(try await bench.tasks().isEmpty)

            let running = try await bench.engine.apply(shown.plan, actor: "bob")
            #expect(running.state == .running && running.tasks == 5)
            try await bench.work()
            try await bench.catalog.endPlans()
            let done = try await bench.engine.showPlan(shown.plan)
            #expect(done.state == .done && done.tasksDone == 5 && done.bytesDone == 50)
            #expect(try await bench.stores(of: 1)?.count == 3)
            let again = try await bench.engine.plan(order(), actor: "alice")
            #expect(again.summary.contents == 0 && again.tasks == 0)
            #expect(try await bench.engine.plans(state: nil, limit: 9).plans.map(\.plan) == [2, 1])
        }
    }

    @Test("that is only tried leaves nothing behind")
    func dryRun() async throws {
        try await PlanBench.with { bench in
            try await bench.put(1...5)
            let tried = try await bench.engine.plan(order(dryRun: true), actor: "alice")
            #expect(tried.plan == 0 && tried.summary.copiesAdded == 5)
            #expect(try await bench.engine.plans(state: nil, limit: 9).plans.isEmpty)
        }
    }

    @Test("that takes copies away is applied at once only when somebody has confirmed it")
    func confirmation() async throws {
        try await PlanBench.with { bench in
            try await bench.put(1...3, on: [1, 2, 3])
            let unconfirmed = order(copies: 2, removes: true, apply: true)
            let refusal = try await #require(throws: SFSError.self) {
                try await bench.engine.plan(unconfirmed, actor: "alice")
            }
            #expect(refusal.code == .usage)
            #expect(try await bench.engine.plans(state: nil, limit: 9).plans.isEmpty)
            _ = try await bench.engine.plan(
                order(copies: 2, removes: true, apply: true, isConfirmed: true), actor: "alice")
            let lowest = try await bench.work()
            #expect(lowest == 2)
            #expect(try await bench.lowestCopies() == 2)
            // Those in zone a were two too many in one zone.
            #expect(try await bench.stores(of: 1)?.last == 3)
        }
    }

    @Test("has contents want another number though no copy moves, also when it is applied later")
    func wants() async throws {
        try await PlanBench.with { bench in
            try await bench.put(1...2, on: [1, 3, 4])
            try await bench.put(3...3, on: [1, 3])
            let shown = try await bench.engine.plan(order(), actor: "alice")
            #expect(shown.tasks == 1)
            let before = try await bench.catalog.content(PlanBench.hash(1))?.want
            #expect(before == 2)
            _ = try await bench.engine.apply(shown.plan, actor: "bob")
            for number in 1...3 {
                let want = try await bench.catalog.content(PlanBench.hash(number))?.want
                #expect(want == 3)
            }
        }
    }

    @Test("is of what was selected: hashes, a prefix, a store, a zone, or all")
    func selections() async throws {
        try await PlanBench.with(["a", "b", "c", "c"]) { bench in
            try await bench.put(0x0101...0x0103, on: [1, 2])
            try await bench.put(0x1201...0x1202, on: [2, 3])
            let zone = try MemberName(parsing: "c")
            let selections: [(ContentSelection, Int64)] = try [
                (ContentSelection(hashes: [PlanBench.hash(0x0101), PlanBench.hash(9)]), 1),
                (ContentSelection(prefix: "01"), 3), (ContentSelection(prefix: "1"), 2),
                (ContentSelection(prefix: "0102"), 1), (ContentSelection(prefix: "ff"), 0),
                (ContentSelection(store: PlanBench.name(1)), 3),
                (ContentSelection(store: PlanBench.name(2)), 5),
                (ContentSelection(zone: zone), 2), (ContentSelection(all: true), 5),
            ]
            for (selection, count) in selections {
                let plan = try await bench.engine.plan(
                    order(selection, dryRun: true), actor: "alice")
                #expect(plan.summary.contents == count, "\(selection)")
            }
            let missing = try await bench.engine.plan(
                order(selections[0].0, dryRun: true), actor: "alice")
            #expect(missing.summary.leftAlone.map(\.example) == [try PlanBench.hash(9)])
        }
    }

    @Test(
        "is refused as usage when it says nothing, too much, or contradicts itself",
        arguments: [
            ContentSelection(), ContentSelection(prefix: "0", all: true),
            ContentSelection(hashes: []), ContentSelection(all: false),
            ContentSelection(prefix: ""), ContentSelection(prefix: "0g"),
        ])
    func usage(selection: ContentSelection) async throws {
        try await PlanBench.with(["a"]) { bench in
            let error = try await #require(throws: SFSError.self) {
                try await bench.engine.plan(order(selection), actor: "alice")
            }
            #expect(error.code == .usage)
        }
    }

    @Test("is of one kind, and goes to stores that there are")
    func kinds() async throws {
        try await PlanBench.with(["a"]) { bench in
            var two = order()
            two.balance = BalanceOrder()
            var nowhere = order()
            nowhere.clone?.toStore = try PlanBench.name(9)
            let orders = [(PlanOrder(), ErrorCode.usage), (two, .usage), (nowhere, .notFound)]
            for (order, code) in orders {
                let error = try await #require(throws: SFSError.self) {
                    try await bench.engine.plan(order, actor: "alice")
                }
                #expect(error.code == code)
            }
        }
    }
}
