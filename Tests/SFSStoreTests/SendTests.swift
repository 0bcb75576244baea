import ClusterFixture
import SFSCatalog
import SFSCore
import SFSStore
import SFSWire
import Testing

@Suite("Sending a replica to another store")
struct SendTests {
    private static let bytes = TestBytes(size: 1_500_000)

    @Test("makes one more copy, which counts", arguments: Reach.allCases)
    func sends(reach: Reach) async throws {
        try await TestCluster.with(reach) { cluster in
            let content = try await cluster.put(Self.bytes, copies: 2)
            let other = try cluster.otherStore(than: content.map)
            let source = try cluster.store(content.map[0])
            let sent = try await source.send(content.hash, to: other)
            #expect(sent.store == other && sent.size == 1_500_000 && !sent.wasThere)
            #expect(try cluster.isGood(content.hash, on: other))
            let record = try await cluster.catalog.content(content.hash)
            #expect(record?.stores.count == 3)
            let again = try await source.send(content.hash, to: other)
            #expect(again.wasThere)
            #expect(try cluster.spoolFiles().isEmpty)
        }
    }

    @Test("never sends a bad one")
    func bad() async throws {
        try await TestCluster.with { cluster in
            let content = try await cluster.put(Self.bytes, copies: 2)
            let other = try cluster.otherStore(than: content.map)
            try cluster.flipByte(of: content.hash, on: content.map[0], at: 9)
            let error = await #expect(throws: SFSError.self) {
                try await cluster.store(content.map[0]).send(content.hash, to: other)
            }
            #expect(error?.code == .corrupt)
            #expect(try cluster.holders(of: content.hash) == [content.map[1]])
        }
    }

    @Test("heals one that is bad at the other end")
    func heals() async throws {
        try await TestCluster.with { cluster in
            let content = try await cluster.put(Self.bytes, copies: 3)
            let other = content.map[1]
            try cluster.flipByte(of: content.hash, on: other, at: 9)
            let sent = try await cluster.store(content.map[0]).send(content.hash, to: other)
            #expect(!sent.wasThere)
            #expect(try cluster.isGood(content.hash, on: other))
            let record = try await cluster.catalog.content(content.hash)
            #expect(record?.stores.count == 3)
        }
    }

    @Test("fails when nobody has the name, or the store has nothing to send")
    func unknown() async throws {
        try await TestCluster.with { cluster in
            let content = try await cluster.put(Self.bytes, copies: 2)
            let other = try cluster.otherStore(than: content.map)
            let nobody = try MemberName(parsing: "nobody")
            for (source, target) in [(content.map[0], nobody), (other, content.map[0])] {
                let error = await #expect(throws: SFSError.self) {
                    try await cluster.store(source).send(content.hash, to: target)
                }
                #expect(error?.code == .notFound)
            }
        }
    }

    @Test("leaves nothing behind and counts nothing when the other store fails")
    func failure() async throws {
        try await TestCluster.with { cluster in
            let content = try await cluster.put(Self.bytes, copies: 2)
            let other = try cluster.otherStore(than: content.map)
            for fault in [FaultyStore.Fault.failsReceiving(after: 1000), .failsCommitting] {
                try cluster.fault(of: other).set(fault)
                await #expect(throws: SFSError.self) {
                    try await cluster.store(content.map[0]).send(content.hash, to: other)
                }
            }
            let record = try await cluster.catalog.content(content.hash)
            #expect(record?.stores.count == 2)
            #expect(try cluster.spoolFiles().isEmpty)
        }
    }
}
