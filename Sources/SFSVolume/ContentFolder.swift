import SFSCore
import SFSFiles
import SystemPackage

/// The folder `content` of a volume, in any layout.
final class ContentFolder: Sendable {
    static let name: FilePath = "content"

    /// A file that is there: the folder that it is in, its name, and what it is.
    struct Found {
        let folder: Folder
        let name: FilePath
        let status: FileStatus
    }

    private let folder: Folder
    private let layout: any ContentLayout

    init(_ folder: Folder, _ layout: VolumeLabel.Layout) {
        self.folder = folder
        self.layout = layout.make()
    }

    /// Whether it is still what has its name in `root`: not moved away, nor hidden by a mount.
    func isInPlace(in root: Folder) throws(SFSError) -> Bool {
        let mine = try folder.status()
        return try root.status(of: Self.name)?.isSameFile(as: mine) ?? false
    }

    /// Opens the file of `hash`; `nil` when there is none.
    ///
    /// - Throws: `SFSError` with code `.corrupt` when something that cannot be opened as a file has
    ///   the name, like a symbolic link or a socket.
    func openFile(_ hash: ContentHash) throws -> OpenFile? {
        guard let path = try layout.path(of: hash, in: folder) else { return nil }
        do {
            return try folder.openFileIfThere(path)
        } catch {
            // Not the disk's fault, which would take the whole store out of service.
            guard let found = try find(hash) else { return nil }
            // It came in the meantime, or cannot be opened indeed.
            guard found.status.kind != .file else { return try folder.openFileIfThere(path) }
            throw SFSError(.corrupt, "replica '\(hash)' is not a regular file", cause: error)
        }
    }

    /// Whatever has the name of `hash`; `nil` when nothing has.
    func find(_ hash: ContentHash) throws -> Found? {
        guard let path = try layout.path(of: hash, in: folder), let name = path.lastName,
            let parent = try folder.folderIfThere(path.removingLastComponent()),
            let status = try parent.status(of: name)
        else { return nil }
        return Found(folder: parent, name: name, status: status)
    }

    /// The folder in which the file of `hash` is or will be, made when it is missing.
    ///
    /// It is on the disk when this returns, with every folder above it.
    func makeFolder(of hash: ContentHash) throws(SFSError) -> Folder {
        try layout.makeFolder(of: hash, in: folder)
    }

    /// The name that a new file of `hash` gets in its folder.
    func newName(of hash: ContentHash, fileExtension: String) -> FilePath {
        layout.newPath(of: hash, fileExtension: fileExtension).lastName ?? ""
    }

    /// Whether a file of `hash` is there under another name than a new one would get.
    ///
    /// A rename that replaces nothing does not notice that one.
    func isNamedOtherwise(_ hash: ContentHash) throws -> Bool {
        try !layout.hasOneName && layout.path(of: hash, in: folder) != nil
    }

    /// Calls `body` with everything in `scope`, until it returns `false`.
    func scan(
        _ scope: ScanScope, by scanner: any FolderScanner, _ body: (ScannedEntry) throws -> Bool
    ) throws {
        try layout.scan(folder, scope, by: scanner, body)
    }
}

extension FilePath {
    /// The last component as a path of its own.
    fileprivate var lastName: FilePath? { lastComponent.map { FilePath(root: nil, [$0]) } }
}

extension Folder {
    /// The folder at `path`; `nil` when there is none.
    func folderIfThere(_ path: FilePath) throws(SFSError) -> Folder? {
        do {
            return try folder(path)
        } catch {
            if error.code == .notFound { return nil }
            throw error
        }
    }

    /// The file at `path`, open; `nil` when there is none.
    func openFileIfThere(_ path: FilePath) throws(SFSError) -> OpenFile? {
        do {
            return try openFile(path)
        } catch {
            if error.code == .notFound { return nil }
            throw error
        }
    }
}
