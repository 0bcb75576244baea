import ClusterFixture
import NIOCore
import SFSCore
import SFSPrism
import SFSWire
import Testing

@Suite("Giving a content out")
struct DeliveryTests {
    @Test(
        "goes on with the next replica when one fails before or during the body",
        arguments: [
            .refuses, .failsReading(after: 0), .failsReading(after: 700_000),
            .cutsReading(after: 700_000),
        ] as [FaultyStore.Fault])
    func failover(fault: FaultyStore.Fault) async throws {
        try await TestCluster.with(suspicion: .milliseconds(200)) { cluster in
            let bytes = TestBytes(size: 3 << 20)
            let reply = try await cluster.put(bytes)
            for holder in reply.map {
                try cluster.fault(of: holder).set(fault)
                #expect(try await cluster.get(reply.hash) == bytes.buffer)
                try cluster.fault(of: holder).set(nil)
                try await cluster.endOfSuspicions()
            }
        }
    }

    @Test("never gives a rotten byte out while another replica is good", arguments: Reach.allCases)
    func rot(reach: Reach) async throws {
        try await TestCluster.with(reach) { cluster in
            let bytes = TestBytes(size: 3 << 20)
            let reply = try await cluster.put(bytes)
            try cluster.flipByte(of: reply.hash, on: try #require(reply.map.first), at: 2_000_000)
            for prism in 0..<2 {
                #expect(try await cluster.get(reply.hash, at: prism) == bytes.buffer)
            }
        }
    }

    @Test("ends short when no replica can give the rest")
    func nothingLeft() async throws {
        try await TestCluster.with { cluster in
            let bytes = TestBytes(size: 3 << 20)
            let reply = try await cluster.put(bytes)
            for holder in reply.map {
                try cluster.fault(of: holder).set(.failsReading(after: 700_000))
            }
            var received = ByteBuffer()
            let delivery = try await cluster.prisms[0].deliver(reply.hash)
            await #expect(throws: SFSError.self) {
                for try await chunk in try await delivery.bytes(0..<reply.size) {
                    received.writeImmutableBuffer(chunk)
                }
            }
            #expect(received.readableBytes == 1_400_000)
            #expect(bytes.buffer.getSlice(at: 0, length: 1_400_000) == received)
        }
    }

    @Test("finds a replica that the catalog does not know to be gone")
    func missingFile() async throws {
        try await TestCluster.with { cluster in
            let bytes = TestBytes(size: 100_000)
            let reply = try await cluster.put(bytes)
            try cluster.removeReplica(of: reply.hash, on: try #require(reply.map.first))
            for prism in 0..<2 {
                #expect(try await cluster.get(reply.hash, at: prism) == bytes.buffer)
            }
        }
    }

    @Test("says what it does not know, and what it cannot reach")
    func unknown() async throws {
        try await TestCluster.with { cluster in
            let unknown = await #expect(throws: SFSError.self) {
                try await cluster.get(try TestBytes(size: 1).hash())
            }
            #expect(unknown?.code == .notFound)
            let reply = try await cluster.put(TestBytes(size: 10))
            for fault in cluster.faults { fault.set(.refuses) }
            let unreachable = await #expect(throws: SFSError.self) {
                try await cluster.get(reply.hash)
            }
            #expect(unreachable?.code == .unavailable)
        }
    }

    @Test("finds the copies that were acknowledged just now, not those that were known before")
    func knownBefore() async throws {
        try await TestCluster.with { cluster in
            let bytes = TestBytes(size: 100_000)
            let reply = try await cluster.put(bytes)
            #expect(try await cluster.get(reply.hash) == bytes.buffer)
            for holder in reply.map { try cluster.fault(of: holder).set(.refuses) }
            _ = try await cluster.put(bytes, declared: reply.hash)
            #expect(try await cluster.get(reply.hash) == bytes.buffer)
        }
    }

    @Test("is possible again as soon as a damaged content was put, or topped up, again")
    func damaged() async throws {
        try await TestCluster.with { cluster in
            let bytes = TestBytes(size: 100_000)
            let hash = try await cluster.put(bytes).hash
            let mends: [@Sendable () async throws -> Void] = [
                { _ = try await cluster.put(bytes) },
                { _ = try await cluster.prisms[0].topUp(hash, copies: nil) },
                // As another process does it, of whose puts nobody is told.
                { try await cluster.execute("UPDATE content SET state = 1") },
            ]
            for mend in mends {
                try await cluster.execute("UPDATE content SET state = 2")
                try await cluster.expectDamaged(hash)
                try await mend()
                for prism in 0..<2 {
                    #expect(try await cluster.get(hash, at: prism) == bytes.buffer)
                }
            }
        }
    }

    @Test("goes on while the catalog is down")
    func catalogDown() async throws {
        try await TestCluster.with { cluster in
            let bytes = TestBytes(size: 100_000)
            let reply = try await cluster.put(bytes)
            try await cluster.stopCatalog()
            #expect(try await cluster.get(reply.hash) == bytes.buffer)
            let error = await #expect(throws: SFSError.self) {
                try await cluster.put(TestBytes(size: 5))
            }
            #expect(error?.code == .unavailable)
        }
    }
}

extension TestCluster {
    /// Waits until a prism says that `hash` is damaged, which it may take a second to hear of.
    fileprivate func expectDamaged(_ hash: ContentHash) async throws {
        let deadline = ContinuousClock.now + .seconds(10)
        while ContinuousClock.now < deadline {
            do {
                _ = try await prisms[0].deliver(hash)
            } catch let error as SFSError where error.code == .corrupt {
                return
            }
            try await Task.sleep(for: .milliseconds(20))
        }
        throw SFSError(.timeout, "'\(hash)' is not known to be damaged")
    }
}
