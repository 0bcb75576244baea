import Foundation
package import SFSCore
import SFSFiles
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
        let handle = try #require(FileHandle(forUpdatingAtPath: path(of: hash)))
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

    /// Removes the content's file.
    package func removeFile(of hash: ContentHash) throws {
        try FileManager.default.removeItem(atPath: path(of: hash))
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

    /// Renames the whole volume.
    package func moveAway() throws {
        try FileManager.default.moveItem(atPath: folder, toPath: folder + ".away")
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
