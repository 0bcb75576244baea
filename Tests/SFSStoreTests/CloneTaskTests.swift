import ClusterFixture
import SFSCatalog
import SFSCore
import SFSStore
import SFSWire
import Testing

/// The destination pulls, proves, and is counted (promises.md "Clone").
@Suite("A clone")
struct CloneTaskTests {
    private static let bytes = TestBytes(size: 1_500_000)

    @Test("makes one more replica, which counts", arguments: Reach.allCases)
    func clones(reach: Reach) async throws {
        try await TestCluster.with(reach, settings: TestCluster.hurries) { cluster in
            let content = try await cluster.put(Self.bytes, copies: 2)
            let other = try cluster.otherStore(than: content.map)
            try await cluster.order(.clone, content.hash, on: other, from: content.map[0])
            try await cluster.working { try await cluster.untilTasksAreDone() }
            #expect(try await cluster.counted(content.hash) == Set(content.map + [other]))
            try await cluster.expectTruth(of: content.hash)
            let found = try await cluster.store(other).find(content.hash)
            let record = try await cluster.catalog.content(content.hash)
            #expect(found?.attributes == record?.attributes)
        }
    }

    @Test("that moves has the source give its own up afterwards, never below two")
    func moves() async throws {
        try await TestCluster.with(settings: TestCluster.hurries) { cluster in
            let content = try await cluster.put(Self.bytes, copies: 2)
            let other = try cluster.otherStore(than: content.map)
            try await cluster.order(.move, content.hash, on: other, from: content.map[0])
            try await cluster.working {
                try await cluster.eventually("tasks are left") {
                    #expect(try await cluster.counted(content.hash).count >= 2)
                    return try await cluster.tasks().isEmpty
                }
            }
            #expect(try await cluster.counted(content.hash) == [content.map[1], other])
            try await cluster.expectTruth(of: content.hash)
            #expect(try cluster.trashedFiles(of: content.map[0]).count == 1)
        }
    }

    @Test("takes another source when the first is bad, which goes to quarantine")
    func badSource() async throws {
        try await TestCluster.with(settings: TestCluster.hurries) { cluster in
            let content = try await cluster.put(Self.bytes, copies: 2)
            let other = try cluster.otherStore(than: content.map)
            try cluster.flipByte(of: content.hash, on: content.map[0], at: 700_000)
            try await cluster.order(.clone, content.hash, on: other, from: content.map[0])
            try await cluster.working { try await cluster.untilTasksAreDone() }
            #expect(try await cluster.counted(content.hash) == [content.map[1], other])
            #expect(try cluster.quarantinedFiles(of: content.map[0]).count == 1)
            try await cluster.expectTruth(of: content.hash)
        }
    }

    @Test(
        "takes another source when the first fails in any way",
        arguments: [
            FaultyStore.Fault.refuses, .failsReading(after: 1000), .cutsReading(after: 1000),
            .failsVerifying, .lies, .hangs,
        ])
    func faultySource(fault: FaultyStore.Fault) async throws {
        try await TestCluster.with(settings: TestCluster.hurries) { cluster in
            let content = try await cluster.put(Self.bytes, copies: 2)
            let other = try cluster.otherStore(than: content.map)
            try cluster.fault(of: content.map[0]).set(fault)
            try await cluster.order(.clone, content.hash, on: other, from: content.map[0])
            try await cluster.working { try await cluster.untilTasksAreDone() }
            // The task did not fail, and nobody was blamed who did no wrong.
            #expect(try await cluster.tasks().isEmpty)
            #expect(try await cluster.counted(content.hash) == Set(content.map + [other]))
            try await cluster.expectTruth(of: content.hash)
        }
    }

    @Test("is set aside when there is no good source, and takes nothing")
    func noSource() async throws {
        try await TestCluster.with(
            settings: { settings in
                TestCluster.hurries(&settings)
                settings.taskAttempts = 2
            },
            { cluster in
                let content = try await cluster.put(Self.bytes, copies: 2)
                let other = try cluster.otherStore(than: content.map)
                for name in content.map { try cluster.flipByte(of: content.hash, on: name, at: 5) }
                try await cluster.order(.clone, content.hash, on: other)
                try await cluster.working { try await cluster.untilTasksAreDone() }
                let task = try #require(try await cluster.tasks().first)
                #expect(task.state == .failed && task.attempts == 2 && task.problem != nil)
                // The last one stays, however bad it is.
                #expect(try await cluster.counted(content.hash).count == 1)
                #expect(try !cluster.holders(of: content.hash).contains(other))
                #expect(try cluster.spoolFiles().isEmpty)
            })
    }

    @Test("waits for sources that are away without a failure of its own")
    func away() async throws {
        try await TestCluster.with(settings: TestCluster.hurries) { cluster in
            let content = try await cluster.put(Self.bytes, copies: 2)
            let other = try cluster.otherStore(than: content.map)
            for name in content.map { try cluster.fault(of: name).set(.refuses) }
            try await cluster.order(.clone, content.hash, on: other)
            try await cluster.working {
                try await cluster.eventually("it was not tried") {
                    try await cluster.tasks().first?.problem != nil
                }
                #expect(try await cluster.tasks().first?.attempts == 0)
                for name in content.map { try cluster.fault(of: name).set(nil) }
                try await cluster.untilTasksAreDone()
            }
            try await cluster.expectTruth(of: content.hash)
            #expect(try await cluster.counted(content.hash).count == 3)
        }
    }

    @Test("finds what is there already, whoever put it there")
    func there() async throws {
        try await TestCluster.with(settings: TestCluster.hurries) { cluster in
            let content = try await cluster.put(Self.bytes, copies: 3)
            let other = content.map[2]
            // As after a crash between the rename and the count.
            try await cluster.catalog.removeReplicas(
                of: content.hash, on: [try await cluster.number(of: other)], actor: "test",
                reason: "a test")
            let inode = try cluster.inode(of: content.hash, on: other)
            for name in content.map[..<2] { try cluster.fault(of: name).set(.refuses) }
            try await cluster.order(.clone, content.hash, on: other)
            try await cluster.working { try await cluster.untilTasksAreDone() }
            #expect(try cluster.inode(of: content.hash, on: other) == inode)
            #expect(try await cluster.counted(content.hash).count == 3)
            try await cluster.expectTruth(of: content.hash)
        }
    }

    @Test("replaces a bad file that is there already")
    func replaces() async throws {
        try await TestCluster.with(settings: TestCluster.hurries) { cluster in
            let content = try await cluster.put(Self.bytes, copies: 3)
            let other = content.map[2]
            try cluster.flipByte(of: content.hash, on: other, at: 9)
            try await cluster.order(.clone, content.hash, on: other)
            try await cluster.working { try await cluster.untilTasksAreDone() }
            #expect(try await cluster.counted(content.hash).count == 3)
            try await cluster.expectTruth(of: content.hash)
            #expect(try cluster.quarantinedFiles(of: other).count == 1)
        }
    }

    @Test("for load is kept beside those that count, and given up without proof")
    func extra() async throws {
        try await TestCluster.with(settings: TestCluster.hurries) { cluster in
            let content = try await cluster.put(Self.bytes, copies: 2)
            let other = try cluster.otherStore(than: content.map)
            let number = try await cluster.number(of: other)
            try await cluster.order(.clone, content.hash, on: other, isExtra: true)
            try await cluster.working {
                try await cluster.untilTasksAreDone()
                #expect(try await cluster.catalog.content(content.hash)?.extras == [number])
                #expect(try await cluster.counted(content.hash) == Set(content.map))
                #expect(try cluster.isGood(content.hash, on: other))
                // Neither of the others could prove anything.
                for name in content.map { try cluster.fault(of: name).set(.refuses) }
                try await cluster.order(.remove, content.hash, on: other, isExtra: true)
                try await cluster.untilTasksAreDone()
            }
            #expect(try await cluster.catalog.content(content.hash)?.extras == [])
            #expect(try cluster.trashedFiles(of: other).count == 1)
            try await cluster.expectTruth(of: content.hash)
        }
    }

    @Test("keeps to the rate of its process")
    func rate() async throws {
        let throttle = Throttle(bytesPerSecond: 2 << 20)
        try await TestCluster.with(settings: TestCluster.hurries, throttle: throttle) { cluster in
            let content = try await cluster.put(Self.bytes, copies: 2)
            let others = cluster.stores.map(\.settings.name).filter { !content.map.contains($0) }
            for name in others { try await cluster.order(.clone, content.hash, on: name) }
            let start = ContinuousClock.now
            try await cluster.working { try await cluster.untilTasksAreDone() }
            // Two stores pull 1.5 MB each; the last chunk need not be waited for.
            #expect(ContinuousClock.now - start > .milliseconds(1000))
            #expect(try await cluster.counted(content.hash).count == 4)
        }
    }

    @Test("leaves a full store alone, and says so")
    func full() async throws {
        try await TestCluster.with(
            settings: { settings in
                TestCluster.hurries(&settings)
                settings.taskAttempts = 1
                // The last store of all has no room beside its reserve.
                if settings.name.text == "store-1-1" { settings.minFree = .gibibytes(1 << 30) }
            },
            { cluster in
                let content = try await cluster.put(Self.bytes, copies: 3)
                let full = try MemberName(parsing: "store-1-1")
                #expect(!content.map.contains(full))
                let plan = try await cluster.catalog.savePlan(
                    .clone, actor: "test", reason: "", summary: "{}", members: "", bandwidth: nil,
                    concurrency: nil, steps: [])
                try await cluster.order(.clone, content.hash, on: full, plan: plan)
                try await cluster.working { try await cluster.untilTasksAreDone() }
                let task = try #require(try await cluster.tasks().first)
                #expect(task.state == .failed && task.problem?.contains("full") == true)
                // Repair's own does not stand in the way of another.
                try await cluster.cancel(task)
                try await cluster.order(.clone, content.hash, on: full)
                try await cluster.working { try await cluster.untilTasksAreDone() }
                #expect(try await cluster.tasks().isEmpty)
                #expect(try await cluster.counted(content.hash).count == 3)
            })
    }
}
