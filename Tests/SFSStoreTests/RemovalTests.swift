import ClusterFixture
import SFSCatalog
import SFSCore
import SFSStore
import SFSWire
import Testing

/// A store gives its replica up only with fresh proof of enough others (promises.md D6).
@Suite("Removing a replica")
struct RemovalTests {
    private static let bytes = TestBytes(size: 300_000)

    @Test("moves it into the trash once two others have verified theirs", arguments: Reach.allCases)
    func removes(reach: Reach) async throws {
        try await TestCluster.with(reach) { cluster in
            let content = try await cluster.put(Self.bytes, copies: 3)
            let victim = try cluster.store(content.map[0])
            try await victim.remove(content.hash, actor: "test")
            #expect(try cluster.holders(of: content.hash) == Set(content.map[1...]))
            #expect(try cluster.trashedFiles(of: victim.settings.name).count == 1)
            let record = try await cluster.catalog.content(content.hash)
            #expect(record?.stores.count == 2)
            // Once more changes nothing: there is nothing left to remove.
            try await victim.remove(content.hash, actor: "test")
            #expect(try cluster.holders(of: content.hash).count == 2)
        }
    }

    @Test("is refused while too few others would be left")
    func refusesTheLastTwo() async throws {
        try await TestCluster.with { cluster in
            let content = try await cluster.put(Self.bytes, copies: 2)
            try await expectRefusal(of: content, in: cluster)
        }
    }

    @Test(
        "is refused when another replica turns out to be bad, gone, or out of reach",
        arguments: ["bad", "gone", "out of reach", "a liar's"])
    func refusesWithoutProof(state: String) async throws {
        try await TestCluster.with { cluster in
            let content = try await cluster.put(Self.bytes, copies: 3)
            let other = content.map[1]
            switch state {
            case "bad": try cluster.flipByte(of: content.hash, on: other, at: 1000)
            case "gone": try cluster.removeReplica(of: content.hash, on: other)
            case "out of reach": try cluster.fault(of: other).set(.refuses)
            default: try cluster.fault(of: other).set(.failsVerifying)
            }
            try await expectRefusal(of: content, in: cluster)
        }
    }

    @Test("leaves two when all holders are told to at once")
    func race() async throws {
        try await TestCluster.with { cluster in
            let content = try await cluster.put(Self.bytes, copies: 4)
            #expect(content.map.count == 4)
            await withTaskGroup(of: Void.self) { group in
                for name in content.map {
                    group.addTask {
                        // Some are refused, which is the point.
                        try? await cluster.store(name).remove(content.hash, actor: "test")
                    }
                }
            }
            let left = try cluster.holders(of: content.hash)
            #expect(left.count >= 2)
            let record = try #require(try await cluster.catalog.content(content.hash))
            #expect(record.stores.count == left.count)
        }
    }

    @Test("of what nobody knows changes nothing")
    func unknown() async throws {
        try await TestCluster.with { cluster in
            try await cluster.stores[0].remove(try Self.bytes.hash(), actor: "test")
        }
    }

    private func expectRefusal(of content: ContentReply, in cluster: TestCluster) async throws {
        let victim = try cluster.store(content.map[0])
        let error = await #expect(throws: SFSError.self) {
            try await victim.remove(content.hash, actor: "test")
        }
        #expect(error?.code == .conflict)
        #expect(try cluster.holders(of: content.hash).contains(victim.settings.name))
        #expect(try cluster.trashedFiles(of: victim.settings.name).isEmpty)
    }
}
