import Foundation
import SFSCore
import SFSFiles
import SFSVolume
import SystemPackage
import Testing

@Suite("Committing what is there already")
struct CommitTests {
    private let bytes = VolumeFixture.bytes(600_000)

    private func inode(_ path: String) throws -> String {
        try VolumeFixture.output(of: "stat", "--format=%i", path)
    }

    @Test("keeps the good file, drops the new one")
    func good() async throws {
        try await VolumeFixture.withVolume { fixture, volume in
            let hash = try VolumeFixture.put(bytes, into: volume)
            let before = try inode(fixture.file(hash))
            let other = VolumeFixture.attributes(fileExtension: "mov")
            try VolumeFixture.put(bytes, into: volume, attributes: other)
            #expect(try inode(fixture.file(hash)) == before)
            #expect(try volume.openReplica(hash)?.attributes == VolumeFixture.attributes())
            #expect(try fixture.names("spool") == [])
            #expect(try fixture.names("quarantine") == [])
        }
    }

    @Test("raises the generation of the good file, never lowers it")
    func generation() async throws {
        try await VolumeFixture.withVolume { fixture, volume in
            for generation in [2, 5, 3] as [Int32] {
                let attributes = VolumeFixture.attributes(generation: generation)
                try VolumeFixture.put(bytes, into: volume, attributes: attributes)
            }
            let hash = try VolumeFixture.put(bytes, into: volume)
            #expect(try volume.openReplica(hash)?.attributes?.generation == 5)
            let mode = try VolumeFixture.output(of: "stat", "--format=%a", fixture.file(hash))
            #expect(mode == "444\n")
        }
    }

    @Test("gives back the attributes that the good file had lost")
    func lostAttributes() async throws {
        try await VolumeFixture.withVolume { fixture, volume in
            let hash = try VolumeFixture.put(bytes, into: volume)
            let file = try OpenFile.open(FilePath(fixture.file(hash)))
            let names = ["user.sfs.meta", "user.sfs.sums", "user.sfs.verified"]
            let sums = try file.attribute("user.sfs.sums")
            for name in names { try file.setAttribute(name, Array("rot".utf8)) }
            #expect(try volume.openReplica(hash)?.attributes == nil)
            try VolumeFixture.put(bytes, into: volume)
            let replica = try #require(try volume.openReplica(hash))
            #expect(replica.attributes == VolumeFixture.attributes())
            #expect(try replica.verifiedTime() != nil)
            #expect(try file.attribute("user.sfs.sums") == sums)
        }
    }

    @Test(
        "puts a file with a wrong bit, or of a wrong length, into quarantine, and itself there",
        arguments: ["flip", "599999", "600001", "0"])
    func bad(harm: String) async throws {
        try await VolumeFixture.withVolume { fixture, volume in
            let hash = try VolumeFixture.put(bytes, into: volume)
            let path = fixture.file(hash)
            if harm == "flip" {
                try VolumeFixture.flipBit(of: path, at: 300_000)
            } else {
                try VolumeFixture.resize(path, to: harm)
            }
            let bad = try inode(path)
            try VolumeFixture.put(bytes, into: volume)

            let names = try fixture.names("quarantine")
            #expect(names.count == 1)
            let name = try #require(names.first)
            #expect(name.hasPrefix("\(hash)."))
            #expect(try inode("\(fixture.path)/quarantine/\(name)") == bad)
            let replica = try #require(try volume.openReplica(hash))
            #expect(try VolumeFixture.read(replica.reader()) == bytes)
            #expect(try fixture.names("spool") == [])
        }
    }

    @Test(
        "moves whatever else has the name out of the way",
        arguments: ["mkdir", "mkfifo", "ln -s /"])
    func notAFile(make: String) async throws {
        try await VolumeFixture.withVolume { fixture, volume in
            let hash = try VolumeFixture.put(bytes, into: volume)
            let path = fixture.file(hash)
            try VolumeFixture.output(of: "sh", "-c", "rm -f \(path) && \(make) \(path)")
            try VolumeFixture.put(bytes, into: volume)
            #expect(try fixture.names("quarantine").count == 1)
            let replica = try #require(try volume.openReplica(hash))
            #expect(try VolumeFixture.read(replica.reader()) == bytes)
        }
    }

    @Test("64 times at once makes one content and no leftover")
    func atOnce() async throws {
        try await VolumeFixture.withVolume { fixture, volume in
            let queue = try DiskQueue(threads: 8)
            let hashes = try await withThrowingTaskGroup(of: ContentHash.self) { group in
                for _ in 0..<64 {
                    group.addTask { [bytes] in
                        try await queue.run { try VolumeFixture.put(bytes, into: volume) }
                    }
                }
                return try await group.reduce(into: Set()) { $0.insert($1) }
            }
            await queue.shutdown()
            let hash = try #require(hashes.first)
            #expect(hashes.count == 1)
            #expect(try fixture.names("content/sha1/\(hash.hex.prefix(2))") == [hash.hex])
            #expect(try fixture.names("spool") == [])
            #expect(try fixture.names("quarantine") == [])
        }
    }
}
