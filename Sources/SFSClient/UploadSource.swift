import Glibc
import NIOCore
import SFSCore
import SFSFiles
import SystemPackage

/// What is to be put: an open file, or a stream of bytes whose end nobody knows beforehand.
enum UploadSource: Sendable {
    /// A regular file, as it was when it was opened.
    case file(OpenFile, FileStatus)
    /// A pipe or a device, read in order.
    case stream(OpenFile)
    case standardInput

    /// Opens `path`, which may wait for a pipe's other end.
    ///
    /// - Throws: `SFSError` with code `.noInput`.
    static func open(_ path: FilePath) throws(SFSError) -> UploadSource {
        do throws(SFSError) {
            let file = try OpenFile.open(path)
            let status = try file.status()
            switch status.kind {
            case .file:
                return try hasHiddenBytes(file, status) ? .stream(file) : .file(file, status)
            case .symbolicLink, .other: return .stream(file)
            case .folder: break
            }
        } catch {
            throw SFSError(.noInput, error.message, cause: error)
        }
        throw SFSError(.noInput, "'\(path)' is a folder; use -r to put the files in it")
    }

    /// Whether the file has bytes and says that it has none, as those in /proc do.
    private static func hasHiddenBytes(
        _ file: OpenFile, _ status: FileStatus
    ) throws(SFSError) -> Bool {
        guard status.size == 0 else { return false }
        let probe = UnsafeMutableRawBufferPointer.allocate(byteCount: 1, alignment: 1)
        defer { probe.deallocate() }
        return try file.read(into: probe, at: 0) > 0
    }

    /// Bytes; `nil` for a stream.
    var size: Int64? {
        switch self {
        case .file(_, let status): status.size
        case .stream, .standardInput: nil
        }
    }

    /// Reads up to `count` bytes into the empty `piece`; 0 only at the end.
    func read(into piece: inout ByteBuffer, at offset: Int64, atMost count: Int) throws -> Int {
        try piece.writeWithUnsafeMutableBytes(minimumWritableBytes: count) { bytes in
            let room = UnsafeMutableRawBufferPointer(rebasing: bytes[..<count])
            switch self {
            case .file(let file, _): return try file.read(into: room, at: offset)
            case .stream(let file): return try Self.fill(room, from: file.number, file.path.string)
            case .standardInput:
                return try Self.fill(room, from: STDIN_FILENO, "standard input")
            }
        }
    }

    /// - Throws: `SFSError` with code `.hashMismatch` when the file is not what it was.
    func checkUnchanged() throws(SFSError) {
        guard case .file(let file, let before) = self else { return }
        let now = try file.status()
        guard now.size == before.size, now.modified == before.modified else {
            throw Self.changed(file.path)
        }
    }

    /// The error of a file that is not what it was.
    static func changed(_ path: FilePath) -> SFSError {
        SFSError(.hashMismatch, "'\(path)' changed while it was read; put it again")
    }

    /// Reads until `room` is full or the stream ends, since a pipe gives little at a time.
    private static func fill(
        _ room: UnsafeMutableRawBufferPointer, from descriptor: CInt, _ name: String
    ) throws(SFSError) -> Int {
        var filled = 0
        while filled < room.count {
            let rest = UnsafeMutableRawBufferPointer(rebasing: room[filled...])
            let count = Glibc.read(descriptor, rest.baseAddress, rest.count)
            if count == 0 { break }
            if count > 0 {
                filled += count
            } else if errno != EINTR {
                throw SFSError("cannot read '\(name)'", errno: Errno(rawValue: errno))
            }
        }
        return filled
    }
}
