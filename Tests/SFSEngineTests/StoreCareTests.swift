import ClusterFixture
import PostgresFixture
import SFSCatalog
import SFSCore
import SFSEngine
import SFSPrism
import SFSWire
import Testing

@Suite("Verifying and pruning on real stores")
struct StoreCareTests {
    /// An engine for the cluster of a test.
    private static func engine(_ cluster: TestCluster) async throws -> Engine {
        Engine(
            catalog: cluster.catalog,
            cluster: try await cluster.catalog.open(cluster: try MemberName(parsing: "test")),
            settings: EngineSettings(), reach: EngineReach(peers: { try cluster.fault(of: $0) }),
            logger: PostgresFixture.logger)
    }

    @Test("a content is verified on every store that holds it, and a bad replica is found")
    func verify() async throws {
        try await TestCluster.with { cluster in
            let engine = try await Self.engine(cluster)
            let good = try await cluster.put(TestBytes(size: 100_000))
            let bad = try await cluster.put(TestBytes(size: 200_000))
            let rotten = try #require(bad.map.first)
            try cluster.flipByte(of: bad.hash, on: rotten, at: 7)
            let unknown = try TestBytes(size: 3).hash()
            let order = VerifyOrder(hashes: [good.hash, bad.hash, unknown], force: true)
            let replicas = try await engine.verify(order).replicas
            #expect(replicas.count == 5)
            #expect(
                Set(replicas.filter { $0.hash == good.hash }.map(\.result)) == [.good])
            let ofBad = replicas.filter { $0.hash == bad.hash }
            #expect(ofBad.filter { $0.result == .bad }.map(\.store) == [rotten])
            #expect(ofBad.count(where: { $0.result == .good }) == 1)
            #expect(replicas.filter { $0.hash == unknown }.map(\.result) == [.unknown])
            #expect(try cluster.quarantinedFiles(of: rotten).count == 1)
            let left = try #require(try await cluster.catalog.content(bad.hash)).stores
            #expect(left.count == 1)
        }
    }

    @Test("a replica that is not there is missing, and its store is to take stock")
    func missing() async throws {
        try await TestCluster.with { cluster in
            let engine = try await Self.engine(cluster)
            let reply = try await cluster.put(TestBytes(size: 1000))
            let store = try #require(reply.map.first)
            try cluster.removeReplica(of: reply.hash, on: store)
            let replicas = try await engine.verify(VerifyOrder(hashes: [reply.hash])).replicas
            #expect(replicas.first { $0.store == store }?.result == .missing)
            #expect(try await engine.passes(kind: .inventory).passes.map(\.store) == [store])
            // The store has looked whether its volume is in its place.
            #expect(try await cluster.catalog.content(reply.hash)?.stores.count == 1)
        }
    }

    @Test("a store that cannot be asked leaves its replica unknown, and others are asked")
    func unreachable() async throws {
        try await TestCluster.with { cluster in
            let engine = try await Self.engine(cluster)
            let reply = try await cluster.put(TestBytes(size: 1000))
            try cluster.fault(of: try #require(reply.map.first)).set(.refuses)
            let replicas = try await engine.verify(VerifyOrder(hashes: [reply.hash])).replicas
            #expect(Set(replicas.map(\.result)) == [.good, .unknown])
        }
    }

    @Test("too many hashes in one order are refused")
    func tooMany() async throws {
        try await CareBench.with { bench in
            let hashes = try (0..<101).map { try CareBench.hash($0) }
            let error = await #expect(throws: SFSError.self) {
                try await bench.engine.verify(VerifyOrder(hashes: hashes))
            }
            #expect(error?.code == .tooLarge)
        }
    }

    @Test("pruning goes through the catalog and every store, and one that fails stops no other")
    func prune() async throws {
        try await TestCluster.with { cluster in
            let engine = try await Self.engine(cluster)
            cluster.faults[1].set(.refuses)
            let target = try MemberName(parsing: "store-0-0")
            try await cluster.catalog.castVote(
                target: target, voter: target, reason: "", life: .milliseconds(1))
            try await Task.sleep(for: .milliseconds(20))
            var votes: [Int64?] = []
            var kinds: Set<PruneKind> = []
            for dryRun in [true, false, false] {
                let entries = try await engine.prune(PruneOrder(dryRun: dryRun)).entries
                votes.append(entries.first { $0.kind == .votes }?.count)
                kinds = Set(entries.filter { $0.store == nil }.map(\.kind))
            }
            #expect(votes == [1, 1, 0])
            #expect(kinds == Set(PruneKind.allCases).subtracting([.spool, .trash]))
            let done = try await engine.prune(PruneOrder()).entries
            let ofCatalog = done.filter { $0.store == nil }
            #expect(ofCatalog.allSatisfy { $0.problem == nil })
            let failed = done.filter { $0.problem != nil }
            #expect(Set(failed.map(\.store)) == [try MemberName(parsing: "store-0-1")])
            #expect(Set(failed.map(\.kind)) == [.spool, .trash])
        }
    }

    @Test("pruning of some kinds leaves the others alone")
    func only() async throws {
        try await TestCluster.with { cluster in
            let engine = try await Self.engine(cluster)
            let entries = try await engine.prune(
                PruneOrder(only: [.votes, .sessions, .plans], dryRun: false)
            ).entries
            #expect(Set(entries.map(\.kind)) == [.votes, .sessions, .plans])
        }
    }
}
