import Foundation
import Glibc
import NIOCore
import SFSCore
import SFSFiles
import SystemPackage
import Testing

@Suite("A durable write")
struct DurableWriteTests {
    private func contents(_ folder: Folder, _ name: FilePath) throws -> [UInt8] {
        var bytes: [UInt8] = []
        _ = try FileHash.forEachPiece(of: folder.openFile(name)) { piece, _ in bytes += piece }
        return bytes
    }

    @Test("gives a whole file its name in another folder, with attributes and permissions")
    func place() async throws {
        try await withTemporaryFolder { folder, root in
            try folder.makeFolder("spool")
            try folder.makeFolder("content")
            let (spool, content) = (try folder.folder("spool"), try folder.folder("content"))
            let bytes = testBytes(700_000)
            let write = try DurableWrite(in: spool, named: "u", expectedLength: 700_000)
            try write.append(ByteBuffer(bytes: bytes[..<300_000]))
            try write.append(ByteBuffer(bytes: bytes[300_000...]))
            try write.setAttribute("user.sfs.test", [1, 2, 3])
            try write.seal(permissions: 0o444)
            #expect(try content.names() == [])
            #expect(try write.place(into: content, as: "film"))

            #expect(try contents(content, "film") == bytes)
            #expect(try content.openFile("film").attribute("user.sfs.test") == [1, 2, 3])
            #expect(try content.status(of: "film")?.permissions == 0o444)
            #expect(try spool.names() == [])
        }
    }

    @Test("does not replace a file, and can be discarded then")
    func occupied() async throws {
        try await withTemporaryFolder { folder, _ in
            _ = try folder.createFile("film", permissions: 0o600)
            let write = try DurableWrite(in: folder, named: "u")
            try write.append(ByteBuffer(string: "new"))
            try write.seal()
            #expect(try !write.place(into: folder, as: "film"))
            #expect(try contents(folder, "film") == [])
            try write.discard()
            #expect(try folder.names() == ["film"])
        }
    }

    @Test("takes the place of a file when asked to, and not before")
    func over() async throws {
        try await withTemporaryFolder { folder, _ in
            _ = try folder.createFile("film", permissions: 0o600)
            let write = try DurableWrite(in: folder, named: ".film.part", permissions: 0o644)
            try write.append(ByteBuffer(string: "new"))
            #expect(try contents(folder, "film") == [])
            try write.seal()
            try write.place(over: "film")
            #expect(try contents(folder, "film") == Array("new".utf8))
            #expect(try folder.names() == ["film"])
        }
    }

    @Test("leaves nothing when it is let go")
    func letGo() async throws {
        try await withTemporaryFolder { folder, _ in
            do {
                let write = try DurableWrite(in: folder, named: "u")
                try write.append(ByteBuffer(string: "half"))
                #expect(try folder.names() == ["u"])
            }
            #expect(try folder.names() == [])
        }
    }

    @Test("that was kept is gone on with, after a cut if need be")
    func resume() async throws {
        try await withTemporaryFolder { folder, _ in
            let first = try DurableWrite(resuming: ".part", in: folder)
            try first.append(ByteBuffer(string: "good bad"))
            try first.keep()
            let second = try DurableWrite(resuming: ".part", in: folder)
            #expect(second.length == 8)
            let error = #expect(throws: SFSError.self) {
                try DurableWrite(resuming: ".part", in: folder)
            }
            #expect(error?.code == .conflict)
            try second.cut(to: 5)
            try second.append(ByteBuffer(string: "end"))
            try second.seal()
            try second.place(over: "film")
            #expect(try contents(folder, "film") == Array("good end".utf8))
        }
    }

    @Test("frees the lock of a file at once, although a child process has it open still")
    func unlock() async throws {
        try await withTemporaryFolder { folder, _ in
            let copies: [CInt] = try (0..<3).map { _ in
                let file = try folder.openOrCreateFile("a", permissions: 0o600)
                try file.lock()
                // What a fork between two statements does: the open file outlives its object.
                return try file.duplicateDescriptor()
            }
            for copy in copies { close(copy) }
        }
    }

    @Test("writes attributes of a read-only file and leaves it read-only")
    func readOnly() async throws {
        try await withTemporaryFolder { folder, _ in
            let file = try folder.createFile("a", permissions: 0o444)
            try file.setAttribute("user.sfs.test", [7])
            #expect(try file.attribute("user.sfs.test") == [7])
            #expect(try file.attribute("user.sfs.none") == nil)
            #expect(try file.status().permissions == 0o444)
            let long = [UInt8](repeating: 1, count: 100_000)
            let error = #expect(throws: SFSError.self) { try file.setAttribute("user.sfs.l", long) }
            #expect(error?.code == .noSpace)
        }
    }

    @Test(
        "on a full disk fails with that code and leaves nothing",
        .enabled(if: geteuid() == 0, "mounting needs root"), arguments: [nil, 3_000_000])
    func fullDisk(expectedLength: Int64?) async throws {
        try await withTemporaryFolder { _, root in
            try output(of: "mount", "-t", "tmpfs", "-o", "size=1m", "sfs-test", root)
            defer { _ = umount2(root, CInt(MNT_DETACH)) }
            let folder = try Folder.open(FilePath(root))
            let error = #expect(throws: SFSError.self) {
                let write = try DurableWrite(
                    in: folder, named: "u", expectedLength: expectedLength)
                for _ in 0..<10 { try write.append(ByteBuffer(bytes: testBytes(300_000))) }
            }
            #expect(error?.code == .noSpace)
            #expect(try folder.names() == [])
            #expect(try folder.space().freeBytes == 1 << 20)
        }
    }
}
