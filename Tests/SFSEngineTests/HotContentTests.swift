import SFSCatalog
import SFSCore
import SFSPostgres
import Testing

@testable import SFSEngine

@Suite("Hot contents")
struct HotContentTests {
    private func read(_ number: Int, _ hits: Int64, _ bench: PlanBench) async throws {
        try await bench.database.query(
            """
            INSERT INTO traffic (hash, store, hour, hits, bytes)
                 VALUES ($1, 1, date_trunc('hour', now()), $2, 0)
            """, [.bytes(try PlanBench.hash(number).bytes), .int64(hits)], writes: true)
    }

    private func extras(_ number: Int, _ bench: PlanBench) async throws -> Int {
        try await bench.catalog.content(PlanBench.hash(number))?.extras.count ?? 0
    }

    private func care(_ bench: PlanBench) async throws {
        try await bench.engine.careForHotContents(bench.engine.storeRoll())
        try await bench.work()
    }

    @Test("get extra copies that count for nothing, and lose them when they have cooled")
    func story() async throws {
        try await PlanBench.with(settings: { $0.hotHits = 100 }) { bench in
            try await bench.put(1...3, on: [1, 3])
            try await read(1, 250, bench)
            try await read(2, 120, bench)
            try await read(3, 99, bench)
            try await care(bench)
            var counts: [Int] = []
            for number in 1...3 { counts.append(try await extras(number, bench)) }
            #expect(counts == [2, 1, 0])
            #expect(try await bench.stores(of: 1) == [1, 3])
            try await care(bench)
            #expect(try await extras(1, bench) == 2)
            // Half of what makes it hot is not cold yet.
            try await bench.database.query("UPDATE traffic SET hits = 50", writes: true)
            try await care(bench)
            #expect(try await extras(1, bench) == 2)
            try await bench.database.query("UPDATE traffic SET hits = 49", writes: true)
            try await care(bench)
            #expect(try await bench.catalog.extraBytes() == 0)
            #expect(try await bench.stores(of: 1) == [1, 3])
        }
    }

    @Test("get no more than there is a budget for, those that are read most first")
    func budget() async throws {
        try await PlanBench.with(settings: {
            $0.hotHits = 100
            $0.hotBytes = ByteCount(25)
        }) { bench in
            try await bench.put(1...3, on: [1, 3])
            try await read(1, 100, bench)
            try await read(2, 300, bench)
            try await care(bench)
            #expect(try await extras(2, bench) == 2)
            #expect(try await extras(1, bench) == 0)
            #expect(try await bench.catalog.extraBytes() == 20)
        }
    }

    @Test("have to have all copies that they want first")
    func repairFirst() async throws {
        try await PlanBench.with(settings: { $0.hotHits = 1 }) { bench in
            try await bench.put(1...1, on: [1])
            try await read(1, 10, bench)
            try await bench.engine.careForHotContents(bench.engine.storeRoll())
            #expect(try await bench.tasks().isEmpty)
        }
    }
}
