import Foundation
import SFSCore
import SFSFiles
import SFSVolume
import SystemPackage
import Testing

@Suite("A volume in the original's layout")
struct PairsTests {
    private let bytes = VolumeFixture.bytes(600_000)
    private let day = Timestamp(milliseconds: 1_795_339_800_123)

    @Test(
        "names files exactly as protocol.md 1.4 does",
        arguments: zip(
            [HashAlgorithm.sha1, .md5, .sha224],
            [
                "a0/3f/18/1d/c7/de/dc/fb/57/75/11/14/9b/88/44/71/1e/fd/b0/4f.txt",
                "3e/83/75/d3/a6/17/d6/37/b3/62/46/17/9e/0f/e9/6b.txt",
                "47/9d/b3/65/98/ed/de/f5/74/05/73/52/b5/a6/12/32/f8/f0/d9/2b/29/99/6e/b0/30/"
                    + "ca/2d/39.txt",
            ]))
    func names(algorithm: HashAlgorithm, path: String) async throws {
        try await VolumeFixture.withPairs { fixture, volume in
            let fox = Array("The fox is brown".utf8)
            let attributes = VolumeFixture.attributes(fileExtension: "txt")
            let hash = try VolumeFixture.put(
                fox, into: volume, algorithm: algorithm, attributes: attributes)
            let file = "\(fixture.path)/content/\(path)"
            #expect(try Data(contentsOf: URL(filePath: file)) == Data(fox))
            let replica = try #require(try volume.openReplica(hash))
            #expect(replica.attributes == attributes)
        }
    }

    @Test(
        "takes in, reads and takes away contents of any algorithm",
        arguments: HashAlgorithm.allCases)
    func life(algorithm: HashAlgorithm) async throws {
        try await VolumeFixture.withPairs { fixture, volume in
            let hash = try VolumeFixture.put(bytes, into: volume, algorithm: algorithm)
            let file = fixture.pairsFile(hash, fileExtension: "mp4")
            #expect(try VolumeFixture.output(of: "stat", "--format=%a", file) == "444\n")
            #expect(try volume.holds(hash))
            #expect(try volume.status(of: hash)?.size == 600_000)
            let replica = try #require(try volume.openReplica(hash))
            #expect(try VolumeFixture.read(replica.reader()) == bytes)
            let film = try VolumeFixture.hash(VolumeFixture.film)
            #expect(Set(try VolumeFixture.replicas(in: volume)) == [film, hash])

            #expect(try volume.moveToTrash(hash, generation: 1, on: day))
            #expect(try fixture.names("trash/20261122") == ["\(hash).1"])
            #expect(try volume.openReplica(hash) == nil)
            #expect(try !volume.holds(hash))
            #expect(try VolumeFixture.replicas(in: volume) == [film])
            #expect(try volume.status(of: hash) == nil)
        }
    }

    @Test("has one file of a content, whatever extension it is put with")
    func oneExtension() async throws {
        try await VolumeFixture.withPairs { fixture, volume in
            let before = try fixture.files(in: "content")
            let attributes = VolumeFixture.attributes(fileExtension: "mov")
            let hash = try VolumeFixture.put(
                VolumeFixture.film, into: volume, attributes: attributes)
            #expect(try fixture.files(in: "content") == before)
            #expect(try fixture.names("spool") == [])
            let replica = try #require(try volume.openReplica(hash))
            // The original kept no attributes: it has those of the put now.
            #expect(replica.attributes == attributes)
            #expect(try replica.verifiedTime() != nil)
        }
    }

    @Test("takes contents without an extension")
    func noExtension() async throws {
        try await VolumeFixture.withPairs { fixture, volume in
            let attributes = VolumeFixture.attributes(fileExtension: "")
            let hash = try VolumeFixture.put(bytes, into: volume, attributes: attributes)
            let file = fixture.pairsFile(hash, fileExtension: "")
            #expect(FileManager.default.fileExists(atPath: file))
            #expect(try volume.openReplica(hash)?.attributes == attributes)
        }
    }

    @Test("puts itself in the place of a file with a wrong bit")
    func bad() async throws {
        try await VolumeFixture.withPairs { fixture, volume in
            let hash = try VolumeFixture.hash(VolumeFixture.film)
            try VolumeFixture.flipBit(
                of: fixture.pairsFile(hash, fileExtension: "mp4"), at: 299_999)
            try VolumeFixture.put(
                VolumeFixture.film, into: volume,
                attributes: VolumeFixture.attributes(fileExtension: "mov"))
            #expect(try fixture.names("quarantine").count == 1)
            let replica = try #require(try volume.openReplica(hash))
            #expect(try VolumeFixture.read(replica.reader()) == VolumeFixture.film)
            let files = try fixture.files(in: "content")
            #expect(files.count == 1)
            #expect(files.first?.hasSuffix(".mov") == true)
        }
    }

    @Test("takes the first by name of two files of one content, and calls the other foreign")
    func two() async throws {
        try await VolumeFixture.withPairs { fixture, volume in
            let hash = try fixture.plant(VolumeFixture.film, fileExtension: "avi")
            let other = fixture.pairsFile(hash, fileExtension: "mp4")
            let entries = try VolumeFixture.scan(volume)
            #expect(entries.count == 2)
            #expect(entries.contains(.content(hash, size: 300_000)))
            #expect(
                entries.contains(.foreign(path: String(other.dropFirst(fixture.path.count + 1)))))
            #expect(try volume.openReplica(hash)?.file.path.extension == "avi")
            #expect(try volume.moveToQuarantine(hash, at: day))
            #expect(try volume.openReplica(hash)?.file.path.extension == "mp4")
        }
    }

    @Test("tells what it can of a file without attributes")
    func derived() async throws {
        try await VolumeFixture.withPairs { fixture, volume in
            let hash = try VolumeFixture.hash(VolumeFixture.film)
            let file = fixture.pairsFile(hash, fileExtension: "mp4")
            try VolumeFixture.output(of: "touch", "--date=2020-02-03T04:05:06Z", file)
            let replica = try #require(try volume.openReplica(hash))
            #expect(replica.attributes == nil)
            let attributes = try replica.derivedAttributes(generation: 3)
            #expect(attributes.fileExtension == "mp4")
            #expect(attributes.mediaType == "video/mp4")
            #expect(attributes.created.description == "2020-02-03T04:05:06.000Z")
            #expect(attributes.generation == 3)
        }
    }

    @Test("can have its empty folders taken away, and makes them again")
    func emptied() async throws {
        try await VolumeFixture.withPairs { fixture, volume in
            let hash = try VolumeFixture.put(bytes, into: volume)
            #expect(try volume.moveToTrash(hash, generation: 1, on: day))
            try VolumeFixture.output(
                of: "find", "\(fixture.path)/content", "-type", "d", "-empty", "-delete")
            #expect(try volume.openReplica(hash) == nil)
            try VolumeFixture.put(bytes, into: volume)
            #expect(try volume.openReplica(hash) != nil)
        }
    }

    @Test("64 times the same at once, under eight extensions, makes one content")
    func atOnce() async throws {
        try await VolumeFixture.withPairs { fixture, volume in
            let queue = try DiskQueue(threads: 8)
            try await withThrowingTaskGroup(of: Void.self) { group in
                for number in 0..<64 {
                    group.addTask { [bytes] in
                        let attributes = VolumeFixture.attributes(fileExtension: "e\(number % 8)")
                        _ = try await queue.run {
                            try VolumeFixture.put(bytes, into: volume, attributes: attributes)
                        }
                    }
                }
                try await group.waitForAll()
            }
            await queue.shutdown()
            #expect(try fixture.files(in: "content").count == 2)
            #expect(try fixture.names("spool") == [])
            #expect(try fixture.names("quarantine") == [])
        }
    }
}
