import Foundation
import SFSCore
import SFSFiles
import SystemPackage
import Testing

@Suite("A folder")
struct FolderTests {
    private func code(_ body: () throws -> Void) -> ErrorCode? {
        #expect(throws: SFSError.self) { try body() }?.code
    }

    @Test(
        "opens nothing that is not beneath it",
        arguments: ["../file", "/etc/passwd", "out/passwd"])
    func beneath(path: String) async throws {
        try await withTemporaryFolder { folder, root in
            try FileManager.default.createSymbolicLink(
                atPath: "\(root)/out", withDestinationPath: "/etc")
            let error = try #require(throws: SFSError.self) { try folder.openFile(FilePath(path)) }
            #expect(error.code == .io)
        }
    }

    @Test("goes through no symbolic link, also not one that stays beneath it")
    func links() async throws {
        try await withTemporaryFolder { folder, root in
            try folder.makeFolder("real")
            try FileManager.default.createSymbolicLink(
                atPath: "\(root)/link", withDestinationPath: "real")
            _ = try folder.folder("real")
            #expect(code { _ = try folder.folder("link") } == .io)
            #expect(try folder.status(of: "link")?.kind == .symbolicLink)
        }
    }

    @Test("takes one component as a name", arguments: ["a/b", "..", ".", "/a", ""])
    func names(name: String) async throws {
        try await withTemporaryFolder { folder, _ in
            #expect(code { try folder.makeFolder(FilePath(name)) } == .internal)
            #expect(code { try folder.unlink(FilePath(name)) } == .internal)
            #expect(
                code { _ = try folder.createFile(FilePath(name), permissions: 0o600) }
                    == .internal)
        }
    }

    @Test("replaces nothing when it creates or renames")
    func exclusive() async throws {
        try await withTemporaryFolder { folder, _ in
            _ = try folder.createFile("a", permissions: 0o600)
            _ = try folder.createFile("b", permissions: 0o600)
            #expect(code { _ = try folder.createFile("a", permissions: 0o600) } == .conflict)
            #expect(try !folder.makeFolder("a"))
            #expect(try !folder.rename("a", into: folder, as: "b"))
            #expect(try folder.rename("a", into: folder, as: "c"))
            #expect(try folder.names() == ["b", "c"])
        }
    }

    @Test("says with the path what is not there")
    func missing() async throws {
        try await withTemporaryFolder { folder, root in
            let error = try #require(throws: SFSError.self) { try folder.openFile("film") }
            #expect(error.code == .notFound)
            #expect(error.message == "cannot open '\(root)/film': no such file or directory")
            #expect(try folder.status(of: "film") == nil)
            #expect(try !folder.unlink("film"))
            #expect(code { _ = try folder.rename("film", into: folder, as: "b") } == .notFound)
        }
    }

    @Test("is locked by one at a time")
    func lock() async throws {
        try await withTemporaryFolder { folder, root in
            try folder.lock()
            let other = try Folder.open(FilePath(root))
            #expect(code { try other.lock() } == .conflict)
        }
    }

    @Test("keeps names of any bytes")
    func anyBytes() async throws {
        try await withTemporaryFolder { folder, _ in
            let name = FilePath(platformString: [CChar(bitPattern: 0xFF), 0x0A, 0x61, 0])
            _ = try folder.createFile(name, permissions: 0o600)
            #expect(try folder.names() == [name])
        }
    }

    @Test("does not wait for the other end of a pipe")
    func pipe() async throws {
        try await withTemporaryFolder { folder, root in
            #expect(mkfifo("\(root)/pipe", 0o600) == 0)
            let status = try folder.openFile("pipe").status()
            #expect(status.kind == .other)
        }
    }

    @Test("knows how full its file system is, as df does")
    func space() async throws {
        try await withTemporaryFolder { folder, root in
            let text = try output(of: "df", "--block-size=1", "--output=size", root)
            let total = text.split(whereSeparator: \.isWhitespace).last.flatMap { Int64($0) }
            let space = try folder.space()
            #expect(space.totalBytes == total)
            #expect((1...space.totalBytes).contains(space.freeBytes))
        }
    }

    @Test("reads the moment at which a file was made, as stat does")
    func birth() async throws {
        try await withTemporaryFolder { folder, root in
            _ = try folder.createFile("a", permissions: 0o640)
            let status = try #require(try folder.status(of: "a"))
            let text = try output(of: "stat", "--format=%i %W %s %a", "\(root)/a")
            let seconds = try #require(status.birth) / 1_000_000_000
            #expect(text == "\(status.inode) \(seconds) 0 640\n")
        }
    }

    @Test("reads the moment of the last change, which a rename is")
    func changed() async throws {
        try await withTemporaryFolder { folder, root in
            _ = try folder.createFile("a", permissions: 0o600)
            let before = try #require(try folder.status(of: "a")).changed
            let deadline = ContinuousClock.now + .seconds(10)
            repeat {
                #expect(try folder.rename("a", into: folder, as: "b"))
                #expect(try folder.rename("b", into: folder, as: "a"))
            } while try #require(try folder.status(of: "a")).changed == before
                && ContinuousClock.now < deadline
            let status = try #require(try folder.status(of: "a"))
            #expect(status.changed > before)
            #expect(status.modified <= before)
            let text = try output(of: "stat", "--format=%Z", "\(root)/a")
            #expect(text == "\(status.changed / 1_000_000_000)\n")
        }
    }

    @Test("removes a folder only when nothing is in it")
    func removeFolder() async throws {
        try await withTemporaryFolder { folder, _ in
            try folder.makeFolder("a")
            _ = try folder.folder("a").createFile("b", permissions: 0o600)
            #expect(try !folder.removeFolder("a"))
            try folder.folder("a").unlink("b")
            #expect(try folder.removeFolder("a"))
            #expect(try !folder.removeFolder("a"))
            _ = try folder.createFile("file", permissions: 0o600)
            #expect(code { try folder.removeFolder("file") } == .io)
        }
    }
}
