import Foundation
import Glibc
import NIOCore
import SFSCore
import SFSFiles
import SFSVolume
import SystemPackage
import Testing

@Suite("Receiving into a volume")
struct SpoolTests {
    private func begin(
        _ volume: Volume, _ upload: UploadID = .random(), length: Int64? = nil,
        reserve: ByteCount = ByteCount(0)
    ) throws -> SpoolFile {
        try volume.beginSpool(upload, algorithm: .sha1, length: length, reserve: reserve)
    }

    @Test("makes a file that find and sha1sum agree with", arguments: HashAlgorithm.allCases)
    func put(algorithm: HashAlgorithm) async throws {
        try await VolumeFixture.withVolume { fixture, volume in
            let bytes = VolumeFixture.bytes(700_001)
            let hash = try VolumeFixture.put(bytes, into: volume, algorithm: algorithm)
            let found = try VolumeFixture.output(
                of: "find", "\(fixture.path)/content", "-type", "f", "-exec",
                "\(algorithm.rawValue)sum", "{}", "+")
            #expect(found == "\(hash)  \(fixture.file(hash))\n")
            let mode = try VolumeFixture.output(of: "stat", "--format=%a %s", fixture.file(hash))
            #expect(mode == "444 700001\n")
            #expect(try fixture.names("spool") == [])

            let replica = try #require(try volume.openReplica(hash))
            #expect(replica.attributes == VolumeFixture.attributes())
            #expect(replica.size == 700_001)
            #expect(try replica.verifiedTime() != nil)
            #expect(try VolumeFixture.read(replica.reader()) == bytes)
        }
    }

    @Test("writes the attributes exactly as sfs-storage(7) says")
    func attributes() async throws {
        try await VolumeFixture.withVolume { fixture, volume in
            let attributes = VolumeFixture.attributes(generation: 3, fileExtension: "")
            let hash = try VolumeFixture.put([1, 2, 3], into: volume, attributes: attributes)
            let file = try OpenFile.open(FilePath(fixture.file(hash)))
            let meta = try #require(try file.attribute("user.sfs.meta"))
            let text = "1 3 2026-11-22T09:30:00.123Z - video/mp4"
            let check = Array(text.utf8).withUnsafeBytes { CRC32C.sum(of: $0) }
            #expect(String(decoding: meta, as: UTF8.self) == "\(text) \(String(check, radix: 16))")

            let sums = try #require(try file.attribute("user.sfs.sums"))
            let head: [UInt8] = [1, 18, 0, 0, 3, 0, 0, 0, 0, 0, 0, 0]
            #expect(Array(sums.prefix(12)) == head)
            let sum = ([1, 2, 3] as [UInt8]).withUnsafeBytes { CRC32C.sum(of: $0) }
            #expect(Array(sums[12..<16]) == withUnsafeBytes(of: sum.littleEndian, Array.init))
            #expect(sums.count == 20)
        }
    }

    @Test("of no bytes is a content too")
    func empty() async throws {
        try await VolumeFixture.withVolume { _, volume in
            let hash = try VolumeFixture.put([], into: volume, length: 0)
            let replica = try #require(try volume.openReplica(hash))
            #expect(replica.size == 0)
            #expect(try replica.reader().next() == nil)
            try replica.verify(at: .now())
        }
    }

    @Test("under a hash that does not match leaves nothing")
    func mismatch() async throws {
        try await VolumeFixture.withVolume { fixture, volume in
            let file = try begin(volume)
            try file.append(ByteBuffer(string: "film"))
            let other = try ContentHasher(.sha1).finish()
            let refusal = code {
                try file.commit(as: other, attributes: VolumeFixture.attributes())
            }
            #expect(refusal == .hashMismatch)
            #expect(try fixture.names("spool") == [])
            #expect(try volume.openReplica(other) == nil)
            #expect(code { _ = try file.finish() } == .notFound)
        }
    }

    @Test("more or fewer bytes than were announced leaves nothing", arguments: [3, 5])
    func wrongLength(announced: Int64) async throws {
        try await VolumeFixture.withVolume { fixture, volume in
            let file = try begin(volume, length: announced)
            let refusal = code {
                try file.append(ByteBuffer(string: "film"))
                _ = try file.finish()
            }
            #expect(refusal == .protocol)
            #expect(try fixture.names("spool") == [])
        }
    }

    @Test("that is discarded or let go leaves nothing")
    func discarded() async throws {
        try await VolumeFixture.withVolume { fixture, volume in
            let upload = UploadID.random()
            let file = try begin(volume, upload)
            #expect(try fixture.names("spool") == [upload.text])
            #expect(code { _ = try begin(volume, upload) } == .conflict)
            try file.discard()
            try file.discard()
            #expect(try fixture.names("spool") == [])
            _ = try begin(volume, upload)
            #expect(try fixture.names("spool") == [])
        }
    }

    @Test(
        "keeps the reserve free, whether or not the length is known",
        arguments: [nil, 1_000_000])
    func reserve(length: Int64?) async throws {
        try await VolumeFixture.withVolume { fixture, volume in
            let free = try volume.space().freeBytes
            let refusal = code {
                _ = try begin(volume, length: length, reserve: ByteCount(free + (1 << 30)))
            }
            #expect(refusal == .noSpace)
            #expect(try fixture.names("spool") == [])
        }
    }

    @Test("is swept of what nobody holds, and of nothing else")
    func sweep() async throws {
        try await VolumeFixture.withVolume { fixture, volume in
            let (held, kept, left) = (UploadID.random(), UploadID.random(), UploadID.random())
            let file = try begin(volume, held)
            for name in [kept.text, left.text, "not-an-upload"] {
                try Data("x".utf8).write(to: URL(filePath: "\(fixture.path)/spool/\(name)"))
            }
            #expect(try volume.sweepSpool(keeping: [kept], olderThan: .seconds(3600)).files == 0)
            #expect(try volume.sweepSpool(keeping: [kept], olderThan: .zero).files == 2)
            #expect(try fixture.names("spool") == [held.text, kept.text].sorted())
            try file.append(ByteBuffer(string: "film"))
            let hash = try file.finish().hash
            try file.commit(as: hash, attributes: VolumeFixture.attributes())
            #expect(try volume.sweepSpool().files == 1)
            #expect(try fixture.names("spool") == [])
            #expect(try volume.openReplica(hash) != nil)
        }
    }

    @Test(
        "into a disk that becomes full leaves nothing there",
        .enabled(if: geteuid() == 0, "mounting needs root"), arguments: [nil, 8_000_000])
    func fullDisk(length: Int64?) async throws {
        try await VolumeFixture.with { fixture in
            try VolumeFixture.output(
                of: "mount", "-t", "tmpfs", "-o", "size=4m", "sfs-test", fixture.path)
            defer { _ = umount2(fixture.path, CInt(MNT_DETACH)) }
            _ = try Volume.initialise(fixture.path, as: VolumeFixture.identity)
            let volume = try fixture.open()
            let free = try volume.space().freeBytes
            let refusal = code {
                let file = try begin(volume, length: length)
                for _ in 0..<8 { try file.append(ByteBuffer(repeating: 1, count: 1_000_000)) }
            }
            #expect(refusal == .noSpace)
            #expect(try fixture.names("spool") == [])
            #expect(try volume.space().freeBytes == free)
        }
    }

    @Test(
        "into a read-only disk fails as a disk error",
        .enabled(if: geteuid() == 0, "mounting needs root"))
    func readOnlyDisk() async throws {
        try await VolumeFixture.with { fixture in
            try VolumeFixture.output(of: "mount", "-t", "tmpfs", "sfs-test", fixture.path)
            defer { _ = umount2(fixture.path, CInt(MNT_DETACH)) }
            _ = try Volume.initialise(fixture.path, as: VolumeFixture.identity)
            let volume = try fixture.open()
            let hash = try VolumeFixture.put([1, 2, 3], into: volume)
            try VolumeFixture.output(of: "mount", "-o", "remount,ro", fixture.path)
            #expect(code { _ = try begin(volume) } == .io)
            #expect(code { _ = try volume.advanceEpoch() } == .io)
            let replica = try #require(try volume.openReplica(hash))
            #expect(try VolumeFixture.read(replica.reader()) == [1, 2, 3])
        }
    }

    @Test(
        "that cannot get its name is not acknowledged and leaves nothing",
        .enabled(if: geteuid() == 0, "making a folder immutable needs root"))
    func cannotBeNamed() async throws {
        try await VolumeFixture.withVolume { fixture, volume in
            let file = try begin(volume)
            try file.append(ByteBuffer(string: "film"))
            let hash = try file.finish().hash
            let folder = "\(fixture.path)/content/sha1/\(hash.hex.prefix(2))"
            try VolumeFixture.output(of: "chattr", "+i", folder)
            let refusal = code {
                try file.commit(as: hash, attributes: VolumeFixture.attributes())
            }
            try VolumeFixture.output(of: "chattr", "-i", folder)
            #expect(refusal == .io)
            #expect(try fixture.names("spool") == [])
            #expect(try volume.openReplica(hash) == nil)
        }
    }
}
