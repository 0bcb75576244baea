import ClusterFixture
import SFSCore
import SFSPrism
import SFSWire
import Testing

@Suite("Topping a content up")
struct TopUpTests {
    @Test("makes the missing copies from those that are there", arguments: Reach.allCases)
    func missing(reach: Reach) async throws {
        try await TestCluster.with(reach) { cluster in
            let bytes = TestBytes(size: 400_000)
            let reply = try await cluster.put(bytes)
            try cluster.removeReplica(of: reply.hash, on: try #require(reply.map.first))
            let healed = try await cluster.prisms[0].topUp(reply.hash, copies: nil)
            #expect(healed.copies == 2)
            #expect(try cluster.holders(of: reply.hash).count == 2)
            #expect(try await cluster.get(reply.hash) == bytes.buffer)
        }
    }

    @Test("never copies from a rotten replica")
    func rottenSource() async throws {
        try await TestCluster.with { cluster in
            let bytes = TestBytes(size: 400_000)
            let reply = try await cluster.put(bytes)
            try cluster.flipByte(of: reply.hash, on: try #require(reply.map.first), at: 1)
            let more = try await cluster.prisms[0].topUp(reply.hash, copies: 4)
            for store in more.map where store != reply.map.first {
                #expect(try cluster.isGood(reply.hash, on: store))
            }
        }
    }

    @Test("refuses what it does not know")
    func unknown() async throws {
        try await TestCluster.with { cluster in
            let error = await #expect(throws: SFSError.self) {
                try await cluster.prisms[0].topUp(try TestBytes(size: 1).hash(), copies: nil)
            }
            #expect(error?.code == .notFound)
        }
    }
}

@Suite("The status of a cluster")
struct StatusTests {
    @Test("is without problems when all is well")
    func healthy() async throws {
        try await TestCluster.with { cluster in
            _ = try await cluster.put(TestBytes(size: 1000))
            let status = try await cluster.prisms[0].status()
            #expect(status.problems == [])
            #expect(status.contents == 1)
            #expect(status.bytes == 1000)
            #expect(status.stores.count == 4)
            #expect(status.prisms.count == 2)
        }
    }

    @Test("names the store whose volume is gone, and counts what is at risk")
    func volumeGone() async throws {
        try await TestCluster.with { cluster in
            let bytes = TestBytes(size: 1000)
            let reply = try await cluster.put(bytes)
            let gone = try #require(reply.map.first)
            try cluster.moveVolumeAway(of: gone)
            let status = try await cluster.prisms[0].status()
            #expect(status.problems.contains { $0.contains("'\(gone)'") })
            #expect(status.stores.first { $0.name == gone }?.online == false)
            #expect(status.contentsAtRisk == 1)
            #expect(status.contentsOutOfReach == 0)
            #expect(try await cluster.get(reply.hash) == bytes.buffer)
        }
    }
}

@Suite("Looking contents up")
struct LookupTests {
    @Test("answers many questions in their order")
    func exists() async throws {
        try await TestCluster.with { cluster in
            let reply = try await cluster.put(TestBytes(size: 1000))
            let unknown = try TestBytes(size: 1).hash()
            let answer = try await cluster.prisms[0].exists([unknown, reply.hash, unknown])
            #expect(answer.contents.map(\.exists) == [false, true, false])
            #expect(answer.contents.map(\.copies) == [0, 2, 0])
            let detail = try await cluster.prisms[1].detail(reply.hash)
            #expect(detail.replicas.map(\.store).sorted() == reply.map.sorted())
        }
    }

    @Test("refuses more questions than one request may carry")
    func tooMany() async throws {
        try await TestCluster.with { cluster in
            let hash = try TestBytes(size: 1).hash()
            let error = await #expect(throws: SFSError.self) {
                try await cluster.prisms[0].exists(Array(repeating: hash, count: 10_001))
            }
            #expect(error?.code == .tooLarge)
        }
    }
}
