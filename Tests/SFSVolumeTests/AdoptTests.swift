import Foundation
import Glibc
import SFSCore
import SFSFiles
import SFSVolume
import Testing

@Suite("Adopting a folder")
struct AdoptTests {
    private let identity = VolumeFixture.identity

    private func refusal(
        _ fixture: VolumeFixture, as identity: VolumeIdentity? = nil, takesOver: Bool = true
    ) -> String? {
        do {
            _ = try Volume.adopt(
                fixture.path, as: identity ?? self.identity, takesOver: takesOver)
            return nil
        } catch let error as SFSError {
            return "\(error.code.rawValue): \(error.message)"
        } catch {
            return "\(error)"
        }
    }

    private func makeFolder(_ path: String) throws {
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    }

    @Test("of the original's gives it a label and leaves what else is there alone")
    func original() async throws {
        try await VolumeFixture.with { fixture in
            let hash = try fixture.plant(VolumeFixture.film, fileExtension: "mp4")
            try fixture.plant([1, 2, 3], algorithm: .sha256, fileExtension: "txt")
            for name in ["purchased", "job/x"] { try makeFolder("\(fixture.path)/\(name)") }
            try Data("y".utf8).write(to: URL(filePath: "\(fixture.path)/job/x/y"))
            let before = try fixture.files(in: "content")

            let label = try Volume.adopt(fixture.path, as: identity, takesOver: false)
            #expect(label.layout == .pairs)
            #expect(label.depth == 0)
            #expect(label.epoch == 1)
            #expect(try fixture.files(in: "content") == before)
            #expect(try fixture.files(in: "job") == ["x/y"])
            let volume = try fixture.open(volume: label.volume, epoch: 1)
            #expect(volume.label == label)
            #expect(try volume.advanceEpoch() == 2)
            let replica = try #require(try volume.openReplica(hash))
            #expect(try VolumeFixture.read(replica.reader()) == VolumeFixture.film)
        }
    }

    @Test("that is our volume already does nothing")
    func ours() async throws {
        try await VolumeFixture.with { fixture in
            let label = try Volume.initialise(fixture.path, as: identity)
            #expect(try Volume.adopt(fixture.path, as: identity, takesOver: true) == label)
            #expect(try fixture.open().label == label)
        }
    }

    @Test("twice does nothing the second time, and goes on where it was cut short")
    func again() async throws {
        try await VolumeFixture.with { fixture in
            try fixture.plant(VolumeFixture.film, fileExtension: "mp4")
            for name in ["spool", "trash"] { try makeFolder("\(fixture.path)/\(name)") }
            try Data("half a la".utf8).write(to: URL(filePath: "\(fixture.path)/.sfs-volume.new"))
            let label = try Volume.adopt(fixture.path, as: identity, takesOver: false)
            #expect(try Volume.adopt(fixture.path, as: identity, takesOver: false) == label)
        }
    }

    @Test("that was copied takes it over only when told to, and outdates the first")
    func copied() async throws {
        try await VolumeFixture.withVolume { fixture, volume in
            let hash = try VolumeFixture.put(VolumeFixture.film, into: volume)
            let epoch = try volume.advanceEpoch()
            let copy = "\(fixture.scratch)/copy"
            try VolumeFixture.output(of: "cp", "-a", fixture.path, copy)
            let error = try #require(throws: SFSError.self) {
                try Volume.adopt(copy, as: identity, takesOver: false)
            }
            #expect(error.code == .configuration)
            #expect(error.message.contains("a copy of volume \(volume.label.volume)"))

            let label = try Volume.adopt(copy, as: identity, takesOver: true)
            #expect(label.epoch == epoch + 1)
            #expect(label.volume == volume.label.volume)
            let second = try Volume.open(
                copy, expecting: identity, volume: label.volume, epoch: epoch)
            #expect(try second.openReplica(hash) != nil)
            // The catalog knows the new epoch from now on.
            let known = try second.advanceEpoch()
            try VolumeFixture.output(of: "mv", fixture.path, "\(fixture.path)-old")
            let refusal = code {
                _ = try Volume.open(
                    "\(fixture.path)-old", expecting: identity, volume: label.volume, epoch: known)
            }
            #expect(refusal == .configuration || refusal == .conflict)
        }
    }

    @Test("of another store or cluster is refused, whatever is asked for")
    func foreign() async throws {
        try await VolumeFixture.with { fixture in
            let label = try Volume.initialise(fixture.path, as: identity)
            let store = VolumeIdentity(
                clusterID: identity.clusterID, cluster: identity.cluster,
                store: try MemberName(parsing: "b1"))
            let cluster = VolumeIdentity(
                clusterID: "another", cluster: identity.cluster, store: identity.store)
            #expect(refusal(fixture, as: store)?.contains("of store 'a1'") == true)
            #expect(refusal(fixture, as: cluster)?.contains(label.clusterID) == true)
            #expect(try fixture.open().label == label)
        }
    }

    @Test("that is missing, empty or in no layout that we know is refused, and is left alone")
    func unknown() async throws {
        try await VolumeFixture.with { fixture in
            #expect(refusal(fixture)?.contains("use 'sfs store init'") == true)
            try makeFolder("\(fixture.path)/films")
            #expect(refusal(fixture)?.contains("no folder 'content'") == true)
            try makeFolder("\(fixture.path)/content/ab/cd/ef")
            #expect(refusal(fixture)?.contains("no content in 'content'") == true)
            try Data("x".utf8).write(to: URL(filePath: "\(fixture.path)/content/ab/film.mp4"))
            let found = refusal(fixture)
            #expect(
                found?.contains("'content/ab/film.mp4' and no content") == true, "\(found ?? "")")
            try makeFolder("\(fixture.path)/content/sha1/ab")
            #expect(refusal(fixture)?.contains("without a label") == true)
            #expect(try fixture.names(".") == ["content", "films"])
            try FileManager.default.removeItem(atPath: fixture.path)
            #expect(refusal(fixture)?.hasPrefix("no-input: ") == true)
        }
    }

    @Test("with a damaged label is refused")
    func damaged() async throws {
        try await VolumeFixture.with { fixture in
            try fixture.plant(VolumeFixture.film, fileExtension: "mp4")
            try Data("{}".utf8).write(to: URL(filePath: "\(fixture.path)/.sfs-volume"))
            #expect(refusal(fixture)?.contains("a label that cannot be read") == true)
        }
    }

    @Test(
        "sweeps nobody's files away: names of ours may not be taken",
        arguments: ["spool/x", "trash/x", "quarantine/x", "tombstones", "spool"])
    func taken(name: String) async throws {
        try await VolumeFixture.with { fixture in
            try fixture.plant(VolumeFixture.film, fileExtension: "mp4")
            let file = URL(filePath: "\(fixture.path)/\(name)")
            try FileManager.default.createDirectory(
                at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
            try Data("x".utf8).write(to: file)
            let found = refusal(fixture)
            #expect(found?.hasPrefix("conflict: cannot adopt") == true, "\(found ?? "none")")
            #expect(!FileManager.default.fileExists(atPath: "\(fixture.path)/.sfs-volume"))
        }
    }

    @Test("that is in use is refused")
    func inUse() async throws {
        try await VolumeFixture.withPairs { fixture, volume in
            #expect(refusal(fixture)?.hasPrefix("conflict: ") == true)
            _ = volume.label
        }
    }

    @Test(
        "whose contents are on another file system is refused",
        .enabled(if: geteuid() == 0, "mounting needs root"))
    func mounted() async throws {
        try await VolumeFixture.with { fixture in
            try makeFolder("\(fixture.path)/content")
            try VolumeFixture.output(
                of: "mount", "-t", "tmpfs", "sfs-test", "\(fixture.path)/content")
            defer { _ = umount2("\(fixture.path)/content", CInt(MNT_DETACH)) }
            try fixture.plant(VolumeFixture.film, fileExtension: "mp4")
            #expect(refusal(fixture)?.contains("on another file system") == true)
        }
    }

    @Test("of many files gives them all")
    func many() async throws {
        try await VolumeFixture.with { fixture in
            var planted: Set<ContentHash> = []
            for number in 0..<300 {
                planted.insert(
                    try fixture.plant(
                        VolumeFixture.bytes(10, seed: UInt64(number)), fileExtension: "bin"))
            }
            _ = try Volume.adopt(fixture.path, as: identity, takesOver: false)
            let volume = try fixture.open()
            #expect(Set(try VolumeFixture.replicas(in: volume)) == planted)
        }
    }
}
