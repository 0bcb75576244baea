import Foundation
import Glibc
import SFSCore
import SFSVolume
import Testing

@Suite("Making a volume")
struct InitialiseTests {
    private let identity = VolumeFixture.identity

    @Test("gives an empty folder its folders and a label that standard tools can check")
    func layout() async throws {
        try await VolumeFixture.with { fixture in
            try FileManager.default.createDirectory(
                atPath: "\(fixture.path)/lost+found", withIntermediateDirectories: false)
            let label = try Volume.initialise(fixture.path, as: identity)
            #expect(label.store == identity.store)
            #expect(label.epoch == 1)
            #expect(
                try fixture.names(".")
                    == [".sfs-volume", "content", "lost+found", "quarantine", "spool", "trash"])
            #expect(try fixture.names("content/sha1").count == 256)

            let path = "\(fixture.path)/.sfs-volume"
            let checksum = try VolumeFixture.output(
                of: "sh", "-c", "grep -v '\"checksum\"' \(path) | sha256sum | cut -c1-64")
            let text = try String(contentsOfFile: path, encoding: .utf8)
            #expect(text.contains("\"checksum\" : \"\(checksum.dropLast())\""))
            let stat = try VolumeFixture.output(of: "stat", "--format=%i %.9W", path)
            #expect(stat == "\(label.anchor.inode) \(label.anchor.birth ?? "-")\n")
            #expect(fixture.refusal() == nil)
        }
    }

    @Test(
        "refuses a folder with anything in it, and leaves it alone",
        arguments: ["film.mp4", "content/sha1/ab/x"])
    func notEmpty(file: String) async throws {
        try await VolumeFixture.with { fixture in
            let path = URL(filePath: "\(fixture.path)/\(file)")
            try FileManager.default.createDirectory(
                at: path.deletingLastPathComponent(), withIntermediateDirectories: true)
            try Data("x".utf8).write(to: path)
            let before = try fixture.names(".")
            #expect(code { _ = try Volume.initialise(fixture.path, as: identity) } == .conflict)
            #expect(try fixture.names(".") == before)
        }
    }

    @Test("refuses a folder that is a volume already")
    func twice() async throws {
        try await VolumeFixture.withVolume { fixture, _ in
            #expect(code { _ = try Volume.initialise(fixture.path, as: identity) } == .conflict)
        }
        try await VolumeFixture.with { fixture in
            let label = try Volume.initialise(fixture.path, as: identity)
            #expect(code { _ = try Volume.initialise(fixture.path, as: identity) } == .conflict)
            #expect(try fixture.open().label == label)
        }
    }

    @Test("goes on where an earlier attempt was cut short")
    func cutShort() async throws {
        try await VolumeFixture.with { fixture in
            for name in ["content/sha1/00", "spool"] {
                try FileManager.default.createDirectory(
                    atPath: "\(fixture.path)/\(name)", withIntermediateDirectories: true)
            }
            try Data("half a la".utf8).write(to: URL(filePath: "\(fixture.path)/.sfs-volume.new"))
            _ = try Volume.initialise(fixture.path, as: identity)
            #expect(fixture.refusal() == nil)
        }
    }

    @Test("says that there is no such folder")
    func missing() async throws {
        try await VolumeFixture.with { fixture in
            #expect(
                code { _ = try Volume.initialise("\(fixture.path)/none", as: identity) }
                    == .noInput)
        }
    }

    @Test(
        "refuses a file system without extended attributes",
        .enabled(if: geteuid() == 0, "mounting needs root"))
    func noAttributes() async throws {
        try await VolumeFixture.with { fixture in
            try VolumeFixture.output(of: "mount", "-t", "ramfs", "sfs-test", fixture.path)
            defer { _ = umount2(fixture.path, CInt(MNT_DETACH)) }
            let error = try #require(throws: SFSError.self) {
                try Volume.initialise(fixture.path, as: identity)
            }
            #expect(error.code == .configuration)
            #expect(error.message.contains("extended attributes"))
            #expect(try fixture.names(".") == [])
        }
    }
}
