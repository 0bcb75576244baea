import Glibc
import SFSCore
import SystemPackage

/// Scans with `readdir(3)` and `fstatat(2)`: for systems that refuse what `RawScanner` asks for.
package final class PortableScanner: FolderScanner {
    package let kind = ScannerKind.portable

    package init() {}

    package func scan(
        _ folder: Folder, where isWanted: (UnsafeRawBufferPointer) -> Bool,
        _ body: (FolderEntry) throws -> Bool
    ) throws {
        // An opening of its own, since reading a folder moves the position; the stream takes it.
        let copy = try folder.duplicateForReading()
        guard let stream = fdopendir(copy) else {
            let number = Errno.last
            _ = close(copy)
            throw Self.error(folder, number)
        }
        defer { closedir(stream) }
        while true {
            errno = 0
            guard let found = readdir(stream) else {
                guard errno == 0 else { throw Self.error(folder, .last) }
                return
            }
            guard let start = UnsafeRawPointer(found).nameOfEntry else { continue }
            let name = UnsafeRawBufferPointer(
                start: start, count: strlen(start.assumingMemoryBound(to: CChar.self)))
            guard !Self.isDots(name), isWanted(name),
                let entry = try entry(name, in: folder, copy)
            else { continue }
            guard try body(entry) else { return }
        }
    }

    /// `nil` when it is gone.
    private func entry(
        _ name: UnsafeRawBufferPointer, in folder: Folder, _ descriptor: CInt
    ) throws(SFSError) -> FolderEntry? {
        var status = stat()
        guard let path = name.baseAddress?.assumingMemoryBound(to: CChar.self) else { return nil }
        do {
            _ = try callAgain { fstatat(descriptor, path, &status, AT_SYMLINK_NOFOLLOW) }
        } catch {
            if error == .noSuchFileOrDirectory { return nil }
            let name = String(decoding: name, as: UTF8.self)
            throw SFSError("cannot look at '\(name)' in '\(folder.path)'", errno: error)
        }
        return FolderEntry(
            name: name, kind: FileStatus.Kind(mode: status.st_mode), size: Int64(status.st_size))
    }
}

extension UnsafeRawPointer {
    /// Where the name begins in the entry at this place.
    fileprivate var nameOfEntry: UnsafeRawPointer? {
        MemoryLayout<dirent>.offset(of: \.d_name).map { self + $0 }
    }
}
