import ClusterFixture
import SFSCatalog
import SFSCore
import SFSPrism
import SFSWire
import Testing

@Suite("Taking a content in")
struct IngestTests {
    @Test(
        "writes two copies in two zones and gives the same bytes back", arguments: Reach.allCases,
        [0, 1, 300_000, 5 << 20])
    func twoCopies(reach: Reach, size: Int) async throws {
        try await TestCluster.with(reach) { cluster in
            let bytes = TestBytes(size: size)
            let reply = try await cluster.put(bytes, length: Int64(size))
            #expect(reply.hash == (try bytes.hash()))
            #expect(reply.size == Int64(size))
            #expect(reply.copies == 2)
            #expect(reply.isNew == true)
            #expect(try cluster.zones(of: reply.map).count == 2)
            #expect(try cluster.holders(of: reply.hash) == Set(reply.map))
            #expect(try cluster.spoolFiles().isEmpty)
            #expect(try await cluster.get(reply.hash) == bytes.buffer)
        }
    }

    @Test("finds equal bytes again and keeps nothing twice")
    func again() async throws {
        try await TestCluster.with { cluster in
            let bytes = TestBytes(size: 300_000)
            let first = try await cluster.put(bytes)
            let second = try await cluster.put(bytes)
            #expect(second.isNew == false)
            #expect(second.map == first.map)
            let declared = try await cluster.put(bytes, declared: first.hash)
            #expect(declared.map == first.map)
            #expect(try cluster.spoolFiles().isEmpty)
            #expect(try await cluster.catalog.totals().contents == 1)
        }
    }

    @Test("finds small equal bytes again, declared or not")
    func smallAgain() async throws {
        try await TestCluster.with { cluster in
            let bytes = TestBytes(size: 3000)
            let first = try await cluster.put(bytes, length: 3000)
            #expect(first.isNew == true)
            for declared in [nil, first.hash] {
                let again = try await cluster.put(bytes, declared: declared, length: 3000)
                #expect(again.isNew == false)
                #expect(again.map == first.map)
            }
            let error = await #expect(throws: SFSError.self) {
                try await cluster.put(TestBytes(size: 3001), declared: first.hash, length: 3001)
            }
            #expect(error?.code == .hashMismatch)
            #expect(try cluster.contentFiles().count == 2)
            #expect(try cluster.spoolFiles().isEmpty)
        }
    }

    @Test("keeps hundreds of small contents that come at once, each of them twice")
    func crowd() async throws {
        try await TestCluster.with { cluster in
            let replies = try await withThrowingTaskGroup(of: ContentReply.self) { group in
                for size in 1...300 {
                    group.addTask {
                        try await cluster.put(
                            TestBytes(size: size), at: size % 2, length: Int64(size))
                    }
                }
                return try await group.reduce(into: []) { $0.append($1) }
            }
            #expect(replies.allSatisfy { $0.copies == 2 && $0.isNew == true })
            #expect(try await cluster.catalog.totals().contents == 300)
            #expect(try cluster.contentFiles().count == 600)
            #expect(try cluster.spoolFiles().isEmpty)
        }
    }

    @Test(
        "makes one content of the same small bytes put 64 times at once", arguments: Reach.allCases)
    func smallAtOnce(reach: Reach) async throws {
        try await TestCluster.with(reach) { cluster in
            let bytes = TestBytes(size: 2000)
            let replies = try await withThrowingTaskGroup(of: ContentReply.self) { group in
                for number in 0..<64 {
                    group.addTask { try await cluster.put(bytes, at: number % 2, length: 2000) }
                }
                return try await group.reduce(into: []) { $0.append($1) }
            }
            #expect(replies.allSatisfy { $0.copies == 2 })
            #expect(replies.count { $0.isNew == true } == 1)
            #expect(try cluster.holders(of: try bytes.hash()).count == 2)
            #expect(try cluster.spoolFiles().isEmpty)
        }
    }

    @Test(
        "gives a small content to others when a store fails",
        arguments: [.refuses, .failsReceiving(after: 0), .failsCommitting] as [FaultyStore.Fault])
    func smallReplacement(fault: FaultyStore.Fault) async throws {
        try await TestCluster.with(storeTimeout: .seconds(10)) { cluster in
            cluster.faults[0].set(fault)
            cluster.faults[1].set(fault)
            let bytes = TestBytes(size: 4096)
            let reply = try await cluster.put(bytes, length: 4096)
            #expect(reply.copies == 2)
            #expect(try cluster.zones(of: reply.map).count == 1)
            #expect(try cluster.spoolFiles().isEmpty)
            #expect(try await cluster.get(reply.hash) == bytes.buffer)
        }
    }

    @Test("makes one content of the same bytes put 64 times at once", arguments: Reach.allCases)
    func atOnce(reach: Reach) async throws {
        try await TestCluster.with(reach) { cluster in
            let bytes = TestBytes(size: 200_000)
            let replies = try await withThrowingTaskGroup(of: ContentReply.self) { group in
                for number in 0..<64 {
                    group.addTask { try await cluster.put(bytes, at: number % 2) }
                }
                return try await group.reduce(into: []) { $0.append($1) }
            }
            #expect(replies.allSatisfy { $0.copies == 2 })
            #expect(replies.count { $0.isNew == true } == 1)
            #expect(try cluster.holders(of: try bytes.hash()).count == 2)
            #expect(try cluster.spoolFiles().isEmpty)
        }
    }

    @Test("refuses bytes that are not what was declared, and leaves what was there alone")
    func mismatch() async throws {
        try await TestCluster.with { cluster in
            let known = try await cluster.put(TestBytes(size: 1000))
            for declared in [known.hash, try TestBytes(size: 1).hash()] {
                let error = await #expect(throws: SFSError.self) {
                    try await cluster.put(TestBytes(size: 2000), declared: declared)
                }
                #expect(error?.code == .hashMismatch)
            }
            #expect(try cluster.spoolFiles().isEmpty)
            #expect(try await cluster.catalog.totals().contents == 1)
            #expect(try cluster.contentFiles().count == 2)
        }
    }

    @Test(
        "goes on when a store fails on the way, and fills the gap before it answers",
        arguments: [
            .refuses, .failsReceiving(after: 0), .failsReceiving(after: 1_000_000),
            .hangsReceiving(after: 500_000), .failsCommitting,
        ] as [FaultyStore.Fault])
    func replacement(fault: FaultyStore.Fault) async throws {
        try await TestCluster.with(storeTimeout: .seconds(10)) { cluster in
            // The roomiest stores are asked first; which they are does not matter here, so one
            // zone's stores fail and the other's must take both copies.
            cluster.faults[0].set(fault)
            cluster.faults[1].set(fault)
            let bytes = TestBytes(size: 3 << 20)
            let reply = try await cluster.put(bytes)
            #expect(reply.copies == 2)
            #expect(try cluster.zones(of: reply.map).count == 1)
            #expect(try cluster.spoolFiles().isEmpty)
            #expect(try await cluster.get(reply.hash) == bytes.buffer)
        }
    }

    @Test("refuses when too few stores are left, and says nothing is there")
    func tooFew() async throws {
        try await TestCluster.with(suspicion: .milliseconds(200)) { cluster in
            for number in 0..<3 { cluster.faults[number].set(.failsReceiving(after: 1000)) }
            let bytes = TestBytes(size: 1 << 20)
            let error = await #expect(throws: SFSError.self) { try await cluster.put(bytes) }
            #expect(error?.code == .unavailable)
            #expect(try await cluster.catalog.content(try bytes.hash()) == nil)
            #expect(try cluster.spoolFiles().isEmpty)
            for fault in cluster.faults { fault.set(nil) }
            try await cluster.endOfSuspicions()
            #expect(try await cluster.put(bytes).copies == 2)
        }
    }

    @Test("leaves nothing of a body that breaks off", arguments: Reach.allCases)
    func brokenBody(reach: Reach) async throws {
        try await TestCluster.with(reach) { cluster in
            let body = TestBytes(size: 3 << 20).stream().broken(after: 2 << 20, .fail)
            await #expect(throws: SFSError.self) { try await cluster.put(body: body, length: nil) }
            try await cluster.expectNoBytes()
        }
    }

    @Test("leaves nothing of a body that is shorter or longer than announced")
    func wrongLength() async throws {
        try await TestCluster.with { cluster in
            for (size, length) in [(2_000_000, -1), (2_000_000, 1), (1000, -1), (1000, 1)] {
                let error = await #expect(throws: SFSError.self) {
                    try await cluster.put(TestBytes(size: size), length: Int64(size + length))
                }
                #expect(error?.code == .protocol)
                try await cluster.expectNoBytes()
            }
        }
    }

    @Test("does not begin where no store has room")
    func full() async throws {
        try await TestCluster.with(minFree: ByteCount(1 << 60)) { cluster in
            let error = await #expect(throws: SFSError.self) {
                try await cluster.put(TestBytes(size: 1))
            }
            #expect(error?.code == .noSpace)
        }
    }

    @Test("keeps as many copies as were asked for", arguments: [2, 3, 4])
    func copies(count: Int) async throws {
        try await TestCluster.with { cluster in
            let reply = try await cluster.put(TestBytes(size: 1000), copies: count)
            #expect(reply.copies == count)
            #expect(try cluster.holders(of: reply.hash).count == count)
        }
    }

    @Test(
        "refuses fewer copies than the cluster keeps, or absurdly many", arguments: [-1, 0, 1, 17])
    func badCopies(count: Int) async throws {
        try await TestCluster.with { cluster in
            let error = await #expect(throws: SFSError.self) {
                try await cluster.put(TestBytes(size: 1), copies: count)
            }
            #expect(error?.code == .usage)
        }
    }

    @Test("adds the copies that are missing when known bytes are put again")
    func moreCopies() async throws {
        try await TestCluster.with { cluster in
            let bytes = TestBytes(size: 400_000)
            let first = try await cluster.put(bytes)
            let more = try await cluster.put(bytes, declared: first.hash, copies: 3)
            #expect(more.copies == 3)
            #expect(more.isNew == false)
            let lost = try #require(more.map.first)
            try cluster.removeReplica(of: first.hash, on: lost)
            let healed = try await cluster.put(bytes, copies: 3)
            #expect(try cluster.holders(of: healed.hash).count >= 3)
        }
    }
}
