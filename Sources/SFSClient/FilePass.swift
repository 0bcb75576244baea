import Glibc
import NIOCore
import SFSCore
import SFSFiles
import Synchronization

/// One reading of a file from its start to its end, in pieces, hashed on the way.
///
/// All calls block and belong on a `DiskQueue`; never two at once.
final class FilePass: Sendable {
    /// Bytes per piece: large enough that a hop between threads costs nothing beside the hashing.
    private static let pieceBytesMaximum = 1 << 20

    private struct State {
        var offset: Int64 = 0
        let hasher: ContentHasher
    }

    private let source: UploadSource
    private let state: Mutex<State>

    /// - Throws: `SFSError` with code `.unavailable` when this machine does not have `algorithm`.
    init(_ source: UploadSource, hashing algorithm: HashAlgorithm) throws(SFSError) {
        self.source = source
        state = Mutex(State(hasher: try ContentHasher(algorithm)))
    }

    /// The next piece; `nil` at the end.
    ///
    /// A file has the size that it had when it was opened: one that became shorter, longer or
    /// younger meanwhile makes the *last* piece throw, so that its reader never gets all bytes.
    ///
    /// - Throws: `SFSError` with code `.hashMismatch` when the file changed, `.io`.
    func next() throws -> ByteBuffer? {
        try state.withLock { state in
            let size = source.size ?? .max
            let wanted = Int(min(Int64(Self.pieceBytesMaximum), size - state.offset))
            guard wanted > 0 else {
                if size == 0 { try source.checkUnchanged() }
                return nil
            }
            var piece = ByteBuffer()
            let count = try source.read(into: &piece, at: state.offset, atMost: wanted)
            state.offset += Int64(count)
            if source.size != nil, count < wanted || state.offset == size {
                try source.checkUnchanged()
            }
            guard count > 0 else { return nil }
            state.hasher.update(piece)
            return piece
        }
    }

    /// The hash of everything that was read; once, at the end.
    func hash() throws(SFSError) -> ContentHash {
        try state.withLock { state throws(SFSError) in try state.hasher.finish() }
    }
}
