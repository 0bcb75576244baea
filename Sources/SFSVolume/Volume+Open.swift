import SFSCore
import SFSFiles
import SystemPackage

extension Volume {
    /// Opens the volume at `folder`, which nobody else can open until this one is let go.
    ///
    /// `volume` and `epoch` are what the catalog knows, `nil` when it knows nothing. The label may
    /// be ahead of the catalog's epoch (the store ended before it told the catalog), never behind.
    ///
    /// - Throws: `SFSError` with code `.configuration`, saying what was found and what expected,
    ///   when the folder is missing or has no label (a bare mount point), when the label is of
    ///   another cluster or store, of another volume, older than the catalog's, of a newer format
    ///   or damaged, when the volume is a copy, or when it is in use.
    package static func open(
        _ folder: String, expecting identity: VolumeIdentity, volume: String?, epoch: Int64?
    ) throws -> Volume {
        let refusal = VolumeRefusal(folder: folder, identity: identity, volume: volume)
        let root: Folder
        do {
            root = try Folder.open(FilePath(folder))
        } catch {
            guard error.code == .notFound else { throw error }
            throw refusal.found("no such folder", remedy: "is the disk mounted?", cause: error)
        }
        do {
            try root.lock()
        } catch {
            guard error.code == .conflict else { throw error }
            throw refusal.found("it in use by another process", cause: error)
        }
        let label = try readLabel(in: root, refusal)
        try check(label, epoch: epoch, refusal)
        do {
            return try Volume(root: root, label: label)
        } catch {
            guard error.code == .notFound else { throw error }
            throw refusal.found("a label, but not all of its folders", cause: error)
        }
    }

    private static func readLabel(in root: Folder, _ refusal: VolumeRefusal) throws -> VolumeLabel {
        let found: (VolumeLabel, FileStatus)?
        do {
            found = try LabelFile.read(in: root)
        } catch {
            guard error.code == .configuration else { throw error }
            throw refusal.found(error.message, cause: error.cause)
        }
        guard let (label, status) = found else {
            let isBare = try root.names().allSatisfy { $0 == "lost+found" }
            throw refusal.found(
                isBare ? "an empty folder" : "a folder without a label",
                remedy: "mount the disk, or make a new volume with 'sfs store init'")
        }
        guard label.anchor == VolumeLabel.Anchor(status) else {
            throw refusal.found(
                "a copy of volume \(label.volume)", expected: "the volume itself",
                remedy: "use the original disk")
        }
        return label
    }

    private static func check(
        _ label: VolumeLabel, epoch: Int64?, _ refusal: VolumeRefusal
    ) throws(SFSError) {
        try refusal.checkOwner(of: label)
        if let volume = refusal.volume, label.volume != volume {
            throw refusal.found("volume \(label.volume)", expected: "volume \(volume)")
        }
        if let epoch, label.epoch < epoch {
            throw refusal.found(
                "an old state of the volume (epoch \(label.epoch))", expected: "epoch \(epoch)",
                remedy: "this disk was put aside or restored from a copy")
        }
    }
}
