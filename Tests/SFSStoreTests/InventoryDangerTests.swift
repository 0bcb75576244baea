import ClusterFixture
import Foundation
import SFSCatalog
import SFSCore
import SFSStore
import SFSWire
import Testing

/// What an inventory must never do: believe that files are gone because it does not see them, or
/// bring back what was deleted.
@Suite("An inventory in danger")
struct InventoryDangerTests {
    private static let bytes = TestBytes(size: 30_000)
    private static let forced = PassOptions(force: true)

    // MARK: The brake

    @Test("takes nothing off when most of what is recorded seems to be missing")
    func brake() async throws {
        try await PassSite.with(2) { site in
            let hashes = try await site.putMany(150, on: [0, 1])
            for hash in hashes[..<110] { try site.disk(0).removeFile(of: hash) }
            let outcome = try await site.pass(.inventory)
            #expect(outcome.state == .failed)
            let problem = try #require(outcome.problem)
            #expect(problem.contains("missing"))
            #expect(problem.contains("--accept-missing"))
            #expect(outcome.counters.missing > 100)
            #expect(try await site.counted(on: 0) == 150)

            let accepted = try await site.pass(.inventory, PassOptions(acceptsMissing: true))
            #expect(accepted.state == .done)
            #expect(accepted.counters.missing == 110)
            #expect(try await site.counted(on: 0) == 40)
            #expect(try await site.counted(on: 1) == 150)
        }
    }

    @Test("takes nothing off though as many other files came as are missing")
    func brakeInDisguise() async throws {
        try await PassSite.with(2) { site in
            let hashes = try await site.putMany(150, on: [0, 1])
            for hash in hashes { try site.disk(0).removeFile(of: hash) }
            for number in 0..<150 {
                let bytes = TestBytes(size: 1000 + number, seed: 99)
                try site.disk(0).plant(bytes, as: bytes.hash())
            }
            #expect(try await site.pass(.inventory).state == .failed)
            for hash in hashes { #expect(try await site.recorded(hash).contains(0)) }
        }
    }

    // MARK: Volumes that go

    /// What can befall a volume.
    enum Fate: String, CaseIterable {
        case labelRemoved, movedAway, contentMovedAway, hiddenByMount, contentHiddenByMount
    }

    @Test("takes nothing off when its volume goes while it runs", arguments: Fate.allCases)
    func goes(fate: Fate) async throws {
        // Only root may mount.
        guard geteuid() == 0 || !fate.needsRoot else { return }
        try await PassSite.with(2) { site in
            _ = try await site.putMany(60, on: [0, 1])
            for round in 0..<6 {
                try await site.request(.inventory, Self.forced)
                try await site.whileRunning([0]) {
                    // At another moment each time, some before it begins.
                    try await Task.sleep(for: .milliseconds(Int.random(in: 0...40) * round))
                    try await fate.strike(site.disk(0).folder)
                    let deadline = ContinuousClock.now + .milliseconds(1500)
                    while try await site.state(of: .inventory)?.state == .running,
                        .now < deadline
                    {
                        try await Task.sleep(for: .milliseconds(20))
                    }
                    try await fate.mend(site.disk(0).folder)
                }
                #expect(try await site.counted(on: 0) == 60, "\(fate), round \(round)")
            }
            let outcome = try await site.pass(.inventory, Self.forced)
            #expect(outcome.counters == PassCounters(files: 60, valid: 60))
        }
    }

    @Test("says that nothing is there only while the volume is", arguments: Fate.allCases)
    func gone(fate: Fate) async throws {
        guard geteuid() == 0 || !fate.needsRoot else { return }
        try await PassSite.with(2) { site in
            let hash = try await site.put(Self.bytes, on: [0, 1])
            try site.disk(0).removeFile(of: hash)
            try await fate.strike(site.disk(0).folder)
            try await site.request(.inventory)
            try await site.whileRunning([0]) { try await Task.sleep(for: .milliseconds(2500)) }
            #expect(try await site.recorded(hash) == [0, 1])
            #expect(try await site.state(of: .inventory)?.state != .done)
            try await fate.mend(site.disk(0).folder)
            _ = try await site.pass(.inventory)
            #expect(try await site.recorded(hash) == [1])
        }
    }

    // MARK: A catalog that was lost

    @Test("adopts nothing while the catalog is being rebuilt, unless it is for that")
    func rebuilding() async throws {
        try await PassSite.with(2) { site in
            try site.disk(0).plant(Self.bytes, as: Self.bytes.hash())
            try await site.catalog.setRebuilding(true)
            let refused = try await site.pass(.inventory)
            #expect(refused.state == .failed)
            #expect(refused.problem?.contains("rebuil") == true)
            #expect(try await site.catalog.totals().contents == 0)
            #expect(try await site.pass(.inventory, Self.rebuild).counters.adopted == 1)
        }
    }

    private static let rebuild = PassOptions(rebuilds: true)

    @Test("tells a lost catalog what was deleted, by the memory and not by the trash")
    func tombstones() async throws {
        try await PassSite.with(3) { site in
            let deleted = try await site.put(Self.bytes, on: [0, 1])
            let kept = try await site.put(TestBytes(size: 5000), on: [0, 1, 2])
            _ = try await site.catalog.deleteContents(
                [deleted], plan: nil, actor: "test", reason: "test")
            // The one remembers; the other was away, and still has the file.
            #expect(try await site.pass(.inventory, on: 0).counters.trashed == 1)
            // A replica that was given up lies in the trash of a content that lives.
            try await site.stores[0].remove(kept, actor: "test")
            #expect(try site.disk(0).trashedFiles().count == 2)

            try await site.loseCatalog()
            for index in site.stores.indices {
                let told = try await site.pass(
                    .inventory, PassOptions(rebuilds: true, tombstonesOnly: true), on: index)
                #expect(told.state == .done)
            }
            #expect(try await site.catalog.totals().contents == 0)
            #expect(try await site.catalog.tombstones([deleted, kept]) == [deleted: 1])
            for index in site.stores.indices {
                _ = try await site.pass(.inventory, Self.rebuild, on: index)
            }
            #expect(try await site.catalog.content(deleted) == nil)
            #expect(try await site.recorded(kept) == [1, 2])
            #expect(try site.disk(1).contentFiles() == [kept.hex])
        }
    }
}

extension InventoryDangerTests.Fate {
    var needsRoot: Bool { self == .hiddenByMount || self == .contentHiddenByMount }

    private static func hidden(_ folder: String) -> String { folder + ".hidden" }

    /// Makes the volume go.
    func strike(_ folder: String) async throws {
        let files = FileManager.default
        switch self {
        case .labelRemoved:
            try files.moveItem(atPath: folder + "/.sfs-volume", toPath: Self.hidden(folder))
        case .movedAway:
            try files.moveItem(atPath: folder, toPath: Self.hidden(folder))
            try files.createDirectory(atPath: folder, withIntermediateDirectories: false)
        case .contentMovedAway:
            try files.moveItem(atPath: folder + "/content", toPath: Self.hidden(folder))
            try files.createDirectory(
                atPath: folder + "/content", withIntermediateDirectories: false)
        case .hiddenByMount: try run("mount", "-t", "tmpfs", "none", folder)
        case .contentHiddenByMount: try run("mount", "-t", "tmpfs", "none", folder + "/content")
        }
    }

    /// Brings it back as it was.
    func mend(_ folder: String) async throws {
        let files = FileManager.default
        switch self {
        case .labelRemoved:
            try files.moveItem(atPath: Self.hidden(folder), toPath: folder + "/.sfs-volume")
        case .movedAway:
            try files.removeItem(atPath: folder)
            try files.moveItem(atPath: Self.hidden(folder), toPath: folder)
        case .contentMovedAway:
            try files.removeItem(atPath: folder + "/content")
            try files.moveItem(atPath: Self.hidden(folder), toPath: folder + "/content")
        case .hiddenByMount: try run("umount", folder)
        case .contentHiddenByMount: try run("umount", folder + "/content")
        }
    }

    private func run(_ arguments: String...) throws {
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = arguments
        try process.run()
        process.waitUntilExit()
        #expect(process.terminationStatus == 0, "\(arguments)")
    }
}
