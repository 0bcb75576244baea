import ClusterFixture
import SFSCatalog
import SFSCore
import SFSStore
import SFSWire
import Testing

/// A store gives up only what enough others have just proven to hold, wherever it is interrupted
/// (promises.md "Removal of one replica").
@Suite("A removal")
struct RemoveTaskTests {
    private static let bytes = TestBytes(size: 300_000)

    private static func hurries(_ settings: inout StoreSettings) {
        TestCluster.hurries(&settings)
        settings.taskAttempts = 1
    }

    @Test("moves the replica into the trash once two others have proven theirs")
    func removes() async throws {
        try await TestCluster.with(settings: Self.hurries) { cluster in
            let content = try await cluster.put(Self.bytes, copies: 3)
            try await cluster.order(.remove, content.hash, on: content.map[0])
            try await cluster.working { try await cluster.untilTasksAreDone() }
            #expect(try await cluster.tasks().isEmpty)
            #expect(try await cluster.counted(content.hash) == Set(content.map[1...]))
            #expect(try cluster.trashedFiles(of: content.map[0]).count == 1)
            try await cluster.expectTruth(of: content.hash)
        }
    }

    @Test("by all holders at once leaves two at every moment", arguments: 1...4)
    func atOnce(round: Int) async throws {
        try await TestCluster.with(settings: Self.hurries) { cluster in
            let content = try await cluster.put(Self.bytes, copies: 4)
            for name in content.map { try await cluster.order(.remove, content.hash, on: name) }
            try await cluster.working {
                try await cluster.eventually("tasks are left") {
                    try await expectTwoGood(of: content.hash, in: cluster)
                    return try await cluster.tasks().allSatisfy { $0.state == .failed }
                }
            }
            let failed = try await cluster.tasks()
            #expect(failed.count >= 2 && failed.allSatisfy { $0.problem != nil })
            #expect(try await cluster.counted(content.hash).count == failed.count)
            try await cluster.expectTruth(of: content.hash)
        }
    }

    @Test(
        "is refused without proof by two others",
        arguments: [
            FaultyStore.Fault.refuses, .failsVerifying, .hangs,
        ])
    func refused(fault: FaultyStore.Fault) async throws {
        try await TestCluster.with(settings: Self.hurries) { cluster in
            let content = try await cluster.put(Self.bytes, copies: 3)
            try cluster.fault(of: content.map[1]).set(fault)
            try await cluster.order(.remove, content.hash, on: content.map[0])
            try await cluster.working { try await cluster.untilTasksAreDone() }
            let task = try #require(try await cluster.tasks().first)
            #expect(task.state == .failed && task.problem?.contains("1 other") == true)
            #expect(try await cluster.counted(content.hash).count == 3)
            try await cluster.expectTruth(of: content.hash)
        }
    }

    @Test("is refused when a replica rotted after it was proven")
    func rotted() async throws {
        try await TestCluster.with(settings: Self.hurries) { cluster in
            let content = try await cluster.put(Self.bytes, copies: 3)
            _ = try await cluster.store(content.map[1]).prove(content.hash)
            try cluster.flipByte(of: content.hash, on: content.map[1], at: 4000)
            try await cluster.order(.remove, content.hash, on: content.map[0])
            try await cluster.working { try await cluster.untilTasksAreDone() }
            #expect(try await cluster.tasks().first?.state == .failed)
            #expect(
                try await cluster.counted(content.hash) == [content.map[0], content.map[2]])
            #expect(try cluster.quarantinedFiles(of: content.map[1]).count == 1)
            try await cluster.expectTruth(of: content.hash)
        }
    }

    @Test("is refused where a rule keeps the replica, or wants more of them")
    func rules() async throws {
        let wanted = [
            ContentRules(isProtected: true), ContentRules(isForced: true),
            ContentRules(copyMinimum: 3),
        ]
        try await TestCluster.with(settings: Self.hurries) { cluster in
            let content = try await cluster.put(Self.bytes, copies: 3)
            for rules in wanted {
                try await cluster.catalog.setRules(rules, of: content.hash, actor: "test")
                try await cluster.order(.remove, content.hash, on: content.map[0])
                try await cluster.working { try await cluster.untilTasksAreDone() }
                let task = try #require(try await cluster.tasks().first)
                #expect(task.state == .failed)
                #expect(try await cluster.counted(content.hash).count == 3)
                try await cluster.cancel(task)
            }
            try await cluster.expectTruth(of: content.hash)
        }
    }

    @Test("that was cut off before the rename goes on while enough others are left")
    func goesOn() async throws {
        try await TestCluster.with(settings: Self.hurries) { cluster in
            let content = try await cluster.put(Self.bytes, copies: 3)
            try await takeOff(content, in: cluster)
            #expect(try cluster.holders(of: content.hash).count == 3)
            try await cluster.working { try await cluster.untilTasksAreDone() }
            #expect(try await cluster.counted(content.hash) == Set(content.map[1...]))
            try await cluster.expectTruth(of: content.hash)
        }
    }

    @Test("that was cut off before the rename is undone when others were lost meanwhile")
    func undone() async throws {
        try await TestCluster.with(settings: Self.hurries) { cluster in
            let content = try await cluster.put(Self.bytes, copies: 3)
            try await takeOff(content, in: cluster)
            try cluster.fault(of: content.map[1]).set(.refuses)
            try await cluster.working { try await cluster.untilTasksAreDone() }
            // It is counted again, and the task has failed; nothing went into any trash.
            #expect(try await cluster.tasks().first?.state == .failed)
            #expect(try await cluster.counted(content.hash) == Set(content.map))
            #expect(try cluster.trashedFiles(of: content.map[0]).isEmpty)
            try await cluster.expectTruth(of: content.hash)
        }
    }

    @Test("that is cancelled while others are asked takes nothing")
    func cancelled() async throws {
        try await TestCluster.with(settings: Self.hurries) { cluster in
            let content = try await cluster.put(Self.bytes, copies: 3)
            try cluster.fault(of: content.map[1]).set(.hangsVerifying)
            try await cluster.order(.remove, content.hash, on: content.map[0])
            try await cluster.working {
                try await cluster.eventually("it does not run") {
                    try await cluster.tasks().first?.state == .running
                }
                try await cluster.cancel(try #require(try await cluster.tasks().first))
                try cluster.fault(of: content.map[1]).set(nil)
                // Another task of the store shows that it has room, and has gone on.
                try await cluster.order(.verify, content.hash, on: content.map[0])
                try await cluster.untilTasksAreDone()
            }
            #expect(try await cluster.counted(content.hash).count == 3)
            try await cluster.expectTruth(of: content.hash)
        }
    }

    /// Does the first step of a removal and orders the whole, as a crash after that step leaves it.
    private func takeOff(_ content: ContentReply, in cluster: TestCluster) async throws {
        try await cluster.order(.remove, content.hash, on: content.map[0])
        var numbers: [StoreNumber] = []
        for name in content.map { numbers.append(try await cluster.number(of: name)) }
        let removal = try await cluster.catalog.beginRemoval(
            of: content.hash, generation: 1, from: numbers[0], proven: Array(numbers[1...]),
            minimum: 2, actor: "test", reason: "a test")
        #expect(removal == .removed)
    }

    /// Checks that two stores that the catalog counts have good files now.
    private func expectTwoGood(of hash: ContentHash, in cluster: TestCluster) async throws {
        let counted = try await cluster.counted(hash)
        #expect(counted.count >= 2)
        for name in counted {
            if try cluster.isThereGood(hash, on: name) { continue }
            // It went between the two looks: then it does not count any more.
            #expect(try await !cluster.counted(hash).contains(name))
        }
    }
}
