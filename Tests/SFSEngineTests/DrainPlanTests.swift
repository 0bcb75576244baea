import SFSCatalog
import SFSCore
import SFSEngine
import SFSWire
import Testing

@Suite("A plan to drain a store")
struct DrainPlanTests {
    @Test("moves everything elsewhere, and the store takes nothing more from then on")
    func empties() async throws {
        try await PlanBench.with { bench in
            try await bench.put(1...6, on: [1, 3])
            try await bench.put(7...9, on: [2, 4])
            let order = PlanOrder(drain: DrainOrder(store: try PlanBench.name(1)))
            let shown = try await bench.engine.plan(order, actor: "alice")
            #expect(shown.summary.contents == 6 && shown.summary.lowestCopies == 2)
            #expect(try await bench.catalog.store(named: PlanBench.name(1))?.isDraining == false)
            _ = try await bench.engine.apply(shown.plan, actor: "alice")
            #expect(try await bench.catalog.store(named: PlanBench.name(1))?.isDraining == true)
            let lowest = try await bench.work()
            #expect(lowest == 2)
            // Zones are kept: s2 is the other store of zone a.
            for number in 1...6 { #expect(try await bench.stores(of: number) == [2, 3]) }
            let balance = PlanOrder(balance: BalanceOrder(), apply: true, isConfirmed: true)
            _ = try await bench.engine.plan(balance, actor: "alice")
            try await bench.work()
            let held = try await bench.catalog.usage()[StoreNumber(1)]
            #expect(held == nil)
        }
    }

    @Test("leaves what has nowhere to go, and says why")
    func stays() async throws {
        try await PlanBench.with(["a", "b"]) { bench in
            try await bench.put(1...3, on: [1, 2])
            let order = PlanOrder(drain: DrainOrder(store: try PlanBench.name(1)))
            let shown = try await bench.engine.plan(order, actor: "alice")
            #expect(shown.tasks == 0)
            let left = shown.summary.leftAlone
            #expect(
                left.map(\.contents) == [3] && left.map(\.reason) == ["no other store may take it"])
        }
    }

    @Test("is not made for a store that is away: it cannot give anything")
    func away() async throws {
        try await PlanBench.with { bench in
            try await bench.silence([1], seconds: 60)
            let order = PlanOrder(drain: DrainOrder(store: try PlanBench.name(1)))
            let error = try await #require(throws: SFSError.self) {
                try await bench.engine.plan(order, actor: "alice")
            }
            #expect(error.code == .unavailable)
        }
    }
}
