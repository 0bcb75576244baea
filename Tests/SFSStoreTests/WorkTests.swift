import ClusterFixture
import SFSCatalog
import SFSCore
import SFSStore
import SFSWire
import Testing

/// Tasks survive whatever becomes of the store that does them.
@Suite("A store at work")
struct WorkTests {
    private static let bytes = TestBytes(size: 300_000)

    @Test("does what the process before it had claimed, at once")
    func restart() async throws {
        try await TestCluster.with(settings: TestCluster.hurries) { cluster in
            let content = try await cluster.put(Self.bytes, copies: 2)
            let other = try cluster.otherStore(than: content.map)
            try await cluster.order(.clone, content.hash, on: other)
            let claimed = try await cluster.catalog.claimTasks(
                of: try await cluster.number(of: other), limit: 1, lease: .seconds(3600),
                besides: [])
            #expect(claimed.count == 1)
            try await cluster.working { try await cluster.untilTasksAreDone() }
            #expect(try await cluster.counted(content.hash).count == 3)
            // Whoever had it may not end it any more.
            #expect(try await !cluster.catalog.finishTask(claimed[0]))
        }
    }

    @Test("stops what is taken away from it, and leaves nothing of it")
    func takenAway() async throws {
        let throttle = Throttle(bytesPerSecond: 1 << 20)
        let bytes = TestBytes(size: 4_000_000)
        try await TestCluster.with(settings: TestCluster.hurries, throttle: throttle) { cluster in
            let content = try await cluster.put(bytes, copies: 2)
            let other = try cluster.otherStore(than: content.map)
            try await cluster.order(.clone, content.hash, on: other)
            try await cluster.working {
                try await cluster.eventually("no bytes came") {
                    try await cluster.tasks().first.map { $0.bytesDone > 0 } ?? false
                }
                #expect(
                    try await cluster.catalog.changeTasks(
                        .pause, numbers: nil, plan: nil, state: .running, actor: "test") == 1)
                try await cluster.eventually("it goes on") { try cluster.spoolFiles().isEmpty }
            }
            #expect(try await cluster.tasks().first?.state == .paused)
            #expect(try await cluster.counted(content.hash).count == 2)
            try await cluster.expectTruth(of: content.hash)
        }
    }

    @Test("keeps its lease for as long as it works")
    func keepsLease() async throws {
        let throttle = Throttle(bytesPerSecond: 2 << 20)
        let bytes = TestBytes(size: 4_000_000)
        try await TestCluster.with(settings: TestCluster.hurries, throttle: throttle) { cluster in
            let content = try await cluster.put(bytes, copies: 2)
            let other = try cluster.otherStore(than: content.map)
            try await cluster.order(.clone, content.hash, on: other)
            // Several times as long as a lease.
            try await cluster.working {
                try await cluster.eventually("the task is there") {
                    let task = try await cluster.tasks().first
                    #expect(task.map { $0.fence <= 2 } ?? true)
                    return task == nil
                }
            }
            try await cluster.expectTruth(of: content.hash)
            #expect(try await cluster.counted(content.hash).count == 3)
        }
    }

    @Test("does no more at once than it was told, and keeps to the rate of a plan")
    func plan() async throws {
        try await TestCluster.with(settings: TestCluster.hurries) { cluster in
            let plan = try await cluster.catalog.savePlan(
                .clone, actor: "test", reason: "", summary: "{}", members: "",
                bandwidth: 1 << 20, concurrency: nil, steps: [])
            _ = try await cluster.catalog.applyPlan(
                plan, members: "", ageMaximum: .seconds(60), actor: "test")
            var hashes: [ContentHash] = []
            for seed in 1...6 {
                let content = try await cluster.put(
                    TestBytes(size: 300_000, seed: UInt64(seed)), copies: 3)
                hashes.append(content.hash)
                let other = try cluster.otherStore(than: content.map)
                try await cluster.order(.clone, content.hash, on: other, plan: plan)
            }
            let busiest =
                Dictionary(grouping: try await cluster.tasks(), by: \.store).values
                .map(\.count).max() ?? 0
            let start = ContinuousClock.now
            try await cluster.working { try await cluster.untilTasksAreDone() }
            // The last piece of the busiest store need not be waited for.
            let least = Double((busiest - 1) * 300_000) / Double(1 << 20)
            #expect(ContinuousClock.now - start > .seconds(least * 0.9))
            for hash in hashes { #expect(try await cluster.counted(hash).count == 4) }
        }
    }

    @Test("takes a replica that it does not have off the row when it is to verify it")
    func missing() async throws {
        try await TestCluster.with(settings: TestCluster.hurries) { cluster in
            let content = try await cluster.put(Self.bytes, copies: 3)
            try cluster.removeReplica(of: content.hash, on: content.map[0])
            try cluster.flipByte(of: content.hash, on: content.map[1], at: 3)
            for name in content.map { try await cluster.order(.verify, content.hash, on: name) }
            try await cluster.working { try await cluster.untilTasksAreDone() }
            #expect(try await cluster.tasks().isEmpty)
            #expect(try await cluster.counted(content.hash) == [content.map[2]])
            try await cluster.expectTruth(of: content.hash)
        }
    }

    @Test("says at once that its volume is gone, and comes back with it")
    func volumeGone() async throws {
        try await TestCluster.with(settings: TestCluster.hurries) { cluster in
            let content = try await cluster.put(Self.bytes, copies: 2)
            let name = content.map[0]
            try await cluster.working {
                try cluster.moveVolumeAway(of: name)
                try await cluster.eventually("nobody heard of it") {
                    let record = try await cluster.catalog.store(named: name)
                    return record?.problem?.contains("gone") == true
                }
                // It goes on saying so, as one that is up.
                var last = 0.0
                try await cluster.eventually("it fell silent") {
                    let age = try await cluster.catalog.store(named: name)?.secondsSinceSeen ?? 0
                    defer { last = age }
                    return age < last
                }
                // A task for it waits, and nothing that is missing is taken for gone.
                try await cluster.order(.verify, content.hash, on: name)
                try cluster.moveVolumeBack(of: name)
                try await cluster.eventually("it did not come back") {
                    try await cluster.catalog.store(named: name)?.problem == nil
                }
                try await cluster.untilTasksAreDone()
            }
            #expect(try await cluster.counted(content.hash) == Set(content.map))
            try await cluster.expectTruth(of: content.hash)
        }
    }

    @Test("joins again when the catalog does not know it any more")
    func forgotten() async throws {
        try await TestCluster.with(settings: TestCluster.hurries) { cluster in
            let name = cluster.stores[0].settings.name
            try await cluster.working {
                let number = try await cluster.number(of: name)
                try await cluster.execute("DELETE FROM store WHERE number = \(number)")
                try await cluster.eventually("it did not join") {
                    try await cluster.catalog.store(named: name) != nil
                }
                #expect(try await cluster.number(of: name) != number)
            }
        }
    }

    @Test("takes no other's number for its own after the catalog was made anew")
    func renumbered() async throws {
        try await TestCluster.with(settings: TestCluster.hurries) { cluster in
            let content = try await cluster.put(Self.bytes, copies: 2)
            let others = cluster.stores.map(\.settings.name).filter { !content.map.contains($0) }
            let names = [content.map[0], others[0]]
            try await cluster.exchangeNumbers(of: names[0], names[1])
            var epochs: [MemberName: Int64] = [:]
            for name in names { epochs[name] = try await cluster.catalog.store(named: name)?.epoch }
            let before = epochs
            try await cluster.order(.clone, content.hash, on: names[1])
            try await cluster.working {
                try await cluster.untilTasksAreDone()
                // One that is stopped while it joins anew is out of service afterwards.
                try await cluster.eventually("they did not join anew") {
                    for name in names {
                        let now = try await cluster.catalog.store(named: name)?.epoch
                        guard now ?? 0 > before[name] ?? 0 else { return false }
                    }
                    return cluster.stores.allSatisfy { $0.problem == nil }
                }
            }
            #expect(try await cluster.counted(content.hash) == Set(content.map + [names[1]]))
            try await cluster.expectTruth(of: content.hash)
        }
    }

    @Test("goes on when the catalog is back")
    func catalogAway() async throws {
        try await TestCluster.with(settings: TestCluster.hurries) { cluster in
            var hashes: [ContentHash] = []
            for seed in 1...12 {
                let content = try await cluster.put(
                    TestBytes(size: 50_000, seed: UInt64(seed)), copies: 2)
                hashes.append(content.hash)
                let other = try cluster.otherStore(than: content.map)
                try await cluster.order(.move, content.hash, on: other, from: content.map[0])
            }
            try await cluster.working {
                try await cluster.eventually("tasks are left") {
                    // Every connection breaks, whatever it is used for.
                    try? await cluster.execute(
                        """
                        SELECT pg_terminate_backend(pid) FROM pg_stat_activity
                         WHERE datname = current_database() AND pid <> pg_backend_pid()
                               AND random() < 0.3
                        """)
                    return (try? await cluster.tasks().isEmpty) ?? false
                }
            }
            for hash in hashes {
                #expect(try await cluster.counted(hash).count == 2)
                try await cluster.expectTruth(of: hash)
            }
        }
    }
}
