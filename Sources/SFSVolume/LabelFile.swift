import SFSCore
import SFSFiles
import SystemPackage

/// The file `.sfs-volume` in the root folder of a volume.
enum LabelFile {
    static let name: FilePath = ".sfs-volume"
    /// Where a new label waits until it is on the disk.
    static let newName: FilePath = ".sfs-volume.new"
    /// No label comes near; what is longer is not one.
    private static let lengthMaximum = 64 << 10

    /// The label in `folder` and where it was found; `nil` when there is none.
    static func read(in folder: Folder) throws(SFSError) -> (VolumeLabel, FileStatus)? {
        let file: OpenFile
        do {
            file = try folder.openFile(name)
        } catch {
            if error.code == .notFound { return nil }
            throw error
        }
        let status = try file.status()
        guard status.kind == .file, status.size <= lengthMaximum else {
            throw SFSError(.configuration, "a label that cannot be read")
        }
        var failure: SFSError?
        let bytes = [UInt8](unsafeUninitializedCapacity: Int(status.size)) { buffer, count in
            do throws(SFSError) {
                count = try file.read(into: UnsafeMutableRawBufferPointer(buffer), at: 0)
            } catch {
                failure = error
            }
        }
        if let failure { throw failure }
        return (try VolumeLabel(encoded: bytes), status)
    }

    /// Writes `label` durably, in place of one that may be there, and gives it as it was written:
    /// anchored to its own file.
    static func write(_ label: VolumeLabel, in folder: Folder) throws(SFSError) -> VolumeLabel {
        // A crash may have left one.
        try folder.unlink(newName)
        let write = try DurableWrite(in: folder, named: newName)
        var label = label
        label.anchor = VolumeLabel.Anchor(try write.openFile.status())
        let bytes = try label.encoded()
        var failure: SFSError?
        bytes.withUnsafeBytes { bytes in
            do throws(SFSError) { try write.append(bytes) } catch { failure = error }
        }
        if let failure { throw failure }
        try write.seal(permissions: 0o444)
        try write.place(over: name)
        return label
    }
}

extension VolumeLabel.Anchor {
    /// The anchor of a label in the file that `status` is of.
    init(_ status: FileStatus) {
        let birth = status.birth.map { birth in
            let fraction = String(birth % 1_000_000_000)
            let zeros = String(repeating: "0", count: 9 - fraction.utf8.count)
            return "\(birth / 1_000_000_000).\(zeros)\(fraction)"
        }
        self.init(inode: status.inode, birth: birth)
    }
}
