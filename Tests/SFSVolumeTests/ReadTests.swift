import Foundation
import NIOCore
import SFSCore
import SFSFiles
import SFSVolume
import SystemPackage
import Testing

@Suite("Reading a replica")
struct ReadTests {
    private static let blockSize: Int64 = 256 << 10
    private static let film = VolumeFixture.bytes(5_000_000)

    /// A replica of `bytes` whose blocks are `2^doublings` times as large as they would be.
    private func replica(
        _ bytes: [UInt8], doublings: Int, _ fixture: VolumeFixture, _ volume: Volume
    ) throws -> ContentHash {
        let hash = try VolumeFixture.put(bytes, into: volume)
        let file = try OpenFile.open(FilePath(fixture.file(hash)))
        var sums = try BlockSums(encoded: #require(try file.attribute("user.sfs.sums")))
        for _ in 0..<doublings { sums = sums.coarser() }
        try file.setAttribute("user.sfs.sums", sums.encoded)
        return hash
    }

    private static let ranges: [Range<Int>] = [
        0..<1, 0..<5_000_000, 4_999_999..<5_000_000, 1_048_570..<1_048_580, 262_144..<524_288,
        100..<4_999_900, 3_000_000..<3_000_000,
    ]

    @Test("gives any part, whatever the size of the blocks", arguments: [0, 1, 2, 3, 4])
    func parts(doublings: Int) async throws {
        try await VolumeFixture.withVolume { fixture, volume in
            let hash = try replica(Self.film, doublings: doublings, fixture, volume)
            let open = try #require(try volume.openReplica(hash))
            for range in Self.ranges {
                let offsets = Int64(range.lowerBound)..<Int64(range.upperBound)
                let reader = try open.reader(offsets)
                var read: [UInt8] = []
                while let buffer = try reader.next() {
                    #expect((1...1 << 20).contains(buffer.readableBytes))
                    read += Array(buffer: buffer)
                }
                #expect(read == Array(Self.film[range]), "\(range)")
                try open.check(offsets)
            }
        }
    }

    @Test(
        "finds it bad, and not the disk, when its name belongs to something else",
        arguments: ["mkdir", "mkfifo", "ln -s /etc/passwd", "ln -s /nowhere"])
    func notAFile(make: String) async throws {
        try await VolumeFixture.withVolume { fixture, volume in
            let hash = try VolumeFixture.put(VolumeFixture.bytes(100), into: volume)
            let path = fixture.file(hash)
            try VolumeFixture.output(of: "sh", "-c", "rm -f \(path) && \(make) \(path)")
            #expect(code { _ = try volume.openReplica(hash) } == .corrupt)
            guard case .bad? = try volume.examine(hash, at: .now()) else {
                Issue.record("it is not bad")
                return
            }
        }
    }

    @Test("beyond its end is refused", arguments: [0..<101, -1..<5, 200..<201] as [Range<Int64>])
    func beyond(range: Range<Int64>) async throws {
        try await VolumeFixture.withVolume { _, volume in
            let hash = try VolumeFixture.put(VolumeFixture.bytes(100), into: volume)
            let open = try #require(try volume.openReplica(hash))
            #expect(code { _ = try open.reader(range) } == .rangeNotSatisfiable)
        }
    }

    @Test("gives no byte of a block with a wrong bit, and all the others", arguments: [0, 1, 2, 3])
    func flipped(doublings: Int) async throws {
        try await VolumeFixture.withVolume { fixture, volume in
            let hash = try replica(Self.film, doublings: doublings, fixture, volume)
            for position in [0, 262_143, 262_144, 2_000_000, 4_999_999] as [Int64] {
                try VolumeFixture.flipBit(of: fixture.file(hash), at: position)
                let open = try #require(try volume.openReplica(hash))
                try expectDamage(of: open, at: position, Self.blockSize << Int64(doublings))
                try VolumeFixture.flipBit(of: fixture.file(hash), at: position)
            }
        }
    }

    /// Expects that exactly the block with the byte at `position` cannot be read.
    private func expectDamage(
        of open: OpenReplica, at position: Int64, _ blockSize: Int64
    ) throws {
        let start = position / blockSize * blockSize
        let end = min(start + blockSize, open.size)
        #expect(code { _ = try open.reader(position..<position + 1).next() } == .corrupt)
        #expect(code { _ = try open.reader(start..<start + 1).next() } == .corrupt)
        #expect(code { try open.check(end - 1..<end) } == .corrupt)
        #expect(code { _ = try VolumeFixture.read(open.reader()) } == .corrupt)
        let before = try VolumeFixture.read(open.reader(0..<start))
        #expect(before == Array(Self.film[..<Int(start)]))
        let after = try VolumeFixture.read(open.reader(end..<open.size))
        #expect(after == Array(Self.film[Int(end)...]))
    }

    @Test("finds a bit that flips after its block was checked")
    func flippedMeanwhile() async throws {
        try await VolumeFixture.withVolume { fixture, volume in
            let hash = try replica(Self.film, doublings: 4, fixture, volume)
            let reader = try #require(try volume.openReplica(hash)).reader()
            #expect(try reader.next() == ByteBuffer(bytes: Self.film[..<(1 << 20)]))
            try VolumeFixture.flipBit(of: fixture.file(hash), at: 1_500_000)
            #expect(code { _ = try reader.next() } == .corrupt)
        }
    }

    @Test("of a file that became shorter or longer is refused", arguments: ["-1", "+1"])
    func truncated(change: String) async throws {
        try await VolumeFixture.withVolume { fixture, volume in
            let hash = try VolumeFixture.put(VolumeFixture.bytes(600_000), into: volume)
            let open = try #require(try volume.openReplica(hash))
            try VolumeFixture.resize(fixture.file(hash), to: change)
            #expect(code { _ = try volume.openReplica(hash) } == .corrupt)
            if change == "-1" {
                #expect(code { _ = try VolumeFixture.read(open.reader()) } == .corrupt)
            }
        }
    }

    @Test(
        "without its sums makes them anew, only when all bytes match the name",
        arguments: [true, false])
    func lostSums(isGood: Bool) async throws {
        try await VolumeFixture.withVolume { fixture, volume in
            let bytes = VolumeFixture.bytes(600_000)
            let hash = try VolumeFixture.put(bytes, into: volume)
            let path = fixture.file(hash)
            let file = try OpenFile.open(FilePath(path))
            let sums = try file.attribute("user.sfs.sums")
            var damaged = try #require(sums)
            damaged[14] ^= 1
            try file.setAttribute("user.sfs.sums", damaged)
            if !isGood { try VolumeFixture.flipBit(of: path, at: 599_999) }

            let open = try #require(try volume.openReplica(hash))
            let result = code { _ = try open.reader(0..<10).next() }
            #expect(result == (isGood ? nil : .corrupt))
            #expect(try file.attribute("user.sfs.sums") == (isGood ? sums : damaged))
        }
    }

    @Test("goes on when the name is taken away meanwhile")
    func unlinked() async throws {
        try await VolumeFixture.withVolume { fixture, volume in
            let bytes = VolumeFixture.bytes(2_000_000)
            let hash = try VolumeFixture.put(bytes, into: volume)
            let reader = try #require(try volume.openReplica(hash)).reader()
            let first = try #require(try reader.next())
            #expect(try volume.moveToTrash(hash, generation: 1, on: .now()))
            #expect(try Array(buffer: first) + VolumeFixture.read(reader) == bytes)
            #expect(try volume.openReplica(hash) == nil)
        }
    }

    @Test("verifies all of it against the name, and notes when")
    func verify() async throws {
        try await VolumeFixture.withVolume { fixture, volume in
            let hash = try VolumeFixture.put(VolumeFixture.bytes(600_000), into: volume)
            let open = try #require(try volume.openReplica(hash))
            let time = Timestamp(milliseconds: 1_800_000_000_000)
            try open.verify(at: time)
            #expect(try open.verifiedTime() == time)
            try VolumeFixture.flipBit(of: fixture.file(hash), at: 0)
            #expect(code { try open.verify(at: .now()) } == .corrupt)
            #expect(try open.verifiedTime() == time)
        }
    }

    @Test("finds every replica and nothing else")
    func all() async throws {
        try await VolumeFixture.withVolume { fixture, volume in
            var put: Set<ContentHash> = []
            for (index, algorithm) in HashAlgorithm.allCases.enumerated() {
                for seed in 0..<5 {
                    let bytes = VolumeFixture.bytes(10, seed: UInt64(index * 5 + seed))
                    put.insert(try VolumeFixture.put(bytes, into: volume, algorithm: algorithm))
                }
            }
            let misplaced = try #require(put.first { $0.hex.prefix(2) != "00" }).hex
            for name in ["README", misplaced] {
                try Data().write(to: URL(filePath: "\(fixture.path)/content/sha1/00/\(name)"))
            }
            let found = try VolumeFixture.replicas(in: volume)
            #expect(Set(found) == put)
            #expect(found.count == put.count)
            #expect(try VolumeFixture.replicas(in: volume, limit: 3).count == 3)
        }
    }
}
