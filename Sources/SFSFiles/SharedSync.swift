import Glibc
package import SFSCore
import Synchronization
import SystemPackage

/// Brings several new files, and then their names, to the disk with two waits instead of two for
/// each.
///
/// One syncfs(2) writes what all of them need and waits for the disk once; measured, sixteen files
/// take a third of the time of sixteen fsync(2). It also writes what strangers have left in the
/// kernel's memory, so with much of that, or few files, each is synchronised by itself.
///
/// The kernel tells a failure once: all who waited for that call hear of it, and after it nothing
/// is shared any more until the volume is opened anew.
package final class SharedSync: Sendable {
    /// Fewer files than this are synchronised one by one.
    private static let countMinimum = 3
    /// So much unwritten memory of the whole machine is worth waiting for: what a disk takes within
    /// a second or two.
    private static let dirtyBytesMaximum: Int64 = 256 << 20

    /// File systems whose syncfs(2) is known to write and to wait: ext4, XFS, Btrfs.
    ///
    /// Others, above all those in user space, may do nothing at all.
    private static let fitTypes: [Int64] = [0xEF53, 0x5846_5342, 0x9123_683E]

    private let fileSystem: Folder
    private let isFit: Bool
    private let failure = Mutex<SFSError?>(nil)

    /// For files on the file system of `folder`, of which it opens a descriptor of its own.
    package init(_ folder: Folder) throws(SFSError) {
        fileSystem = try folder.folder(".")
        isFit = Self.fitTypes.contains(fileSystem.fileSystemType)
    }

    /// Sets the permissions of all `writes`, brings bytes and attributes to the disk, and closes
    /// the files: what `DurableWrite.seal(permissions:)` does for one.
    ///
    /// - Throws: when any of them failed, in which case all have to be given up.
    package func seal(_ writes: [DurableWrite], permissions: UInt32) throws(SFSError) {
        guard isShared(writes.count) else {
            for write in writes { try write.seal(permissions: permissions) }
            return
        }
        for write in writes { try write.openFile.setPermissions(permissions) }
        try synchronizeAll()
        for write in writes { try write.sealSynchronized() }
    }

    /// Makes the names in all `folders` durable.
    package func synchronize(_ folders: [Folder]) throws(SFSError) {
        guard isShared(folders.count) else {
            for folder in folders { try folder.synchronize() }
            return
        }
        try synchronizeAll()
        // Before Linux 5.17 syncfs(2) said nothing of a journal that could not be written.
        try folders.last?.synchronize()
    }

    private func isShared(_ count: Int) -> Bool {
        count >= Self.countMinimum && isFit && failure.withLock({ $0 == nil })
            && DirtyMemory.bytes.map { $0 <= Self.dirtyBytesMaximum } == true
    }

    // One at a time: of two that fail at once, the kernel would tell one only.
    private func synchronizeAll() throws(SFSError) {
        try failure.withLock { failure throws(SFSError) in
            if let failure { throw failure }
            do throws(SFSError) {
                try fileSystem.synchronizeFileSystem()
            } catch {
                failure = error
                throw error
            }
        }
    }
}

/// What the kernel has in memory and not yet on a disk.
enum DirtyMemory {
    /// Bytes, of all file systems together; `nil` when the kernel does not say.
    static var bytes: Int64? {
        let file = open("/proc/meminfo", O_RDONLY | O_CLOEXEC)
        guard file >= 0 else { return nil }
        defer { _ = close(file) }
        let text = String(unsafeUninitializedCapacity: 4096) {
            max(0, read(file, $0.baseAddress, 4096))
        }
        var total: Int64?
        for line in text.utf8.split(separator: UInt8(ascii: "\n")) {
            guard line.starts(with: "Dirty:".utf8) || line.starts(with: "Writeback:".utf8),
                let kilobytes = Int64(
                    String(decoding: line.filter { 0x30...0x39 ~= $0 }, as: UTF8.self))
            else { continue }
            total = (total ?? 0) + kilobytes << 10
        }
        return total
    }
}
