import SFSCore
import SFSFiles
import Synchronization
import SystemPackage

/// The layout `pairs`: the hex in pieces of two digits, all but the last of them folders, the last
/// one the file's name before its extension, if it has one: `a0/3f/…/b0/4f.txt`.
///
/// The algorithm shows in the number of pieces. A content may have any extension, so its folder has
/// to be looked into; of two files of one content the first by name is the replica, and the other
/// is foreign.
final class PairsLayout: ContentLayout {
    let hasOneName = false
    /// Folders of the two upper levels that are known to be on the disk, by the first bytes of the
    /// hashes in them: nearly every content shares those, and no content those below.
    private let durable = Mutex<Set<ArraySlice<UInt8>>>([])
    private static let durableLevels = 2

    func path(of hash: ContentHash, in content: Folder) throws -> FilePath? {
        let folderPath = Self.folderPath(of: hash)
        guard let folder = try content.folderIfThere(folderPath), let last = hash.bytes.last
        else { return nil }
        var best: (isFile: Bool, name: FilePath)?
        try folder.forEachName { name in
            guard let parsed = PairsName(name.string), parsed.byte == last,
                let kind = try folder.status(of: name)?.kind,
                // A folder like this belongs to longer hashes.
                kind != .folder || parsed.hasExtension
            else { return true }
            let found = (isFile: kind == .file, name: name)
            guard let known = best else {
                best = found
                return true
            }
            let isBetter =
                found.isFile != known.isFile
                ? found.isFile : PairsName.precedes(name.string, known.name.string)
            if isBetter { best = found }
            return true
        }
        return best.map { folderPath.pushing($0.name) }
    }

    func newPath(of hash: ContentHash, fileExtension: String) -> FilePath {
        var name = String(hash.hex.suffix(2))
        if !fileExtension.isEmpty { name += ".\(fileExtension)" }
        return Self.folderPath(of: hash).pushing(FilePath(name))
    }

    private static func folderPath(of hash: ContentHash) -> FilePath {
        hash.bytes.dropLast().reduce(into: FilePath()) { $0.push(HexText.name(of: $1)) }
    }

    /// Makes what is missing of the folders, and then synchronises each in which one was made or
    /// may have been.
    ///
    /// Also those that were there: whoever made them may have ended before they were on the disk.
    /// All are made before the first is synchronised, so that one transaction of the file system
    /// holds them all. A folder whose `fsync` failed is not noted, and so it is tried by every
    /// later content; each of those fails or is on the disk.
    func makeFolder(of hash: ContentHash, in content: Folder) throws(SFSError) -> Folder {
        var folder = content
        var unsure: [Folder] = []
        var noted: [ArraySlice<UInt8>] = []
        for level in 1..<hash.bytes.count {
            let start = hash.bytes[..<level]
            let name = HexText.name(of: hash.bytes[level - 1])
            let isNew = try folder.makeFolder(name)
            if isNew || !durable.withLock({ $0.contains(start) }) {
                unsure.append(folder)
                if level <= Self.durableLevels { noted.append(start) }
            }
            folder = try folder.folder(name)
        }
        for folder in unsure { try folder.synchronize() }
        durable.withLock { $0.formUnion(noted) }
        return folder
    }

    func scan(
        _ content: Folder, _ scope: ScanScope, by scanner: any FolderScanner,
        _ body: (ScannedEntry) throws -> Bool
    ) throws {
        var walk = PairsWalk(scope, by: scanner)
        _ = try walk.scan(content, body)
    }
}
