import ClusterFixture
import SFSCatalog
import SFSCore
import SFSStore
import SFSWire
import Testing

/// What a verify does to the record of a content (promises.md "Verify").
@Suite("Verifying a replica")
struct VerifyTests {
    private static let bytes = TestBytes(size: 300_000)

    @Test("takes a bad one off the record and into quarantine")
    func bad() async throws {
        try await TestCluster.with { cluster in
            let content = try await cluster.put(Self.bytes, copies: 2)
            let name = content.map[0]
            try cluster.flipByte(of: content.hash, on: name, at: 77)
            await expectDamage(content.hash, on: name, in: cluster)
            #expect(try cluster.quarantinedFiles(of: name).count == 1)
            #expect(try cluster.holders(of: content.hash) == [content.map[1]])
            let record = try await cluster.catalog.content(content.hash)
            #expect(record?.stores.count == 1)
        }
    }

    @Test("finds a file that was cut short, too")
    func short() async throws {
        try await TestCluster.with { cluster in
            let content = try await cluster.put(Self.bytes, copies: 2)
            try cluster.cut(content.hash, on: content.map[0], to: 1000)
            await expectDamage(content.hash, on: content.map[0], in: cluster)
            #expect(try cluster.quarantinedFiles(of: content.map[0]).count == 1)
        }
    }

    @Test("keeps the last one and its row, however bad it is")
    func last() async throws {
        try await TestCluster.with { cluster in
            let content = try await cluster.put(Self.bytes, copies: 2)
            let name = content.map[1]
            for store in content.map { try cluster.flipByte(of: content.hash, on: store, at: 77) }
            await expectDamage(content.hash, on: content.map[0], in: cluster)
            for _ in 0..<2 { await expectDamage(content.hash, on: name, in: cluster) }
            #expect(try cluster.quarantinedFiles(of: name).isEmpty)
            #expect(try cluster.holders(of: content.hash) == [name])
            let record = try await cluster.catalog.content(content.hash)
            #expect(record?.stores.count == 1)
            // The same bytes put again heal it.
            let again = try await cluster.put(Self.bytes, copies: 2)
            #expect(again.copies == 2)
            for store in again.map { #expect(try cluster.isGood(content.hash, on: store)) }
        }
    }

    @Test("leaves one of two bad ones when both are found at once")
    func both() async throws {
        try await TestCluster.with { cluster in
            let content = try await cluster.put(Self.bytes, copies: 2)
            for name in content.map { try cluster.flipByte(of: content.hash, on: name, at: 5) }
            await withTaskGroup(of: Void.self) { group in
                for name in content.map {
                    group.addTask { await expectDamage(content.hash, on: name, in: cluster) }
                }
            }
            #expect(try cluster.holders(of: content.hash).count == 1)
            let record = try await cluster.catalog.content(content.hash)
            #expect(record?.stores.count == 1)
        }
    }

    @Test("goes on counting one that is healed at the same moment")
    func healed() async throws {
        try await TestCluster.with { cluster in
            for round in 0..<8 {
                let bytes = TestBytes(size: 20_000, seed: UInt64(round + 1))
                let content = try await cluster.put(bytes, copies: 2)
                let store = try cluster.store(content.map[0])
                try cluster.flipByte(of: content.hash, on: content.map[0], at: 77)
                async let put: Void = store.put(
                    content.hash, fileExtension: "mp4", length: nil, body: bytes.stream())
                // It finds the bad one, or the good one, or neither.
                _ = try? await store.verify(content.hash)
                try await put
                #expect(try cluster.isGood(content.hash, on: content.map[0]))
                let record = try await cluster.catalog.content(content.hash)
                #expect(record?.stores.count == 2)
            }
        }
    }

    private func expectDamage(
        _ hash: ContentHash, on name: MemberName, in cluster: TestCluster
    ) async {
        let error = await #expect(throws: SFSError.self) {
            _ = try await cluster.store(name).verify(hash)
        }
        #expect(error?.code == .corrupt)
    }
}
