import SFSCore
import SFSFiles
import SystemPackage

extension Volume {
    /// Makes a volume of the empty folder at `folder`, durably; an ext4's `lost+found` may be in
    /// it, and what an earlier call left that was cut short.
    ///
    /// - Throws: `SFSError` with code `.noInput` when there is no such folder, `.conflict` when
    ///   it is not empty or in use, `.configuration` when its file system cannot keep contents.
    package static func initialise(
        _ folder: String, as identity: VolumeIdentity
    ) throws -> VolumeLabel {
        let root = try openForInitialising(FilePath(folder))
        try root.lock()
        try checkIsEmpty(root)
        try checkFileSystem(of: root)
        for name in [ContentFolder.name, spoolName, trashName, quarantineName] {
            try root.makeFolder(name)
        }
        try FanOutLayout().makeFolders(
            for: .standard, in: root.folder(ContentFolder.name))
        try root.synchronize()
        // The label comes last: a folder without one is no volume.
        let label = try LabelFile.write(
            VolumeLabel(of: identity, created: .now()), in: root)
        // Whoever made the folder may have left that to us. Not ours to fail for: the folder above
        // may be one that we may not open.
        try? Folder.open(root.path.pushing("..")).synchronize()
        return label
    }

    static func openForInitialising(_ path: FilePath) throws(SFSError) -> Folder {
        do {
            return try Folder.open(path)
        } catch {
            guard error.code == .notFound else { throw error }
            throw SFSError(
                .noInput, "cannot make a volume of '\(path)': there is no such folder",
                cause: error)
        }
    }

    private static func checkIsEmpty(_ root: Folder) throws {
        let ours: Set<FilePath> = [ContentFolder.name, spoolName, trashName, quarantineName]
        for name in try root.names() where name != "lost+found" {
            let isLeftOver =
                try name == LabelFile.newName || name == probeName
                || ours.contains(name) && holdsNoFile(root.folder(name), depth: 3)
            guard isLeftOver else {
                throw SFSError(
                    .conflict,
                    "cannot make a volume of '\(root.path)': it is not empty, found '\(name)'")
            }
        }
    }

    static func holdsNoFile(_ folder: Folder, depth: Int) throws -> Bool {
        var isEmpty = true
        try folder.forEachName { name in
            let isFolder = try folder.status(of: name)?.kind == .folder
            isEmpty =
                try isFolder && depth > 1
                && holdsNoFile(folder.folder(name), depth: depth - 1)
            return isEmpty
        }
        return isEmpty
    }

    private static let probeName: FilePath = ".sfs-probe"

    /// Tries what contents need: extended attributes, and renaming that replaces nothing.
    static func checkFileSystem(of root: Folder) throws(SFSError) {
        try root.unlink(probeName)
        do throws(SFSError) {
            let probe = try root.createFile(probeName, permissions: 0o600)
            try probe.setAttribute(ReplicaAttributes.metaName, Array("probe".utf8))
        } catch {
            try root.unlink(probeName)
            throw unfit(root, "keeps no extended attributes 'user.*'", error)
        }
        do throws(SFSError) {
            guard try !root.rename(probeName, into: root, as: probeName) else {
                throw SFSError(.io, "a rename replaced an existing file")
            }
        } catch {
            try root.unlink(probeName)
            throw unfit(root, "cannot rename without replacing", error)
        }
        try root.unlink(probeName)
    }

    private static func unfit(_ root: Folder, _ what: String, _ error: SFSError) -> SFSError {
        guard error.code == .io else { return error }
        return SFSError(
            .configuration,
            "cannot make a volume of '\(root.path)': its file system \(what); use ext4 or XFS",
            cause: error)
    }
}
