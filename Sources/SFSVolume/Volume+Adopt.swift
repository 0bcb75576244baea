import SFSCore
import SFSFiles
import SystemPackage

extension Volume {
    /// Makes the folder at `folder` the volume of a store as it stands, durably, and gives its
    /// label; no content is read, moved or counted by that.
    ///
    /// A folder without label whose `content/` is in the original's layout gets a label for that.
    /// A volume of this very store that was copied, or moved to another host, is anchored anew when
    /// `takesOver`: its epoch goes up by one, so that the disk that it was copied from is refused
    /// once this one was opened. A volume that needs neither is left as it is.
    ///
    /// - Throws: `SFSError` with code `.configuration`, saying what was found and what expected,
    ///   when it is the volume of another store or cluster, a copy that is not to be taken over,
    ///   an empty folder or one in no layout that we know; `.noInput` when there is no such
    ///   folder, `.conflict` when it is in use.
    package static func adopt(
        _ folder: String, as identity: VolumeIdentity, takesOver: Bool
    ) throws -> VolumeLabel {
        let refusal = VolumeRefusal(folder: folder, identity: identity)
        let root = try openForInitialising(FilePath(folder))
        try root.lock()
        let found: (label: VolumeLabel, status: FileStatus)?
        do {
            found = try LabelFile.read(in: root)
        } catch {
            guard error.code == .configuration else { throw error }
            throw refusal.found(error.message, cause: error.cause)
        }
        guard let found else { return try adoptWithoutLabel(root, as: identity, refusal) }
        try refusal.checkOwner(of: found.label)
        if found.label.anchor == VolumeLabel.Anchor(found.status) { return found.label }
        guard takesOver else {
            throw refusal.found(
                "a copy of volume \(found.label.volume), or the volume moved to another disk",
                expected: "the volume itself",
                remedy: "if the original is not used any more, take it over")
        }
        var label = found.label
        label.epoch += 1
        return try LabelFile.write(label, in: root)
    }

    private static func adoptWithoutLabel(
        _ root: Folder, as identity: VolumeIdentity, _ refusal: VolumeRefusal
    ) throws -> VolumeLabel {
        let names = try root.names().filter { $0 != "lost+found" && $0 != LabelFile.newName }
        guard !names.isEmpty else {
            throw refusal.found(
                "an empty folder", expected: "contents in the original's layout",
                remedy: "use 'sfs store init'")
        }
        try checkIsPairs(root, refusal)
        try checkIsFree(root, names)
        try checkFileSystem(of: root)
        for name in [spoolName, trashName, quarantineName] { try root.makeFolder(name) }
        try root.synchronize()
        // The label comes last: a folder without one is no volume, and this can be done again.
        return try LabelFile.write(
            VolumeLabel(of: identity, created: .now(), layout: .pairs), in: root)
    }

    /// What has a name of ours may not have anything in it: the spool is swept, for one.
    private static func checkIsFree(_ root: Folder, _ names: [FilePath]) throws {
        let folders: Set<FilePath> = [spoolName, trashName, quarantineName]
        for name in names {
            let isTaken: Bool
            if name == TombstoneMemory.name {
                isTaken = true
            } else if folders.contains(name) {
                isTaken =
                    try root.status(of: name)?.kind != .folder
                    || !holdsNoFile(root.folder(name), depth: 1)
            } else {
                isTaken = false
            }
            guard !isTaken else {
                throw SFSError(
                    .conflict,
                    "cannot adopt '\(root.path)': '\(name)' is there already and is not empty; "
                        + "move it away")
            }
        }
    }

    /// How many folders and foreign names are looked at before it is said that there is no content.
    private static let probedMaximum = 10_000

    /// One content is enough: no other tree has one by chance, nineteen folders deep.
    private static func checkIsPairs(_ root: Folder, _ refusal: VolumeRefusal) throws {
        let expected = "contents in the original's layout"
        guard let content = try root.folderIfThere(ContentFolder.name) else {
            throw refusal.found("no folder 'content'", expected: expected)
        }
        guard try content.status().device == root.status().device else {
            throw refusal.found(
                "'content' on another file system", expected: "all of it on one")
        }
        var (hasContent, strangers) = (false, 0)
        var first: String?
        var walk = PairsWalk(
            .all, by: ScannerChoice.automatic.scanner(), foldersMaximum: probedMaximum)
        _ = try walk.scan(content) { entry in
            switch entry {
            case .content: hasContent = true
            case .foreign(let path):
                first = first ?? path
                strangers += 1
            }
            return !hasContent && strangers < probedMaximum
        }
        guard !hasContent else { return }
        let isOurs = try HashAlgorithm.allCases.contains {
            try content.status(of: FilePath($0.rawValue))?.kind == .folder
        }
        throw refusal.found(
            isOurs
                ? "contents in the layout of StretchFS without a label"
                : first.map { "'\($0)' and no content" } ?? "no content in 'content'",
            expected: expected)
    }
}
