import Foundation
package import SFSCore
import NIOCore
import SFSFiles
import SystemPackage
import Testing

/// A look at a volume behind its store's back, with ordinary file calls.
package struct TestDisk: Sendable {
    /// The volume's folder.
    package let folder: String

    package init(_ folder: String) {
        self.folder = folder
    }

    /// The names of all content files, sorted.
    package func contentFiles() throws -> [String] {
        try files(below: "content").map { String($0.split(separator: "/").last ?? "") }.sorted()
    }

    /// The names of the spool files that are still there.
    ///
    /// A store removes them on threads of its own after it answered, so this looks again for up to
    /// two seconds while there are some.
    package func spoolFiles() throws -> [String] {
        let deadline = ContinuousClock.now + .seconds(2)
        while true {
            let files = try files(below: "spool")
            if files.isEmpty || .now > deadline { return files }
            usleep(2000)
        }
    }

    /// The names of the files in quarantine.
    package func quarantinedFiles() throws -> [String] { try files(below: "quarantine") }

    /// Where the content `hash` is.
    package func path(of hash: ContentHash) -> String {
        "\(folder)/content/\(hash.algorithm.rawValue)/\(hash.hex.prefix(2))/\(hash.hex)"
    }

    /// Changes one byte of the content's file.
    package func flipByte(of hash: ContentHash, at offset: Int) throws {
        try flipByte(at: path(of: hash), offset)
    }

    /// Changes one byte of the only file in the trash.
    package func flipTrashedByte(at offset: Int) throws {
        let name = try #require(try trashedFiles().first)
        try flipByte(at: "\(folder)/trash/\(name)", offset)
    }

    private func flipByte(at path: String, _ offset: Int) throws {
        let handle = try #require(FileHandle(forUpdatingAtPath: path))
        defer { handle.closeFile() }
        try handle.seek(toOffset: UInt64(offset))
        let byte = try #require(try handle.read(upToCount: 1)?.first)
        try handle.seek(toOffset: UInt64(offset))
        try handle.write(contentsOf: [byte ^ 0xff])
    }

    /// Cuts the content's file to `size` bytes.
    package func cut(_ hash: ContentHash, to size: UInt64) throws {
        let handle = try #require(FileHandle(forUpdatingAtPath: path(of: hash)))
        defer { handle.closeFile() }
        try handle.truncate(atOffset: size)
    }

    /// Whether there is a file of the content.
    package func holds(_ hash: ContentHash) throws -> Bool {
        FileManager.default.fileExists(atPath: path(of: hash))
    }

    /// Removes the content's file.
    package func removeFile(of hash: ContentHash) throws {
        try FileManager.default.removeItem(atPath: path(of: hash))
    }

    /// What may have a content's name without being a file.
    package enum Impostor: Sendable {
        case link, folder, pipe
    }

    /// Puts something that is no file in the place of the content's.
    package func replaceFile(of hash: ContentHash, by impostor: Impostor) throws {
        try removeFile(of: hash)
        let (path, files) = (path(of: hash), FileManager.default)
        switch impostor {
        case .link: try files.createSymbolicLink(atPath: path, withDestinationPath: "/etc/passwd")
        case .folder: try files.createDirectory(atPath: path, withIntermediateDirectories: false)
        case .pipe: #expect(mkfifo(path, 0o600) == 0)
        }
    }

    /// Whether the bytes of the content's file are what its name says.
    package func isGood(_ hash: ContentHash) throws -> Bool {
        let hasher = try ContentHasher(hash.algorithm)
        let data = try Data(contentsOf: URL(filePath: path(of: hash)))
        data.withUnsafeBytes { hasher.update($0) }
        return try hasher.finish() == hash
    }

    /// The inode of the content's file.
    package func inode(of hash: ContentHash) throws -> Int {
        let attributes = try FileManager.default.attributesOfItem(atPath: path(of: hash))
        return try #require(attributes[.systemFileNumber] as? Int)
    }

    /// The names of the files in the trash.
    package func trashedFiles() throws -> [String] { try files(below: "trash") }

    /// Writes `bytes` under the name of `hash`, whatever they are, without attributes.
    package func plant(_ bytes: TestBytes, as hash: ContentHash) throws {
        let data = Data(bytes.buffer.readableBytesView)
        let path = path(of: hash)
        let folder = URL(filePath: path).deletingLastPathComponent()
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        try data.write(to: URL(filePath: path))
    }

    /// Leaves a file in the spool that no upload holds.
    package func leaveInSpool(_ bytes: TestBytes) throws {
        let data = Data(bytes.buffer.readableBytesView)
        try data.write(to: URL(filePath: "\(folder)/spool/\(UploadID.random())"))
    }

    /// Damages the attributes of the content's file, which is as good as to lose them.
    package func loseAttributes(of hash: ContentHash) throws {
        let file = try OpenFile.open(FilePath(path(of: hash)))
        try file.setAttribute("user.sfs.meta", Array("damaged".utf8))
    }

    /// Has the content's file say that it was verified at `time`.
    package func setVerified(_ time: Timestamp, of hash: ContentHash) throws {
        let text = Array("1 \(time)".utf8)
        let sum = String(text.withUnsafeBytes { CRC32C.sum(of: $0) }, radix: 16)
        let padded = String(repeating: "0", count: 8 - sum.count) + sum
        let file = try OpenFile.open(FilePath(path(of: hash)))
        try file.setAttribute("user.sfs.verified", text + Array(" \(padded)".utf8))
    }

    /// What the volume's memory says of deleted contents: the highest generation of each.
    package func rememberedTombstones() throws -> [ContentHash: Int32] {
        let path = "\(folder)/tombstones"
        guard FileManager.default.fileExists(atPath: path) else { return [:] }
        let lines = try String(contentsOfFile: path, encoding: .utf8).split(separator: "\n")
        return try Dictionary(
            lines.map { line in
                let fields = line.split(separator: " ")
                return (try ContentHash(parsing: fields[0]), try #require(Int32(fields[1])))
            }, uniquingKeysWith: max)
    }

    /// Copies the content's file, attributes and all, to where it belongs on `other`.
    package func copyFile(of hash: ContentHash, to other: TestDisk) throws {
        try FileManager.default.copyItem(atPath: path(of: hash), toPath: other.path(of: hash))
    }

    /// Removes all files from the trash.
    package func emptyTrash() throws {
        for name in try trashedFiles() {
            try FileManager.default.removeItem(atPath: "\(folder)/trash/\(name)")
        }
    }

    /// Renames the whole volume.
    package func moveAway() throws {
        try FileManager.default.moveItem(atPath: folder, toPath: folder + ".away")
    }

    /// Renames it back.
    package func moveBack() throws {
        try FileManager.default.moveItem(atPath: folder + ".away", toPath: folder)
    }

    private func files(below name: String) throws -> [String] {
        let top = "\(folder)/\(name)"
        return try FileManager.default.subpathsOfDirectory(atPath: top).filter { path in
            var isFolder: ObjCBool = false
            return FileManager.default.fileExists(atPath: "\(top)/\(path)", isDirectory: &isFolder)
                && !isFolder.boolValue
        }
    }
}
