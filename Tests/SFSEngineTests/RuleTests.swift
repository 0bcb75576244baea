import SFSCatalog
import SFSCore
import SFSEngine
import SFSWire
import Testing

@Suite("Rules of contents, for operators")
struct RuleTests {
    @Test("are set with names, read back, listed, and taken away")
    func life() async throws {
        try await CareBench.with(stores: 3) { bench in
            let engine = bench.engine
            let hash = try await bench.record(1, on: [0, 1])
            let other = try await bench.record(2, on: [0, 1])
            #expect(try await engine.rules(of: hash) == RulesMessage())
            let rules = RulesMessage(
                copyMinimum: 2, copyMaximum: 4, protectedAll: true,
                forcedStore: [try CareBench.store(0), try CareBench.store(1)],
                bannedStore: [try CareBench.store(2)])
            #expect(try await engine.setRules(rules, of: hash, actor: "test") == rules)
            #expect(try await engine.rules(of: hash) == rules)
            _ = try await engine.setRules(RulesMessage(copyMinimum: 3), of: other, actor: "test")
            let all = try await engine.rules(after: nil, limit: 10).contents
            #expect(all.map(\.hash) == [hash, other].sorted())
            let page = try await engine.rules(after: all.first?.hash, limit: 10).contents
            #expect(page == Array(all.dropFirst()))
            try await engine.clearRules(of: hash, actor: "test")
            #expect(try await engine.rules(of: hash) == RulesMessage())
            let error = await #expect(throws: SFSError.self) {
                try await engine.clearRules(of: hash, actor: "test")
            }
            #expect(error?.code == .notFound)
        }
    }

    @Test(
        "are refused when they contradict themselves or the cluster's minimum",
        arguments: [
            RulesMessage(copyMinimum: 0), RulesMessage(copyMaximum: 1),
            RulesMessage(copyMinimum: 4, copyMaximum: 3), RulesMessage(copyMinimum: 65),
        ])
    func contradictions(rules: RulesMessage) async throws {
        try await CareBench.with(stores: 2) { bench in
            let hash = try await bench.record(1, on: [0, 1])
            let error = await #expect(throws: SFSError.self) {
                try await bench.engine.setRules(rules, of: hash, actor: "test")
            }
            #expect(error?.code == .usage)
            #expect(try await bench.engine.rules(of: hash) == RulesMessage())
        }
    }

    @Test("name contents and stores that there are, and ban no store that must hold")
    func names() async throws {
        try await CareBench.with(stores: 2) { bench in
            let hash = try await bench.record(1, on: [0, 1])
            let store = try CareBench.store(0)
            let cases: [(RulesMessage, ContentHash, ErrorCode)] = [
                (RulesMessage(copyMinimum: 2), try CareBench.hash(9), .notFound),
                (RulesMessage(forcedStore: [try CareBench.store(9)]), hash, .notFound),
                (RulesMessage(forcedStore: [store], bannedStore: [store]), hash, .usage),
                (RulesMessage(protectedStore: [store], bannedStore: [store]), hash, .usage),
            ]
            for (rules, hash, code) in cases {
                let error = await #expect(throws: SFSError.self) {
                    try await bench.engine.setRules(rules, of: hash, actor: "test")
                }
                #expect(error?.code == code)
            }
        }
    }
}
