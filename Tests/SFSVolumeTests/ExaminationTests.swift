import Foundation
import SFSCore
import SFSFiles
import SFSVolume
import SystemPackage
import Testing

@Suite("Examining a replica")
struct ExaminationTests {
    private let bytes = VolumeFixture.bytes(3_000_000)
    private let time = Timestamp(milliseconds: 1_795_339_800_123)

    private func size(_ found: Volume.Examination?) -> Int64? {
        guard case .good(let size)? = found else { return nil }
        return size
    }

    private func loseAttributes(_ path: String, _ names: String...) throws {
        let file = try OpenFile.open(FilePath(path))
        for name in names { try file.setAttribute(name, Array("rot".utf8)) }
    }

    @Test("reads all of it, at the pace it is given", arguments: [true, false])
    func pace(dropsCache: Bool) async throws {
        try await VolumeFixture.withVolume { _, volume in
            let hash = try VolumeFixture.put(bytes, into: volume)
            var pieces: [Int] = []
            let found = try volume.examine(hash, at: time, dropsCache: dropsCache) {
                pieces.append($0)
            }
            #expect(size(found) == 3_000_000)
            #expect(pieces.reduce(0, +) == 3_000_000)
            #expect(pieces.allSatisfy { (1...1 << 20).contains($0) })
            #expect(try volume.openReplica(hash)?.verifiedTime() == time)
            let other = try VolumeFixture.hash([1])
            #expect(try volume.examine(other, at: time) == nil)
        }
    }

    @Test("ends when its pace throws, and blames no disk", arguments: [ErrorCode.io, .corrupt])
    func interrupted(code: ErrorCode) async throws {
        try await VolumeFixture.withVolume { _, volume in
            let hash = try VolumeFixture.put(bytes, into: volume)
            #expect(throws: CancellationError.self) {
                try volume.examine(hash, at: time) { _ in throw CancellationError() }
            }
            let error = try #require(throws: SFSError.self) {
                try volume.examine(hash, at: time) { _ in throw SFSError(code, "enough") }
            }
            #expect(error.message == "enough")
        }
    }

    @Test("finds a wrong bit after a second look, and moves that very file away")
    func bad() async throws {
        try await VolumeFixture.withVolume { fixture, volume in
            let hash = try VolumeFixture.put(bytes, into: volume)
            try VolumeFixture.flipBit(of: fixture.file(hash), at: 2_999_999)
            var read = 0
            let found = try volume.examine(hash, at: time) { read += $0 }
            guard case .bad(let bad)? = found else {
                Issue.record("a wrong bit was not found")
                return
            }
            #expect(read == 6_000_000)
            #expect(bad.error.code == .corrupt)
            #expect(try volume.moveToQuarantine(bad, at: time))
            #expect(try !volume.moveToQuarantine(bad, at: time))
        }
    }

    @Test("gives back the sums that were lost")
    func sums() async throws {
        try await VolumeFixture.withVolume { fixture, volume in
            let hash = try VolumeFixture.put(bytes, into: volume)
            let file = try OpenFile.open(FilePath(fixture.file(hash)))
            let sums = try file.attribute("user.sfs.sums")
            try loseAttributes(fixture.file(hash), "user.sfs.sums")
            let found = try volume.examine(hash, at: time)
            #expect(size(found) == 3_000_000)
            #expect(try file.attribute("user.sfs.sums") == sums)
        }
    }

    @Test("shows in its status whether a replica was changed since")
    func status() async throws {
        try await VolumeFixture.withVolume { fixture, volume in
            let hash = try VolumeFixture.put(bytes, into: volume)
            let before = try #require(try volume.status(of: hash))
            #expect(before.size == 3_000_000)
            #expect(try volume.status(of: hash) == before)
            let deadline = ContinuousClock.now + .seconds(10)
            repeat {
                try VolumeFixture.flipBit(of: fixture.file(hash), at: 5)
            } while try volume.status(of: hash)?.changed == before.changed
                && ContinuousClock.now < deadline
            #expect(try volume.status(of: hash) != before)
            #expect(try volume.status(of: VolumeFixture.hash([1])) == nil)
        }
    }

    @Test("attributes are written without a look at the bytes")
    func setAttributes() async throws {
        try await VolumeFixture.withVolume { fixture, volume in
            let hash = try VolumeFixture.put(bytes, into: volume)
            let attributes = VolumeFixture.attributes(generation: 9, fileExtension: "")
            #expect(try volume.setAttributes(attributes, of: hash))
            #expect(try volume.openReplica(hash)?.attributes == attributes)
            let mode = try VolumeFixture.output(of: "stat", "--format=%a", fixture.file(hash))
            #expect(mode == "444\n")
            #expect(try !volume.setAttributes(attributes, of: VolumeFixture.hash([1])))
        }
    }

    @Test(
        "attributes that were lost are made anew, once",
        arguments: [["user.sfs.meta"], ["user.sfs.sums"], ["user.sfs.meta", "user.sfs.sums"]])
    func repair(names: [String]) async throws {
        try await VolumeFixture.withVolume { fixture, volume in
            let hash = try VolumeFixture.put(bytes, into: volume)
            let attributes = VolumeFixture.attributes(generation: 9)
            #expect(try !volume.repairAttributes(of: hash, to: attributes, at: time))
            let file = try OpenFile.open(FilePath(fixture.file(hash)))
            let sums = try file.attribute("user.sfs.sums")
            for name in names { try loseAttributes(fixture.file(hash), name) }
            #expect(try volume.repairAttributes(of: hash, to: attributes, at: time))
            #expect(try !volume.repairAttributes(of: hash, to: attributes, at: time))
            #expect(try file.attribute("user.sfs.sums") == sums)
            let replica = try #require(try volume.openReplica(hash))
            let kept = names.contains("user.sfs.meta") ? attributes : VolumeFixture.attributes()
            #expect(replica.attributes == kept)
        }
    }

    @Test("attributes are not made for bytes that do not match")
    func repairBad() async throws {
        try await VolumeFixture.withVolume { fixture, volume in
            let hash = try VolumeFixture.put(bytes, into: volume)
            try VolumeFixture.flipBit(of: fixture.file(hash), at: 5)
            try loseAttributes(fixture.file(hash), "user.sfs.meta")
            let attributes = VolumeFixture.attributes(generation: 9)
            let refusal = code {
                _ = try volume.repairAttributes(of: hash, to: attributes, at: time)
            }
            #expect(refusal == .corrupt)
            #expect(try volume.openReplica(hash)?.attributes == nil)
            let missing = code {
                _ = try volume.repairAttributes(
                    of: VolumeFixture.hash([1]), to: attributes, at: time)
            }
            #expect(missing == .notFound)
        }
    }

    @Test("what is in quarantine is listed, the latest first")
    func quarantine() async throws {
        try await VolumeFixture.withVolume { fixture, volume in
            #expect(try volume.quarantined().count == 0)
            let times = (0..<5).map { Timestamp(milliseconds: time.milliseconds + $0 * 1000) }
            var hash: ContentHash?
            for time in times + [times[0]] {
                hash = try VolumeFixture.put(bytes, into: volume)
                #expect(try volume.moveToQuarantine(try #require(hash), at: time))
            }
            try Data("x".utf8).write(to: URL(filePath: "\(fixture.path)/quarantine/film.mp4"))
            let list = try volume.quarantined()
            #expect(list.count == 6)
            #expect(list.bytes == 18_000_000)
            #expect(list.entries.map(\.found) == times.reversed() + [times[0]])
            #expect(list.entries.allSatisfy { $0.hash == hash && $0.size == 3_000_000 })
            let some = try volume.quarantined(limit: 2)
            #expect(some.count == 6)
            #expect(some.entries.count == 2)
        }
    }
}
