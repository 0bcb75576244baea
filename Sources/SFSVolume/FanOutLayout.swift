import SFSCore
import SFSFiles
import Synchronization
import SystemPackage

/// The layout `fanout`: `<algorithm>/<ab>/<hex>`.
final class FanOutLayout: ContentLayout {
    let hasOneName = true
    /// The algorithms whose folders are known to be there, and on the disk.
    private let durable = Mutex<Set<HashAlgorithm>>([])

    func path(of hash: ContentHash, in content: Folder) -> FilePath? { Self.path(of: hash) }

    func newPath(of hash: ContentHash, fileExtension: String) -> FilePath { Self.path(of: hash) }

    private static func path(of hash: ContentHash) -> FilePath {
        let hex = hash.hex
        return FilePath("\(hash.algorithm.rawValue)/\(hex.prefix(2))/\(hex)")
    }

    func makeFolder(of hash: ContentHash, in content: Folder) throws(SFSError) -> Folder {
        try makeFolders(for: hash.algorithm, in: content)
        do {
            return try content.folder(Self.path(of: hash).removingLastComponent())
        } catch {
            guard error.code == .notFound else { throw error }
            throw SFSError(
                .io, "cannot store '\(hash)': its folder in '\(content.path)' is gone",
                cause: error)
        }
    }

    /// Makes the folders of `algorithm` that are missing, durably, when it is first used after a
    /// start: making them while receiving would cost more than the receiving.
    func makeFolders(for algorithm: HashAlgorithm, in content: Folder) throws(SFSError) {
        try durable.withLock { durable throws(SFSError) in
            guard !durable.contains(algorithm) else { return }
            let name = FilePath(algorithm.rawValue)
            try content.makeFolder(name)
            let top = try content.folder(name)
            for name in HexText.names { try top.makeFolder(name) }
            // Each time, not only when new: an earlier process may have ended before it did.
            try top.synchronize()
            try content.synchronize()
            durable.insert(algorithm)
        }
    }

    func scan(
        _ content: Folder, _ scope: ScanScope, by scanner: any FolderScanner,
        _ body: (ScannedEntry) throws -> Bool
    ) throws {
        if scope.includesTop {
            let algorithms = Set(HashAlgorithm.allCases.map(\.rawValue))
            guard
                try scanForeign(
                    content, "content", by: scanner, body, isOurs: { algorithms.contains($0) })
            else { return }
        }
        for algorithm in HashAlgorithm.allCases {
            guard let top = try content.folderIfThere(FilePath(algorithm.rawValue)) else {
                continue
            }
            guard try scan(top, algorithm, scope, by: scanner, body) else { return }
        }
    }

    /// The folders of one algorithm; whether more is wanted.
    private func scan(
        _ top: Folder, _ algorithm: HashAlgorithm, _ scope: ScanScope,
        by scanner: any FolderScanner, _ body: (ScannedEntry) throws -> Bool
    ) throws -> Bool {
        if scope.includesTop {
            let names = Set(HexText.names.map(\.string))
            let path = "content/\(algorithm.rawValue)"
            guard
                try scanForeign(top, path, by: scanner, body, isOurs: { names.contains($0) })
            else { return false }
        }
        for first in scope.firstBytes.lazy.map({ UInt8($0) }) {
            guard let folder = try top.folderIfThere(HexText.name(of: first)) else { continue }
            guard try scan(folder, algorithm, first, scope, by: scanner, body) else {
                return false
            }
        }
        return true
    }

    /// The files of one algorithm that begin with `first`; whether more is wanted.
    private func scan(
        _ folder: Folder, _ algorithm: HashAlgorithm, _ first: UInt8, _ scope: ScanScope,
        by scanner: any FolderScanner, _ body: (ScannedEntry) throws -> Bool
    ) throws -> Bool {
        var wantsMore = true
        let isWanted = { (name: UnsafeRawBufferPointer) in
            if scope.includesForeign { return true }
            guard name.count > 3, let second = HexText.byte(name[2], name[3]) else { return false }
            return scope.includes(second: second)
        }
        try scanner.scan(folder, where: isWanted) { entry in
            if entry.kind == .file, let hash = ContentHash(name: entry.name),
                hash.algorithm == algorithm, hash.bytes[0] == first
            {
                wantsMore = try body(.content(hash, size: entry.size))
            } else if scope.includesForeign {
                let path = "content/\(algorithm.rawValue)/\(HexText.name(of: first))"
                wantsMore = try body(.foreign(entry.name, in: path))
            }
            return wantsMore
        }
        return wantsMore
    }

    /// What in `folder` is not a folder of ours; whether more is wanted.
    private func scanForeign(
        _ folder: Folder, _ path: String, by scanner: any FolderScanner,
        _ body: (ScannedEntry) throws -> Bool, isOurs: (String) -> Bool
    ) throws -> Bool {
        var wantsMore = true
        try scanner.scan(folder, where: { _ in true }) { entry in
            let isFolder = entry.kind == .folder
            if isFolder, isOurs(String(decoding: entry.name, as: UTF8.self)) { return true }
            wantsMore = try body(.foreign(entry.name, in: path))
            return wantsMore
        }
        return wantsMore
    }
}
