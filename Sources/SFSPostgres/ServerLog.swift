import Glibc

/// PostgreSQL's log, a file that is put aside when it is full: two files at most.
///
/// Used by one thread. What cannot be written is dropped: a full disk must not stop the server.
final class ServerLog {
    private let path: String
    private var descriptor: Int32 = -1
    private var size = 0
    /// The last bytes written, for an error message.
    private(set) var tail: [UInt8] = []

    private static let sizeMaximum = 16 << 20
    private static let tailMaximum = 1000

    /// Goes on with the file at `path`.
    init(path: String) {
        self.path = path
        openFile()
    }

    deinit {
        if descriptor >= 0 { close(descriptor) }
    }

    /// Adds `bytes`.
    func append(_ bytes: ArraySlice<UInt8>) {
        tail = Array((tail + bytes).suffix(Self.tailMaximum))
        if size + bytes.count > Self.sizeMaximum {
            close(descriptor)
            _ = unsafe rename(path, "\(path).1")
            openFile()
        }
        let written = unsafe bytes.withUnsafeBytes { bytes in
            unsafe write(descriptor, bytes.baseAddress, bytes.count)
        }
        size += max(0, written)
    }

    private func openFile() {
        descriptor = unsafe open(
            path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC | O_NOFOLLOW, 0o600)
        size = max(0, Int(lseek(descriptor, 0, SEEK_END)))
    }
}
