import SFSCatalog
import SFSCore
import SFSEngine
import SFSPostgres
import SFSWire
import Testing

@Suite("Making a lost catalog anew")
struct RebuildTests {
    /// What the database is like after `dropdb` and `createdb`.
    private static func drop(_ bench: CareBench) async throws {
        try await bench.database.query("DROP SCHEMA public CASCADE", writes: true)
        try await bench.database.query("CREATE SCHEMA public", writes: true)
    }

    /// What a store does when it is asked.
    private static func act(_ store: Int, _ bench: CareBench, state: PassState = .done) async throws
    {
        let number = try await bench.number(store)
        let pass = try #require(try await bench.catalog.claimPass(.inventory, of: number))
        try await bench.catalog.endPass(
            pass, state: state, counters: "{}", problem: state == .failed ? "no such disk" : nil)
    }

    /// The orders of each store's last inventory.
    private static func orders(_ bench: CareBench) async throws -> [PassOptions] {
        try await bench.catalog.passes(kind: .inventory).map { pass in
            try JSON.decode(PassOptions.self, from: pass.orders.utf8)
        }
    }

    private static func whileLeading(
        _ bench: CareBench, _ body: () async throws -> Void
    ) async throws {
        let leader = RebuildLeader(engine: bench.engine, holder: "test")
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { await leader.run() }
            defer { group.cancelAll() }
            try await body()
        }
    }

    private static func until(_ condition: () async throws -> Bool) async throws {
        let deadline = ContinuousClock.now + .seconds(60)
        while try await !condition() {
            guard .now < deadline else { throw SFSError(.timeout, "it did not come to that") }
            try await Task.sleep(for: .milliseconds(20))
        }
    }

    private static var quick: CareSettings {
        var care = CareSettings()
        care.rebuildInterval = .milliseconds(20)
        return care
    }

    private static func reach(expecting stores: Range<Int>) throws -> EngineReach {
        let names = try stores.map { try CareBench.store($0) }
        return EngineReach(expectedStores: { names })
    }

    @Test("asks all stores for their tombstones, then for what they hold, and then is done")
    func phases() async throws {
        let reach = try Self.reach(expecting: 0..<3)
        try await CareBench.with(stores: 3, reach: reach, care: Self.quick) { bench in
            try await Self.drop(bench)
            let begun = try await bench.engine.rebuild(actor: "test")
            #expect(!begun.isDone)
            #expect(begun.missing.count == 3)
            for store in 0..<3 { try await bench.joinStore(store) }
            try await Self.whileLeading(bench) {
                try await Self.until { try await Self.orders(bench).count == 3 }
                #expect(
                    try await Self.orders(bench).allSatisfy { $0.rebuilds && $0.tombstonesOnly })
                try await Self.act(0, bench)
                try await Self.act(1, bench)
                // The third has not told yet: nobody may adopt.
                for _ in 0..<10 {
                    try await Task.sleep(for: .milliseconds(20))
                    #expect(try await Self.orders(bench).allSatisfy(\.tombstonesOnly))
                }
                try await Self.act(2, bench)
                try await Self.until {
                    try await Self.orders(bench).allSatisfy { $0.rebuilds && !$0.tombstonesOnly }
                }
                for store in 0..<3 {
                    #expect(try await bench.catalog.isRebuilding())
                    try await Self.act(store, bench)
                }
                try await Self.until { try await !bench.catalog.isRebuilding() }
            }
            let state = try await bench.engine.rebuildState()
            #expect(state.isDone)
            #expect(state.missing.isEmpty)
            #expect(state.passes.map(\.state) == [.done, .done, .done])
        }
    }

    @Test("keeps the cluster's number, and refuses the catalog of another")
    func identity() async throws {
        try await CareBench.with { bench in
            try await Self.drop(bench)
            _ = try await bench.engine.rebuild(actor: "test")
            let opened = try await bench.catalog.open(cluster: bench.engine.cluster.name)
            #expect(opened.id == bench.engine.cluster.id)
            try await bench.database.query(
                "UPDATE cluster SET id = gen_random_uuid()", writes: true)
            let error = await #expect(throws: SFSError.self) {
                try await bench.engine.rebuild(actor: "test")
            }
            #expect(error?.code == .configuration)
        }
    }

    @Test("waits for stores that are expected, and does without them after a while")
    func missing() async throws {
        let reach = try Self.reach(expecting: 0..<2)
        var care = Self.quick
        care.joinTimeout = .milliseconds(500)
        try await CareBench.with(stores: 1, reach: reach, care: care) { bench in
            let begun = try await bench.engine.rebuild(actor: "test")
            #expect(begun.missing == [try CareBench.store(1)])
            try await Self.whileLeading(bench) {
                // It was asked when the rebuild of a catalog that is not lost began.
                try await Self.until { try await Self.orders(bench).count == 1 }
                try await Self.act(0, bench)
                try await Self.until {
                    try await Self.orders(bench).allSatisfy { !$0.tombstonesOnly }
                }
                // One that comes late tells its tombstones before anybody goes on.
                try await bench.joinStore(1)
                try await Self.until { try await Self.orders(bench).count == 2 }
                #expect(try await Self.orders(bench).map(\.tombstonesOnly) == [false, true])
                try await Self.act(0, bench)
                try await Self.act(1, bench)
                try await Self.until {
                    try await Self.orders(bench).allSatisfy { !$0.tombstonesOnly }
                }
                #expect(try await bench.catalog.isRebuilding())
                try await Self.act(1, bench)
                try await Self.until { try await !bench.catalog.isRebuilding() }
            }
        }
    }

    @Test("does not go on while a store cannot tell, and tries again when it is asked again")
    func failure() async throws {
        try await CareBench.with(stores: 2, care: Self.quick) { bench in
            _ = try await bench.engine.rebuild(actor: "test")
            try await Self.whileLeading(bench) {
                try await Self.until { try await Self.orders(bench).count == 2 }
                try await Self.act(0, bench)
                try await Self.act(1, bench, state: .failed)
                for _ in 0..<10 {
                    try await Task.sleep(for: .milliseconds(20))
                    #expect(try await Self.orders(bench).allSatisfy(\.tombstonesOnly))
                }
                let again = try await bench.engine.rebuild(actor: "test")
                #expect(again.passes.map(\.state) == [.done, .waiting])
                try await Self.act(1, bench)
                try await Self.until {
                    try await Self.orders(bench).allSatisfy { !$0.tombstonesOnly }
                }
            }
        }
    }

    @Test("takes the place of ordinary inventories, and of what an earlier rebuild found")
    func replaces() async throws {
        try await CareBench.with(stores: 2, care: Self.quick) { bench in
            for _ in 0..<2 {
                _ = try await bench.engine.requestPasses(
                    PassOrder(kind: .inventory, all: true), actor: "test")
                _ = try await bench.engine.rebuild(actor: "test")
                #expect(
                    try await Self.orders(bench).allSatisfy { $0.rebuilds && $0.tombstonesOnly })
                try await Self.whileLeading(bench) {
                    for isFirst in [true, false] {
                        try await Self.until {
                            try await Self.orders(bench).allSatisfy { $0.tombstonesOnly == isFirst }
                        }
                        for store in 0..<2 { try await Self.act(store, bench) }
                    }
                    try await Self.until { try await !bench.catalog.isRebuilding() }
                }
            }
        }
    }

    @Test("is led by one of several at a time, and goes on when that one is gone")
    func leaders() async throws {
        try await CareBench.with(stores: 1, care: Self.quick) { bench in
            _ = try await bench.engine.rebuild(actor: "test")
            let fence = try await bench.catalog.takeLease(
                "rebuild", holder: "another", for: .milliseconds(600))
            #expect(fence != nil)
            try await Self.act(0, bench)
            let since = ContinuousClock.now
            try await Self.whileLeading(bench) {
                try await Self.until {
                    try await Self.orders(bench).allSatisfy { !$0.tombstonesOnly }
                }
            }
            #expect(ContinuousClock.now - since > .milliseconds(300))
        }
    }
}
