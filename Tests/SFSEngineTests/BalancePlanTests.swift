import SFSCatalog
import SFSCore
import SFSEngine
import SFSWire
import Testing

@Suite("A plan to balance")
struct BalancePlanTests {
    private let order = PlanOrder(balance: BalanceOrder())

    private func gap(_ bench: PlanBench) async throws -> Double {
        let fills = try await bench.fills().values
        return (fills.max() ?? 0) - (fills.min() ?? 0)
    }

    @Test("fills two new stores within the band, never below two copies, and a second is empty")
    func newStores() async throws {
        try await PlanBench.with { bench in
            try await bench.put(1...20, on: [1, 3], size: 10)
            try await bench.put(21...40, on: [2, 4], size: 20)
            try await bench.addStore(5, "a")
            try await bench.addStore(6, "b")
            let shown = try await bench.engine.plan(order, actor: "alice")
            #expect(shown.summary.lowestCopies == 2)
            let added = shown.summary.stores.filter { $0.copiesAdded > 0 }.map(\.name.text)
            #expect(Set(added).isSuperset(of: ["s5", "s6"]))
            _ = try await bench.engine.apply(shown.plan, actor: "alice")
            let lowest = try await bench.work()
            #expect(lowest == 2)
            #expect(try await gap(bench) <= 5)
            for store in shown.summary.stores {
                let used = try await bench.catalog.usage().first {
                    $0.key.description == store.name.text.dropFirst()
                }?.value.bytes
                #expect(used == store.usedAfter)
            }
            let second = try await bench.engine.plan(order, actor: "alice")
            #expect(second.tasks == 0 && second.summary.contents == 0)
            for number in 1...40 {
                let stores = try #require(try await bench.stores(of: number))
                // s1, s2 and s5 are zone a.
                #expect(stores.count { [1, 2, 5].contains($0) } == 1)
            }
        }
    }

    @Test("counts what another that runs will have done")
    func running() async throws {
        try await PlanBench.with { bench in
            try await bench.put(1...40, on: [1, 3], size: 10)
            let first = try await bench.engine.plan(order, actor: "alice")
            _ = try await bench.engine.apply(first.plan, actor: "alice")
            let second = try await bench.engine.plan(order, actor: "alice")
            #expect(first.tasks > 0 && second.tasks == 0)
            // Half of the first is done: its moves, and not what the sources give up then.
            for store in [2, 4] as [Int16] {
                let tasks = try await bench.catalog.claimTasks(
                    of: StoreNumber(store), limit: 100, lease: .seconds(60), besides: [])
                for task in tasks {
                    try await bench.write(task.size, on: [store])
                    let since = try await bench.catalog.lookup(task.hash).now
                    _ = try await bench.catalog.finishClone(task, since: since)
                }
            }
            let third = try await bench.engine.plan(order, actor: "alice")
            #expect(third.tasks == 0)
            try await bench.work()
            #expect(try await gap(bench) <= 5)
        }
    }

    @Test("spreads over zones before it looks at fill, and leaves what lacks copies to repair")
    func zones() async throws {
        try await PlanBench.with { bench in
            try await bench.put(1...2, on: [1, 2])
            try await bench.put(3...3, on: [1])
            let plan = try await bench.engine.plan(order, actor: "alice")
            #expect(plan.summary.contents == 2)
            #expect(plan.summary.leftAlone.map(\.contents) == [1])
            _ = try await bench.engine.apply(plan.plan, actor: "alice")
            try await bench.work()
            for number in 1...2 {
                let stores = try #require(try await bench.stores(of: number))
                #expect(stores.count == 2 && stores[0] <= 2 && stores[1] >= 3)
            }
            #expect(try await bench.stores(of: 3) == [1])
        }
    }

    @Test("does what rules say")
    func rules() async throws {
        try await PlanBench.with(["a", "b", "c", "d"]) { bench in
            try await bench.put(1...4, on: [1, 2])
            let rules = [
                ContentRules(forcedStores: [StoreNumber(4)]),
                ContentRules(bannedStores: [StoreNumber(1)]),
                ContentRules(isForced: true),
                ContentRules(isProtected: true, bannedStores: [StoreNumber(2)]),
            ]
            for (index, rules) in rules.enumerated() {
                try await bench.catalog.setRules(
                    rules, of: PlanBench.hash(index + 1), actor: "alice")
            }
            let plan = try await bench.engine.plan(order, actor: "alice")
            _ = try await bench.engine.apply(plan.plan, actor: "alice")
            let lowest = try await bench.work()
            #expect(lowest == 2)
            let forced = try #require(try await bench.stores(of: 1))
            #expect(forced.count == 2 && forced.contains(4))
            let banned = try #require(try await bench.stores(of: 2))
            #expect(banned.count == 2 && !banned.contains(1))
            #expect(try await bench.stores(of: 3) == [1, 2, 3, 4])
            #expect(try await bench.stores(of: 4) == [1, 2])
            let second = try await bench.engine.plan(order, actor: "alice")
            #expect(second.tasks == 0)
        }
    }
}
