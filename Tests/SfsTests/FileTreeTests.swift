import Foundation
import Glibc
import SFSCore
import SystemPackage
import Testing

@testable import sfs

@Suite("A tree of files")
struct FileTreeTests {
    private func withFolder(_ body: (String) throws -> Void) throws {
        let folder = "/tmp/sfs-tree-\(UploadID.random())"
        try FileManager.default.createDirectory(
            atPath: folder + "/b/deep", withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        try body(folder)
    }

    private func touch(_ path: String) {
        #expect(FileManager.default.createFile(atPath: path, contents: nil))
    }

    private func names(_ folder: String, below top: String) -> [String] {
        FileTree(FilePath(top)).map { source in
            switch source {
            case .file(let path): String(path.string.dropFirst(folder.count + 1))
            case .standardInput: "-"
            case .failed(let error): error.code.rawValue
            }
        }
    }

    @Test("gives the regular files in the order of their names")
    func order() throws {
        try withFolder { folder in
            for name in ["c", "a", "b/z", "b/deep/y", "b/.hidden"] { touch("\(folder)/\(name)") }
            #expect(mkfifo("\(folder)/pipe", 0o600) == 0)
            #expect(
                names(folder, below: folder) == ["a", "b/.hidden", "b/deep/y", "b/z", "c"])
            #expect(names(folder, below: folder + "/a") == ["a"])
        }
    }

    @Test("follows links to files and not those to folders")
    func links() throws {
        try withFolder { folder in
            touch("\(folder)/b/file")
            #expect(symlink("b/file", "\(folder)/link") == 0)
            #expect(symlink(".", "\(folder)/loop") == 0)
            #expect(symlink("nowhere", "\(folder)/dangling") == 0)
            #expect(names(folder, below: folder) == ["b/file", "no-input", "link"])
            #expect(names(folder, below: folder + "/loop").contains("loop/link"))
        }
    }

    @Test("says that there is nothing")
    func missing() throws {
        try withFolder { folder in
            #expect(names(folder, below: folder + "/missing") == ["no-input"])
        }
    }

    @Test("takes names of any bytes")
    func anyName() throws {
        try withFolder { folder in
            let path = FilePath(bytes: Array("\(folder)/".utf8) + [0xFF, 0x0A, 0x20])
            let descriptor = path.withPlatformString { open($0, O_CREAT | O_WRONLY, 0o600) }
            #expect(descriptor >= 0)
            close(descriptor)
            let files = FileTree(FilePath(folder)).compactMap { source in
                if case .file(let path) = source { path } else { nil }
            }
            #expect(files == [path])
        }
    }
}
