import SFSCore
import SFSFiles
import Synchronization
import SystemPackage

/// The folder `content` of a volume in the layout `fanout`: `<algorithm>/<ab>/<hex>`.
final class ContentFolder: Sendable {
    static let name: FilePath = "content"
    /// The 256 names of the one level of folders.
    static let fanOutNames = (0..<256).map { number in
        FilePath((number < 16 ? "0" : "") + String(number, radix: 16))
    }

    let folder: Folder
    /// The algorithms whose folders are known to be there, and on the disk.
    private let durable = Mutex<Set<HashAlgorithm>>([])

    init(_ folder: Folder) {
        self.folder = folder
    }

    /// Where the replica of `hash` is, beneath `folder`.
    static func path(of hash: ContentHash) -> FilePath {
        let hex = hash.hex
        return FilePath("\(hash.algorithm.rawValue)/\(hex.prefix(2))/\(hex)")
    }

    /// The name of the replica of `hash` in its folder.
    static func name(of hash: ContentHash) -> FilePath { FilePath(hash.hex) }

    /// Opens the replica of `hash`; `nil` when there is none.
    func openFile(_ hash: ContentHash) throws(SFSError) -> OpenFile? {
        do {
            return try folder.openFile(Self.path(of: hash))
        } catch {
            if error.code == .notFound { return nil }
            throw error
        }
    }

    /// The folder in which the replica of `hash` is or will be.
    ///
    /// It is on the disk when this returns, with every folder above it: an algorithm's folders are
    /// made and synchronised when the algorithm is first used after a start.
    func parent(of hash: ContentHash) throws(SFSError) -> Folder {
        try makeFolders(for: hash.algorithm)
        guard let parent = try existingParent(of: hash) else {
            throw SFSError(.io, "cannot store '\(hash)': its folder in '\(folder.path)' is gone")
        }
        return parent
    }

    /// The folder in which the replica of `hash` would be, when there is one.
    func existingParent(of hash: ContentHash) throws(SFSError) -> Folder? {
        try existingFolder(Self.path(of: hash).removingLastComponent())
    }

    private func existingFolder(_ path: FilePath) throws(SFSError) -> Folder? {
        do {
            return try folder.folder(path)
        } catch {
            if error.code == .notFound { return nil }
            throw error
        }
    }

    /// Makes the folders of `algorithm` that are missing, durably.
    func makeFolders(for algorithm: HashAlgorithm) throws(SFSError) {
        try durable.withLock { durable throws(SFSError) in
            guard !durable.contains(algorithm) else { return }
            let name = FilePath(algorithm.rawValue)
            try folder.makeFolder(name)
            let top = try folder.folder(name)
            for name in Self.fanOutNames { try top.makeFolder(name) }
            // Each time, not only when new: an earlier process may have ended before it did.
            try top.synchronize()
            try folder.synchronize()
            durable.insert(algorithm)
        }
    }

    /// Calls `body` with the hash of every replica, until it returns `false`.
    ///
    /// By algorithm and the first two digits, in no order below that. Names that are no hashes are
    /// passed over.
    func forEachHash(_ body: (ContentHash) throws -> Bool) throws {
        for algorithm in HashAlgorithm.allCases {
            for name in Self.fanOutNames {
                var wantsMore = true
                let path = FilePath(algorithm.rawValue).appending(name.components)
                try existingFolder(path)?.forEachName { file in
                    // Not ours to judge: a foreign file harms nobody where it is.
                    guard let hash = try? ContentHash(parsing: file.string),
                        hash.algorithm == algorithm, Self.path(of: hash) == path.pushing(file)
                    else { return true }
                    wantsMore = try body(hash)
                    return wantsMore
                }
                guard wantsMore else { return }
            }
        }
    }
}
