import Foundation
import SFSCore
import SFSFiles
import SFSVolume
import SystemPackage
import Testing

@Suite("Restoring from the trash")
struct RestoreTests {
    private let bytes = VolumeFixture.bytes(600_000)
    private let day = Timestamp(milliseconds: 1_795_339_800_123)
    private let restored = VolumeFixture.attributes(generation: 5, fileExtension: "mov")

    @discardableResult
    private func trash(
        _ volume: Volume, generation: Int32 = 1, on day: Timestamp? = nil
    ) throws -> ContentHash {
        let attributes = VolumeFixture.attributes(generation: generation)
        let hash = try VolumeFixture.put(bytes, into: volume, attributes: attributes)
        #expect(try volume.moveToTrash(hash, generation: generation, on: day ?? self.day))
        return hash
    }

    private func restore(_ hash: ContentHash, in volume: Volume, generation: Int32 = 4) throws
        -> Int64?
    {
        try volume.restoreFromTrash(
            hash, generation: generation, attributes: restored, at: .now())
    }

    @Test("brings the file back whole, with its new attributes, in either layout")
    func whole() async throws {
        try await VolumeFixture.withEachLayout { fixture, volume in
            let hash = try trash(volume)
            #expect(try restore(hash, in: volume) == 600_000)
            let replica = try #require(try volume.openReplica(hash))
            #expect(replica.attributes == restored)
            #expect(try VolumeFixture.read(replica.reader()) == bytes)
            #expect(try fixture.files(in: "trash") == [])
            #expect(try fixture.files(in: "spool") == [])
            // The order of the deletion that put it there does not reach it any more.
            #expect(try !volume.moveToTrash(hash, generation: 4, on: day))
            #expect(try restore(hash, in: volume) == 600_000)
        }
    }

    @Test("takes the newest that is not newer than asked for", arguments: [1, 2, 30])
    func newest(distance: Int32) async throws {
        try await VolumeFixture.withVolume { fixture, volume in
            let generations = (0..<4).map { 1 + $0 * distance }
            var hash: ContentHash?
            for (index, generation) in generations.enumerated() {
                let day = Timestamp(milliseconds: day.milliseconds - Int64(index) * 86_400_000)
                hash = try trash(volume, generation: generation, on: day)
            }
            let name = try #require(hash)
            let size = try volume.restoreFromTrash(
                name, generation: generations[2], attributes: restored, at: .now())
            #expect(size == 600_000)
            var left: [Int32] = []
            try volume.trashEntries { entry in
                left.append(entry.generation)
                return true
            }
            #expect(left.sorted() == [generations[0], generations[1], generations[3]])
            #expect(try fixture.files(in: "content").count == 1)
        }
    }

    @Test("finds nothing when there is nothing, or only newer ones")
    func nothing() async throws {
        try await VolumeFixture.withVolume { fixture, volume in
            let hash = try trash(volume, generation: 4)
            #expect(try restore(hash, in: volume, generation: 3) == nil)
            let other = try VolumeFixture.hash([1])
            #expect(try restore(other, in: volume) == nil)
            #expect(try fixture.files(in: "content") == [])
            #expect(try fixture.files(in: "trash").count == 1)
        }
    }

    @Test("puts a bad one into quarantine and takes the next", arguments: ["flip", "599999"])
    func bad(harm: String) async throws {
        try await VolumeFixture.withVolume { fixture, volume in
            let hash = try trash(volume, generation: 1)
            try trash(volume, generation: 3)
            let path = "\(fixture.path)/trash/20261122/\(hash).3"
            if harm == "flip" {
                try VolumeFixture.flipBit(of: path, at: 400_000)
            } else {
                try VolumeFixture.resize(path, to: harm)
            }
            #expect(try restore(hash, in: volume) == 600_000)
            #expect(try fixture.names("quarantine").count == 1)
            #expect(try fixture.files(in: "trash") == [])
            let replica = try #require(try volume.openReplica(hash))
            #expect(try VolumeFixture.read(replica.reader()) == bytes)
        }
    }

    @Test("never gives a name to wrong bytes when all are bad")
    func allBad() async throws {
        try await VolumeFixture.withVolume { fixture, volume in
            let hash = try trash(volume)
            try trash(volume)
            for name in ["\(hash).1", "\(hash).1.1"] {
                try VolumeFixture.flipBit(
                    of: "\(fixture.path)/trash/20261122/\(name)", at: 5)
            }
            #expect(try restore(hash, in: volume) == nil)
            #expect(try fixture.files(in: "content") == [])
            #expect(try fixture.names("quarantine").count == 2)
        }
    }

    @Test("keeps a good file that has the name already, and gives it the attributes")
    func there() async throws {
        try await VolumeFixture.withVolume { fixture, volume in
            let hash = try trash(volume, generation: 4)
            try VolumeFixture.put(bytes, into: volume)
            #expect(try restore(hash, in: volume) == 600_000)
            #expect(try volume.openReplica(hash)?.attributes == restored)
            #expect(try fixture.names("trash/20261122") == ["\(hash).4"])
        }
    }

    @Test("replaces a bad file that has the name by the one in the trash")
    func badThere() async throws {
        try await VolumeFixture.withVolume { fixture, volume in
            let hash = try trash(volume)
            try VolumeFixture.put(bytes, into: volume)
            try VolumeFixture.flipBit(of: fixture.file(hash), at: 5)
            #expect(try restore(hash, in: volume) == 600_000)
            #expect(try fixture.names("quarantine").count == 1)
            let replica = try #require(try volume.openReplica(hash))
            #expect(try VolumeFixture.read(replica.reader()) == bytes)
        }
    }

    @Test("that was cut short is done again", arguments: [true, false])
    func cutShort(hasName: Bool) async throws {
        try await VolumeFixture.withVolume { fixture, volume in
            let hash = try trash(volume)
            // Before the rename: the attributes are the new ones. After it, and before the disk
            // had both folders: a file system may show it in either, or in both.
            let path = "\(fixture.path)/trash/20261122/\(hash).1"
            if hasName {
                try VolumeFixture.output(of: "ln", path, fixture.file(hash))
            } else {
                let text = "1 5 2026-11-22T09:30:00.123Z mov video/mp4"
                let check = Array(text.utf8).withUnsafeBytes { CRC32C.sum(of: $0) }
                let digits = String(check, radix: 16)
                let zeros = String(repeating: "0", count: 8 - digits.utf8.count)
                try OpenFile.open(FilePath(path)).setAttribute(
                    "user.sfs.meta", Array("\(text) \(zeros)\(digits)".utf8))
            }
            #expect(try restore(hash, in: volume) == 600_000)
            let replica = try #require(try volume.openReplica(hash))
            #expect(replica.attributes == restored)
            #expect(try VolumeFixture.read(replica.reader()) == bytes)
            let later = Timestamp(milliseconds: Timestamp.now().milliseconds + 3_600_000)
            _ = try volume.emptyTrash(olderThan: .zero, now: later)
            #expect(try volume.examine(hash, at: .now()) != nil)
            #expect(try fixture.files(in: "content").count == 1)
            #expect(try fixture.files(in: "trash") == [])
        }
    }

    @Test("at the same moment as the trash is emptied brings it back or not, and loses no other")
    func emptied() async throws {
        try await VolumeFixture.withVolume { fixture, volume in
            let queue = try DiskQueue(threads: 4)
            let later = Timestamp(milliseconds: Timestamp.now().milliseconds + 3_600_000)
            for _ in 0..<10 {
                let hash = try trash(volume)
                async let size = queue.run { [restored] in
                    try volume.restoreFromTrash(
                        hash, generation: 4, attributes: restored, at: .now())
                }
                async let freed = queue.run {
                    try volume.emptyTrash(olderThan: .zero, now: later)
                }
                let (isBack, files) = try await (size != nil, freed.files)
                #expect(isBack == (files == 0))
                #expect(try volume.holds(hash) == isBack)
                #expect(try fixture.files(in: "trash") == [])
                if isBack { #expect(try volume.moveToTrash(hash, generation: 5, on: day)) }
                _ = try volume.emptyTrash(olderThan: .zero, now: later)
            }
            await queue.shutdown()
        }
    }
}
