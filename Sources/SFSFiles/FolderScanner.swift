import SFSCore
import SystemPackage

/// One entry of a folder that is being scanned; to be used only during the call that it is given to.
package struct FolderEntry {
    /// The bytes of its name, which may be any but NUL and `/`.
    package let name: UnsafeRawBufferPointer
    /// What has the name.
    package let kind: FileStatus.Kind
    /// Bytes of a file; of anything else it means nothing.
    package let size: Int64
}

/// Which way a folder is scanned.
package enum ScannerKind: String, Sendable, Hashable {
    /// Large pieces of the folder as the kernel lays them out, and one short look at each file.
    case raw
    /// What POSIX has: an entry at a time, and a whole status of each.
    case portable
}

/// Reads folders with the sizes of the files in them: for volumes with millions of files.
///
/// Used by one thread at a time, and not from within its own `body`.
package protocol FolderScanner: AnyObject {
    /// The way that it goes.
    var kind: ScannerKind { get }

    /// Calls `body` with every entry of `folder` whose name `isWanted`, in no order, until it
    /// returns `false`.
    ///
    /// `.` and `..` are left out, and so is what goes away before it was looked at. Entries that
    /// come while it runs may be left out.
    ///
    /// - Throws: `SFSError` when the folder cannot be read to its end; what `body` throws.
    func scan(
        _ folder: Folder, where isWanted: (UnsafeRawBufferPointer) -> Bool,
        _ body: (FolderEntry) throws -> Bool) throws
}

extension FolderScanner {
    /// Whether `name` is that of the folder itself or of the one above it.
    static func isDots(_ name: UnsafeRawBufferPointer) -> Bool {
        (1...2).contains(name.count) && name.allSatisfy { $0 == UInt8(ascii: ".") }
    }

    static func error(_ folder: Folder, _ number: Errno) -> SFSError {
        SFSError("cannot list '\(folder.path)'", errno: number)
    }
}
