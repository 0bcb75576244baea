import SFSFiles
import SystemPackage

extension Volume {
    /// The label in `folder`, whosever it is; `nil` when there is none.
    ///
    /// - Throws: `SFSError` when the folder cannot be read, or the label is damaged.
    package static func label(at folder: String) throws -> VolumeLabel? {
        try LabelFile.read(in: Folder.open(FilePath(folder)))?.0
    }
}
