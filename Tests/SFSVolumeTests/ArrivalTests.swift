import Foundation
import NIOCore
import SFSCore
import SFSFiles
import SFSVolume
import Testing

@Suite("Small files that arrive together")
struct ArrivalTests {
    private func file(
        _ size: Int, seed: UInt8 = 1, attributes: ContentAttributes = VolumeFixture.attributes()
    ) throws -> ArrivingFile {
        let bytes = ByteBuffer(bytes: (0..<size).map { UInt8(truncatingIfNeeded: $0) &+ seed })
        let hasher = try ContentHasher(.sha1)
        hasher.update(bytes)
        return ArrivingFile(
            hash: try hasher.finish(), attributes: attributes, bytes: bytes,
            sum: bytes.withUnsafeReadableBytes { CRC32C.sum(of: $0) })
    }

    @Test(
        "become replicas with everything that one alone has, few or many", arguments: [1, 2, 3, 40])
    func all(count: Int) async throws {
        try await VolumeFixture.withVolume { fixture, volume in
            let files = try (0..<count).map { try file(1000 + $0) }
            let results = volume.take(files, reserve: ByteCount(0))
            for (file, result) in zip(files, results) {
                #expect(try result.get().size == Int64(file.bytes.readableBytes))
                let replica = try #require(try volume.openReplica(file.hash))
                #expect(replica.attributes == file.attributes)
                #expect(try replica.verifiedTime() != nil)
                try replica.check(0..<replica.size)
                try replica.verify(at: .now())
                let mode = try VolumeFixture.output(
                    of: "stat", "--format=%a", fixture.file(file.hash))
                #expect(mode == "444\n")
            }
            #expect(try fixture.names("spool") == [])
        }
    }

    @Test("fail alone when their bytes are not those that were hashed")
    func otherBytes() async throws {
        try await VolumeFixture.withVolume { fixture, volume in
            let good = try (1...4).map { try file(100 * $0) }
            let changed = ArrivingFile(
                hash: good[0].hash, attributes: good[0].attributes, bytes: good[1].bytes,
                sum: good[0].sum)
            let results = volume.take([changed] + good[1...], reserve: ByteCount(0))
            let error = #expect(throws: SFSError.self) { try results[0].get() }
            #expect(error?.code == .corrupt)
            #expect(results.dropFirst().allSatisfy { (try? $0.get()) != nil })
            #expect(try !volume.holds(good[0].hash))
            #expect(try fixture.names("spool") == [])
        }
    }

    @Test("keep a good file that is there, and take the place of a bad one")
    func thereAlready() async throws {
        try await VolumeFixture.withVolume { fixture, volume in
            let files = try (1...5).map { try file(50_000 + $0) }
            _ = volume.take(files, reserve: ByteCount(0))
            let inode = try VolumeFixture.output(
                of: "stat", "--format=%i", fixture.file(files[0].hash))
            try VolumeFixture.flipBit(of: fixture.file(files[1].hash), at: 40_000)
            let results = volume.take(files, reserve: ByteCount(0))
            #expect(results.allSatisfy { (try? $0.get()) != nil })
            let after = try VolumeFixture.output(
                of: "stat", "--format=%i", fixture.file(files[0].hash))
            #expect(after == inode)
            for file in files { try volume.openReplica(file.hash)?.verify(at: .now()) }
            #expect(try fixture.names("quarantine").count == 1)
            #expect(try fixture.names("spool") == [])
        }
    }

    @Test("are all refused where there is no room beside the reserve")
    func full() async throws {
        try await VolumeFixture.withVolume { fixture, volume in
            let results = volume.take(
                try (1...4).map { try file($0) }, reserve: ByteCount(1 << 60))
            for result in results {
                let error = #expect(throws: SFSError.self) { try result.get() }
                #expect(error?.code == .noSpace)
            }
            #expect(try fixture.names("spool") == [])
        }
    }
}
