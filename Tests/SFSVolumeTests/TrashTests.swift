import Foundation
import SFSCore
import SFSFiles
import SFSVolume
import Testing

@Suite("The trash of a volume")
struct TrashTests {
    private let bytes = VolumeFixture.bytes(1000)
    private let day = Timestamp(milliseconds: 1_795_339_800_123)  // 2026-11-22T09:30:00.123Z

    private func entries(_ volume: Volume) throws -> [TrashEntry] {
        var entries: [TrashEntry] = []
        try volume.trashEntries { entry in
            entries.append(entry)
            return true
        }
        return entries
    }

    private func hoursFromNow(_ hours: Int64) -> Timestamp {
        Timestamp(milliseconds: Timestamp.now().milliseconds + hours * 3_600_000)
    }

    @Test("lists what it holds, since when, and nothing else")
    func list() async throws {
        try await VolumeFixture.withVolume { fixture, volume in
            let before = Timestamp.now()
            var hash: ContentHash?
            for generation in [3, 3, 4] as [Int32] {
                let put = try VolumeFixture.put(
                    bytes, into: volume,
                    attributes: VolumeFixture.attributes(generation: generation))
                #expect(try volume.moveToTrash(put, generation: 9, on: day))
                hash = put
            }
            for name in ["film.mp4", "\(try #require(hash)).x", "\(try #require(hash)).0"] {
                try Data("x".utf8).write(
                    to: URL(filePath: "\(fixture.path)/trash/20261122/\(name)"))
            }
            try FileManager.default.createDirectory(
                atPath: "\(fixture.path)/trash/other", withIntermediateDirectories: false)
            let found = try entries(volume)
            #expect(found.map(\.generation).sorted() == [3, 3, 4])
            for entry in found {
                #expect(entry.hash == hash)
                #expect(entry.size == 1000)
                #expect(entry.day == "20261122")
                // The kernel's clock for files goes in steps of some milliseconds.
                #expect(entry.removed.milliseconds >= before.milliseconds - 20)
                #expect(entry.removed <= .now())
            }
        }
    }

    @Test("is emptied of what lay there for longer than the grace, and of its empty days")
    func empty() async throws {
        try await VolumeFixture.withVolume { fixture, volume in
            let hash = try VolumeFixture.put(bytes, into: volume)
            #expect(try volume.moveToTrash(hash, generation: 1, on: day))
            let old = Timestamp(milliseconds: day.milliseconds - 86_400_000)
            try VolumeFixture.put(bytes, into: volume)
            #expect(try volume.moveToTrash(hash, generation: 1, on: old))
            #expect(
                try volume.moveToTrash(
                    VolumeFixture.put([1], into: volume), generation: 1, on: day))

            let grace = Duration.seconds(24 * 3600)
            // The folder's name says that it is older, the rename was now.
            #expect(try volume.emptyTrash(olderThan: grace, now: hoursFromNow(23)) == FreedSpace())
            #expect(try volume.emptyTrash(olderThan: grace, now: hoursFromNow(-48)) == FreedSpace())
            let expected = FreedSpace(files: 3, bytes: 2001)
            let later = hoursFromNow(25)
            #expect(try volume.emptyTrash(olderThan: grace, now: later, dryRun: true) == expected)
            #expect(try entries(volume).count == 3)
            #expect(try volume.emptyTrash(olderThan: grace, now: later) == expected)
            #expect(try entries(volume).isEmpty)
            // The day that is in use stays.
            #expect(try fixture.names("trash") == ["20261122"])
            try VolumeFixture.put(bytes, into: volume)
            #expect(try volume.moveToTrash(hash, generation: 1, on: old))
            #expect(try entries(volume).map(\.day) == ["20261121"])
        }
    }

    @Test("keeps what is wanted, however old")
    func wanted() async throws {
        try await VolumeFixture.withVolume { _, volume in
            let hashes = try (0..<3).map { seed in
                let bytes = VolumeFixture.bytes(10, seed: UInt64(seed))
                let hash = try VolumeFixture.put(bytes, into: volume)
                #expect(try volume.moveToTrash(hash, generation: 1, on: day))
                return hash
            }
            let later = hoursFromNow(1)
            for dryRun in [true, false] {
                let freed = try volume.emptyTrash(olderThan: .zero, now: later, dryRun: dryRun) {
                    $0 != hashes[1]
                }
                #expect(freed == FreedSpace(files: 2, bytes: 20))
            }
            #expect(try entries(volume).map(\.hash) == [hashes[1]])
        }
    }

    @Test("leaves what is not its own")
    func foreign() async throws {
        try await VolumeFixture.withVolume { fixture, volume in
            let folder = "\(fixture.path)/trash/20260101"
            try FileManager.default.createDirectory(
                atPath: folder, withIntermediateDirectories: false)
            try Data("x".utf8).write(to: URL(filePath: "\(folder)/film.mp4"))
            let freed = try volume.emptyTrash(olderThan: .zero, now: hoursFromNow(1))
            #expect(freed == FreedSpace())
            #expect(try fixture.names("trash/20260101") == ["film.mp4"])
        }
    }

    @Test("loses nothing that is moved in while it is emptied, whatever the day")
    func atOnce() async throws {
        try await VolumeFixture.withVolume { fixture, volume in
            let queue = try DiskQueue(threads: 6)
            let days = (0..<4).map { Timestamp(milliseconds: day.milliseconds + $0 * 86_400_000) }
            let later = hoursFromNow(1)
            try await withThrowingTaskGroup(of: Void.self) { group in
                for number in 0..<4 {
                    group.addTask {
                        for round in 0..<20 {
                            let bytes = VolumeFixture.bytes(10, seed: UInt64(number * 1000 + round))
                            try await queue.run {
                                let hash = try VolumeFixture.put(bytes, into: volume)
                                try Self.trash(hash, in: volume, on: days[(number + round) % 4])
                            }
                        }
                    }
                }
                group.addTask {
                    for _ in 0..<100 {
                        _ = try await queue.run {
                            // Only folders: nothing is old enough.
                            try volume.emptyTrash(olderThan: .seconds(7200), now: later)
                        }
                    }
                }
                try await group.waitForAll()
            }
            await queue.shutdown()
            #expect(try entries(volume).count == 80)
            #expect(try fixture.files(in: "content") == [])
        }
    }

    /// A move whose folder goes away under it says so, and never that there is no file.
    private static func trash(_ hash: ContentHash, in volume: Volume, on day: Timestamp) throws {
        for _ in 0..<100 {
            do {
                #expect(try volume.moveToTrash(hash, generation: 1, on: day))
                return
            } catch let error as SFSError {
                #expect([.busy, .notFound].contains(error.code), "\(error)")
            }
        }
        Issue.record("the trash never took '\(hash)'")
    }
}
