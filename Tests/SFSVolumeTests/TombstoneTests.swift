import Foundation
import Glibc
import SFSCore
import SFSFiles
import SFSVolume
import SystemPackage
import Testing

@Suite("The memory of what was deleted")
struct TombstoneTests {
    private func hash(
        _ number: Int, _ algorithm: HashAlgorithm = .sha1
    ) throws -> ContentHash {
        try VolumeFixture.hash(Array("\(number)".utf8), algorithm)
    }

    private func read(_ volume: Volume) throws -> (stones: [ContentHash: Int32], damaged: Int) {
        var stones: [ContentHash: Int32] = [:]
        let damaged = try volume.forEachTombstone { hash, generation in
            stones[hash] = max(generation, stones[hash] ?? 0)
        }
        return (stones, damaged)
    }

    private func append(_ text: String, to fixture: VolumeFixture) throws {
        let file = try FileDescriptor.open(
            FilePath("\(fixture.path)/tombstones"), .writeOnly, options: .append)
        try file.closeAfter { _ = try file.writeAll(Array(text.utf8)) }
    }

    @Test("is empty at first, and outlives the process")
    func reopened() async throws {
        try await VolumeFixture.with { fixture in
            _ = try Volume.initialise(fixture.path, as: VolumeFixture.identity)
            do {
                let volume = try fixture.open()
                #expect(try read(volume).stones.isEmpty)
                try volume.remember(deleted: [])
                try volume.remember(deleted: [(hash(1), 1), (hash(2, .sha512), 7)])
                try volume.remember(deleted: [(hash(1), 3)])
                try volume.remember(deleted: [(hash(1), 2)])
            }
            let volume = try fixture.open()
            #expect(try read(volume) == ([hash(1): 3, hash(2, .sha512): 7], 0))
            try volume.remember(deleted: [(hash(3), 1)])
            #expect(try read(volume).stones.count == 3)
        }
    }

    @Test("is text, exactly as sfs-storage(7) says")
    func format() async throws {
        try await VolumeFixture.withVolume { fixture, volume in
            try volume.remember(deleted: [(hash(1), 12)])
            let line = "\(try hash(1)) 12"
            let check = Array(line.utf8).withUnsafeBytes { CRC32C.sum(of: $0) }
            let digits = String(check, radix: 16)
            let text = try String(
                contentsOfFile: "\(fixture.path)/tombstones", encoding: .utf8)
            #expect(text == "\(line) \(String(repeating: "0", count: 8 - digits.count))\(digits)\n")
        }
    }

    @Test("passes over a line that a crash tore, and loses none after it", arguments: [2, 20, 49])
    func torn(length: Int) async throws {
        try await VolumeFixture.with { fixture in
            _ = try Volume.initialise(fixture.path, as: VolumeFixture.identity)
            try fixture.open().remember(deleted: [(hash(1), 1), (hash(2), 1)])
            let path = "\(fixture.path)/tombstones"
            try VolumeFixture.output(of: "truncate", "--size=-\(length)", path)
            let volume = try fixture.open()
            #expect(try read(volume).stones == [hash(1): 1])
            try volume.remember(deleted: [(hash(3), 1)])
            #expect(try read(volume) == ([hash(1): 1, hash(3): 1], 1))
        }
    }

    @Test("passes over damaged lines, and over what no line is")
    func damaged() async throws {
        try await VolumeFixture.withVolume { fixture, volume in
            try volume.remember(deleted: (0..<3).map { (try hash($0), 1) })
            let length = try hash(0).hex.utf8.count + 12
            try VolumeFixture.flipBit(of: "\(fixture.path)/tombstones", at: Int64(length) + 3)
            #expect(try read(volume) == ([hash(0): 1, hash(2): 1], 1))
            try append("\n\nfilm\n\(String(repeating: "x", count: 3_000_000))\n", to: fixture)
            #expect(try read(volume) == ([hash(0): 1, hash(2): 1], 3))
        }
    }

    @Test("is written anew when it grew too long, with the highest generation of each")
    func compacted() async throws {
        try await VolumeFixture.with { fixture in
            _ = try Volume.initialise(fixture.path, as: VolumeFixture.identity)
            let path = "\(fixture.path)/tombstones"
            let hashes = try (0..<100).map { try hash($0) }
            func length() throws -> Int {
                try #require(
                    FileManager.default.attributesOfItem(atPath: path)[.size] as? Int)
            }
            do {
                let volume = try fixture.open()
                try Data("left over".utf8).write(to: URL(filePath: "\(path).new"))
                for round in 0..<250 {
                    // Never in order, so that the highest is neither the first nor the last.
                    try volume.remember(
                        deleted: hashes.map { ($0, Int32((round * 101) % 250 + 1)) })
                    #expect(try length() < 1 << 20 + 1 << 14)
                }
                #expect(try length() < 1 << 19)
                #expect(!FileManager.default.fileExists(atPath: "\(path).new"))
                try volume.remember(deleted: [(hash(1000), 5)])
            }
            let found = try read(fixture.open())
            #expect(found.damaged == 0)
            #expect(found.stones.count == 101)
            #expect(hashes.allSatisfy { found.stones[$0] == 250 })
        }
    }

    @Test("of more than fits into memory at once is written anew without losing any")
    func manyParts() async throws {
        try await VolumeFixture.withVolume { fixture, volume in
            // 4.2 MiB, in two parts.
            var state: UInt64 = 1
            let stones = try (0..<30_000).map { number in
                let bytes = (0..<64).map { _ in
                    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
                    return UInt8(truncatingIfNeeded: state >> 33)
                }
                return (try ContentHash(bytes: bytes), Int32(number + 1))
            }
            let before = try inode(fixture)
            try volume.remember(deleted: stones)
            #expect(try inode(fixture) != before)
            let found = try read(volume)
            #expect(found.damaged == 0)
            #expect(found.stones == Dictionary(uniqueKeysWithValues: stones))
        }
    }

    private func inode(_ fixture: VolumeFixture) throws -> String {
        let path = "\(fixture.path)/tombstones"
        guard FileManager.default.fileExists(atPath: path) else { return "none" }
        return try VolumeFixture.output(of: "stat", "--format=%i", path)
    }

    @Test(
        "says when the disk is full, keeps what it had, and goes on when there is room",
        .enabled(if: geteuid() == 0, "mounting needs root"))
    func fullDisk() async throws {
        try await VolumeFixture.with { fixture in
            try VolumeFixture.output(
                of: "mount", "-t", "tmpfs", "-o", "size=2m", "sfs-test", fixture.path)
            defer { _ = umount2(fixture.path, CInt(MNT_DETACH)) }
            _ = try Volume.initialise(fixture.path, as: VolumeFixture.identity)
            let volume = try fixture.open()
            try volume.remember(deleted: [(hash(1), 1)])
            let filler = "\(fixture.path)/filler"
            // dd ends with an error when the disk is full, which it is to be.
            try VolumeFixture.output(
                of: "sh", "-c", "dd if=/dev/zero of=\(filler) bs=4096 2>/dev/null || true")
            let many = try (2..<200).map { (try hash($0), Int32(1)) }
            #expect(code { try volume.remember(deleted: many) } == .noSpace)
            #expect(code { try volume.remember(deleted: many) } == .noSpace)
            #expect(try read(volume).stones[hash(1)] == 1)
            try FileManager.default.removeItem(atPath: filler)
            try volume.remember(deleted: many)
            let found = try read(volume)
            #expect(found.stones.count == 199)
            #expect(found.damaged == 0)
        }
    }

    @Test("is one file for many threads")
    func atOnce() async throws {
        try await VolumeFixture.withVolume { _, volume in
            let queue = try DiskQueue(threads: 8)
            try await withThrowingTaskGroup(of: Void.self) { group in
                for number in 0..<64 {
                    let stone = (try hash(number), Int32(number + 1))
                    group.addTask { try await queue.run { try volume.remember(deleted: [stone]) } }
                }
                try await group.waitForAll()
            }
            await queue.shutdown()
            let found = try read(volume)
            #expect(found.stones.count == 64)
            #expect(found.damaged == 0)
        }
    }
}
