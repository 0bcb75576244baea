import SFSCatalog
import SFSCore
import SFSEngine
import SFSWire
import Testing

@Suite("Passes over volumes, for operators")
struct PassRequestTests {
    @Test("are asked of one store, of a zone, or of all whose replicas count")
    func request() async throws {
        try await CareBench.with(stores: 6) { bench in
            let engine = bench.engine
            try await bench.silence(try CareBench.store(5), seconds: 3600)
            func names(_ order: PassOrder) async throws -> [MemberName] {
                try await engine.requestPasses(order, actor: "test").passes.map(\.store)
            }
            let one = try CareBench.store(0)
            #expect(try await names(PassOrder(kind: .verify, store: one)) == [one])
            let zone = try MemberName(parsing: "zone-1")
            #expect(
                try await names(PassOrder(kind: .verify, zone: zone))
                    == [CareBench.store(2), CareBench.store(3)])
            #expect(
                try await names(PassOrder(kind: .inventory, all: true))
                    == (0..<5).map { try CareBench.store($0) })
            let lost = try CareBench.store(5)
            #expect(try await names(PassOrder(kind: .verify, store: lost)) == [lost])
        }
    }

    @Test("are left as they are when they are waiting or running, and asked anew when they ended")
    func again() async throws {
        try await CareBench.with(stores: 1) { bench in
            let order = PassOrder(kind: .verify, all: true)
            let first = try await bench.engine.requestPasses(order, actor: "test").passes
            let second = try await bench.engine.requestPasses(order, actor: "test").passes
            #expect(first == second)
            let number = try await bench.number(0)
            let pass = try #require(try await bench.catalog.claimPass(.verify, of: number))
            try await bench.catalog.endPass(
                pass, state: .done,
                counters: String(
                    decoding: try JSON.encode(PassCounters(files: 7, valid: 7)), as: UTF8.self),
                problem: nil)
            let ended = try await bench.engine.passes(kind: .verify).passes
            #expect(ended.map(\.state) == [.done])
            #expect(ended.map(\.counters.valid) == [7])
            #expect(ended.map(\.progress) == [1])
            let third = try await bench.engine.requestPasses(order, actor: "test").passes
            #expect(third.map(\.state) == [.waiting])
        }
    }

    @Test("are never asked of all by leaving something out")
    func selectors() async throws {
        try await CareBench.with(stores: 1) { bench in
            let store = try CareBench.store(0)
            let zone = try MemberName(parsing: "zone-0")
            let cases: [(PassOrder, ErrorCode)] = [
                (PassOrder(kind: .verify), .usage),
                (PassOrder(kind: .verify, all: false), .usage),
                (PassOrder(kind: .verify, store: store, all: true), .usage),
                (PassOrder(kind: .verify, store: store, zone: zone), .usage),
                (PassOrder(kind: .verify, store: try CareBench.store(9)), .notFound),
                (PassOrder(kind: .verify, zone: try MemberName(parsing: "zone-9")), .notFound),
            ]
            for (order, code) in cases {
                let error = await #expect(throws: SFSError.self) {
                    try await bench.engine.requestPasses(order, actor: "test")
                }
                #expect(error?.code == code)
            }
            #expect(try await bench.engine.passes(kind: nil).passes.isEmpty)
        }
    }

    @Test("are paused, go on and are cancelled")
    func change() async throws {
        try await CareBench.with(stores: 1) { bench in
            let (engine, store) = (bench.engine, try CareBench.store(0))
            func change(_ change: TaskChange) async throws -> PassState {
                try await engine.changePass(.verify, of: store, change, actor: "test").state
            }
            let missing = await #expect(throws: SFSError.self) { try await change(.pause) }
            #expect(missing?.code == .notFound)
            _ = try await engine.requestPasses(
                PassOrder(kind: .verify, store: store), actor: "test")
            #expect(try await change(.pause) == .paused)
            #expect(try await change(.resume) == .waiting)
            #expect(try await change(.cancel) == .failed)
            let retry = await #expect(throws: SFSError.self) { try await change(.retry) }
            #expect(retry?.code == .usage)
        }
    }
}
