import CLinux
import Glibc

/// What the kernel knows of a file, at the moment it was asked.
package struct FileStatus: Sendable, Hashable {
    /// What kind of thing has the name.
    package enum Kind: Sendable, Hashable {
        case file, folder, symbolicLink, other
    }

    /// Told from the mode.
    package let kind: Kind
    /// Bytes.
    package let size: Int64
    /// The 12 permission bits.
    package let permissions: UInt32
    /// With `inode`, tells this file from every other that exists now.
    package let device: UInt64
    /// See `device`.
    package let inode: UInt64
    /// Last change of the bytes, in nanoseconds since 1970.
    package let modified: Int64
    /// Last change of anything about the file, its name included, in nanoseconds since 1970.
    ///
    /// Set by the kernel only: a rename sets it, and nobody can set it back.
    package let changed: Int64
    /// When the file was made, in nanoseconds since 1970; `nil` where the file system keeps no such
    /// time.
    package let birth: Int64?

    init(_ status: sfs_file_status) {
        kind = Kind(mode: status.mode)
        size = status.size
        permissions = status.mode & 0o7777
        device = status.device
        inode = status.inode
        modified = status.modified
        changed = status.changed
        birth = status.has_birth != 0 ? status.birth : nil
    }

    /// Whether both are of one and the same file.
    package func isSameFile(as other: FileStatus) -> Bool {
        device == other.device && inode == other.inode
    }
}

extension FileStatus.Kind {
    /// Told from the type bits of `mode`; the others do not matter.
    init(mode: UInt32) {
        self =
            switch mode & S_IFMT {
            case S_IFREG: .file
            case S_IFDIR: .folder
            case S_IFLNK: .symbolicLink
            default: .other
            }
    }
}
