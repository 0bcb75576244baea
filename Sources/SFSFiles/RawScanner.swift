import CLinux
import Glibc
import SFSCore
import SystemPackage

/// Scans with `getdents64(2)` into one large buffer, and `statx(2)` for type and size only.
package final class RawScanner: FolderScanner {
    /// Some thousand entries: few enough calls that they cost nothing beside the looks at files.
    package static let standardBufferSize = 256 << 10

    package let kind = ScannerKind.raw
    private let buffer: UnsafeMutableRawBufferPointer

    /// Reads up to `bufferSize` bytes of a folder at a time.
    ///
    /// The kernel refuses one that is too small for an entry.
    package init(bufferSize: Int = standardBufferSize) {
        buffer = .allocate(byteCount: bufferSize, alignment: 8)
    }

    deinit {
        buffer.deallocate()
    }

    package func scan(
        _ folder: Folder, where isWanted: (UnsafeRawBufferPointer) -> Bool,
        _ body: (FolderEntry) throws -> Bool
    ) throws {
        guard let refusal = try scanUnlessRefused(folder, where: isWanted, body) else { return }
        throw Self.error(folder, refusal)
    }

    /// The same, but gives the error with which the kernel refuses to be read in this way, when it
    /// does so before `body` was called.
    func scanUnlessRefused(
        _ folder: Folder, where isWanted: (UnsafeRawBufferPointer) -> Bool,
        _ body: (FolderEntry) throws -> Bool
    ) throws -> Errno? {
        // An opening of its own, since reading a folder moves the position.
        let copy = try folder.folder(".")
        var isBegun = false
        while true {
            let filled: Int
            do {
                filled = try callAgain {
                    sfs_read_entries(copy.descriptor, buffer.baseAddress, buffer.count)
                }
            } catch {
                let isRefusal = [.noFunction, .invalidArgument, .notSupported].contains(error)
                guard isRefusal, !isBegun else { throw Self.error(folder, error) }
                return error
            }
            guard filled > 0 else { return nil }
            isBegun = true
            guard try scan(filled, of: copy, where: isWanted, body) else { return nil }
        }
    }

    // An entry: inode (8 bytes), position (8), length of the entry (2), type (1), name, NUL.
    private static let lengthOffset = 16
    private static let typeOffset = 18
    private static let nameOffset = 19

    /// Gives the entries in the first `filled` bytes of the buffer; whether more are wanted.
    private func scan(
        _ filled: Int, of folder: Folder, where isWanted: (UnsafeRawBufferPointer) -> Bool,
        _ body: (FolderEntry) throws -> Bool
    ) throws -> Bool {
        var rest = UnsafeRawBufferPointer(rebasing: buffer[..<filled])
        while rest.count > Self.nameOffset {
            let length = Int(
                rest.loadUnaligned(fromByteOffset: Self.lengthOffset, as: UInt16.self))
            guard length > Self.nameOffset, length <= rest.count else { break }
            let type = rest[Self.typeOffset]
            let field = UnsafeRawBufferPointer(rebasing: rest[Self.nameOffset..<length])
            let name = UnsafeRawBufferPointer(rebasing: field[..<Self.lengthOfName(field)])
            rest = UnsafeRawBufferPointer(rebasing: rest[length...])
            guard !Self.isDots(name), isWanted(name),
                let entry = try entry(name, Int(type), in: folder)
            else { continue }
            guard try body(entry) else { return false }
        }
        return true
    }

    /// Bytes before the first NUL.
    private static func lengthOfName(_ field: UnsafeRawBufferPointer) -> Int {
        guard let start = field.baseAddress else { return 0 }
        return strnlen(start.assumingMemoryBound(to: CChar.self), field.count)
    }

    /// `nil` when it is gone.
    private func entry(
        _ name: UnsafeRawBufferPointer, _ type: Int, in folder: Folder
    ) throws(SFSError) -> FolderEntry? {
        switch type {
        case Int(DT_DIR): return FolderEntry(name: name, kind: .folder, size: 0)
        case Int(DT_LNK): return FolderEntry(name: name, kind: .symbolicLink, size: 0)
        case Int(DT_REG), Int(DT_UNKNOWN): break
        default: return FolderEntry(name: name, kind: .other, size: 0)
        }
        var (mode, size): (UInt32, Int64) = (0, 0)
        let path = name.baseAddress?.assumingMemoryBound(to: CChar.self)
        do {
            _ = try callAgain { sfs_glance_at(folder.descriptor, path, &mode, &size) }
        } catch {
            if error == .noSuchFileOrDirectory { return nil }
            let name = String(decoding: name, as: UTF8.self)
            throw SFSError("cannot look at '\(name)' in '\(folder.path)'", errno: error)
        }
        return FolderEntry(name: name, kind: FileStatus.Kind(mode: mode), size: size)
    }
}
