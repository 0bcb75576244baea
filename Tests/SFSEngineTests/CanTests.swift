import SFSCatalog
import SFSCore
import SFSEngine
import SFSPostgres
import SFSWire
import Testing

@Suite("Whether a store can go")
struct CanTests {
    private static func can(
        _ purpose: StorePurpose, _ store: Int, _ bench: CareBench
    ) async throws -> CanReply {
        try await bench.engine.can(purpose, try CareBench.store(store), actor: "test")
    }

    @Test("for a while: as long as everything stays within reach")
    func stop() async throws {
        try await CareBench.with(stores: 3) { bench in
            try await bench.record(1, on: [0, 1])
            let yes = try await Self.can(.stop, 0, bench)
            #expect(yes.answer)
            #expect(yes.contentsAtRisk == 1)
            #expect(yes.contentsOutOfReach == 0)
            let until = try #require(yes.holdsUntil)
            #expect(until.milliseconds - Timestamp.now().milliseconds > 800_000)
            let no = try await Self.can(.stop, 1, bench)
            #expect(!no.answer)
            #expect(no.contentsOutOfReach == 1)
            #expect(no.holdsUntil == nil)
            #expect(no.reason.contains("'store-0'"))
        }
    }

    @Test("is the same when the same is asked again, and is held anew")
    func again() async throws {
        try await CareBench.with(stores: 2) { bench in
            try await bench.record(1, on: [0, 1])
            for _ in 0..<2 {
                #expect(try await Self.can(.stop, 0, bench).answer)
            }
            #expect(try await bench.catalog.holds().count == 1)
        }
    }

    @Test("is yes to another store once the first promise is over")
    func expiry() async throws {
        try await CareBench.with(stores: 2) { bench in
            try await bench.record(1, on: [0, 1])
            #expect(try await Self.can(.stop, 0, bench).answer)
            #expect(try await !Self.can(.stop, 1, bench).answer)
            try await bench.database.query(
                "UPDATE hold SET until_at = now() - interval '1 second'", writes: true)
            #expect(try await Self.can(.stop, 1, bench).answer)
        }
    }

    @Test("counts stores as gone that are away")
    func away() async throws {
        try await CareBench.with(stores: 2) { bench in
            try await bench.record(1, on: [0, 1])
            try await bench.silence(try CareBench.store(1), seconds: 60)
            #expect(try await !Self.can(.stop, 0, bench).answer)
        }
    }

    @Test("takes a promise back when it does not hold any more")
    func takenBack() async throws {
        try await CareBench.with(stores: 2) { bench in
            try await bench.record(1, on: [0, 1])
            #expect(try await Self.can(.stop, 0, bench).answer)
            try await bench.silence(try CareBench.store(1), seconds: 60)
            #expect(try await !Self.can(.stop, 0, bench).answer)
            #expect(try await bench.catalog.holds().isEmpty)
        }
    }

    @Test("for good: when what it holds has enough copies elsewhere")
    func retire() async throws {
        try await CareBench.with(stores: 4) { bench in
            try await bench.record(1, on: [0, 1])
            // Elsewhere things may be as bad as they are.
            try await bench.record(2, on: [2], want: 2)
            let no = try await Self.can(.retire, 0, bench)
            #expect(!no.answer)
            #expect(no.contentsAtRisk == 1)
            try await bench.record(1, on: [3])
            #expect(try await Self.can(.retire, 0, bench).answer)
            #expect(try await !Self.can(.retire, 3, bench).answer, "both would be too many")
        }
    }

    @Test("is yes to one of many that ask at once, when two would be too many")
    func crowd() async throws {
        try await CareBench.with(stores: 6) { bench in
            for number in 0..<20 { try await bench.record(number, on: Array(0..<6), want: 5) }
            let answers = try await withThrowingTaskGroup(of: Bool.self) { group in
                for store in 0..<6 {
                    group.addTask { try await Self.can(.retire, store, bench).answer }
                }
                return try await group.reduce(into: []) { $0.append($1) }
            }
            #expect(answers.count(where: { $0 }) == 1)
        }
    }

    @Test("is asked of stores that there are")
    func unknown() async throws {
        try await CareBench.with(stores: 1) { bench in
            let error = await #expect(throws: SFSError.self) {
                try await Self.can(.stop, 7, bench)
            }
            #expect(error?.code == .notFound)
        }
    }
}
