package import SFSCore
package import SFSFiles
import Synchronization
package import SystemPackage

/// Content on one disk: a folder with a label, that one store of one cluster owns.
///
/// Everything here blocks on the disk; call it on a `DiskQueue`. `sfs-storage(7)` describes what is
/// on the disk. Errors are `SFSError`; `.io`, `.noSpace` and `.busy` come from the disk itself.
package final class Volume: Sendable {
    /// The absolute path under which it was opened.
    package let path: FilePath
    let root: Folder
    let content: ContentFolder
    let spool: Folder
    let trash: Folder
    let quarantine: Folder
    let locks = HashLocks()
    /// Waits for the disk that files which arrive together share.
    let sharedSync: SharedSync
    /// Uploads that somebody holds a `SpoolFile` of; a sweep never touches them.
    let liveUploads = Mutex<Set<UploadID>>([])
    let tombstones: TombstoneMemory
    /// The folder of the trash that was last known to be on the disk.
    let durableTrashDay = Mutex<FilePath?>(nil)
    private let currentLabel: Mutex<VolumeLabel>

    static let spoolName: FilePath = "spool"
    static let trashName: FilePath = "trash"
    static let quarantineName: FilePath = "quarantine"

    init(root: Folder, label: VolumeLabel) throws(SFSError) {
        path = root.path
        self.root = root
        content = ContentFolder(try root.folder(ContentFolder.name), label.layout)
        spool = try root.folder(Self.spoolName)
        trash = try root.folder(Self.trashName)
        quarantine = try root.folder(Self.quarantineName)
        sharedSync = try SharedSync(root)
        tombstones = TombstoneMemory(in: root)
        currentLabel = Mutex(label)
    }

    /// What the volume says of itself now.
    package var label: VolumeLabel { currentLabel.withLock { $0 } }

    /// How full its file system is.
    package func space() throws(SFSError) -> FileSystemSpace { try root.space() }

    /// Adds one to the label's epoch, durably; the new one.
    ///
    /// Once per start, before the catalog is told: a copy of the volume that is put in its place
    /// later is behind the catalog and is refused.
    package func advanceEpoch() throws(SFSError) -> Int64 {
        try currentLabel.withLock { current throws(SFSError) in
            var next = current
            next.epoch += 1
            current = try LabelFile.write(next, in: root)
            return current.epoch
        }
    }

    /// Checks that the folder at `path` is still this volume, and has its contents: not unmounted,
    /// moved, emptied or replaced.
    ///
    /// - Throws: `SFSError` with code `.unavailable` when it is not; `.io` when the disk does not
    ///   even answer that.
    package func checkPresence() throws(SFSError) {
        let gone = "volume '\(path)' of store '\(label.store)' is gone"
        let (mine, there): (FileStatus, FileStatus?)
        do throws(SFSError) {
            mine = try root.status()
            let folder = try Folder.open(path)
            there = try folder.status()
            guard try folder.status(of: LabelFile.name) != nil else {
                throw SFSError(.unavailable, "\(gone): found no label there; is the disk mounted?")
            }
        } catch {
            guard error.code == .notFound else { throw error }
            throw SFSError(.unavailable, "\(gone): found no such folder", cause: error)
        }
        guard there?.isSameFile(as: mine) == true else {
            throw SFSError(.unavailable, "\(gone): found another folder in its place")
        }
        // Its files would all seem to be missing.
        guard try content.isInPlace(in: root) else {
            throw SFSError(
                .unavailable,
                "\(gone): found another folder '\(ContentFolder.name)' in it, or none")
        }
    }
}
