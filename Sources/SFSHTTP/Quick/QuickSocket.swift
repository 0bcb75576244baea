import CLinux
import Glibc
import NIOCore

/// The socket of a connection, written to without the channel; only while the channel has nothing to
/// write, and only on its event loop.
struct QuickSocket {
    private let descriptor: CInt

    /// The socket of the channel of `context`; `nil` when it has none.
    init?(of context: ChannelHandlerContext) {
        let descriptor = try? context.pipeline.syncOperations.withUnsafeTransportIfAvailable(
            of: NIOBSDSocket.Handle.self
        ) { $0 }
        guard let descriptor else { return nil }
        self.descriptor = descriptor
    }

    /// Sends what there is room for now: the number of bytes; `nil` when the connection is broken.
    ///
    /// With `more` the kernel keeps the end back for what follows at once.
    func send(_ bytes: ByteBuffer, more: Bool = false) -> Int? {
        bytes.withUnsafeReadableBytes {
            Self.result(sfs_send(descriptor, $0.baseAddress, $0.count, more ? 1 : 0))
        }
    }

    /// What became of bytes of a file.
    enum FileResult {
        case sent(Int)
        case broken
        /// The disk failed, or the file has ended before.
        case unreadable
    }

    /// Sends what there is room for now of `file` at `range`.
    func send(_ file: FileSlice, _ range: Range<Int64>) -> FileResult {
        file.withDescriptor { file, offset in
            let count = sfs_send_file(
                descriptor, file, offset + range.lowerBound, range.count)
            if count == 0 || count < 0 && errno == EIO { return .unreadable }
            return Self.result(count).map { FileResult.sent($0) } ?? .broken
        }
    }

    private static func result(_ count: Int) -> Int? {
        count >= 0 ? count : errno == EAGAIN ? 0 : nil
    }
}
