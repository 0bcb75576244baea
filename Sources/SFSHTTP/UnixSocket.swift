import Glibc
import SFSCore

/// A socket file: made with its owner and mode before anybody can connect, and taken away again.
struct UnixSocket: Sendable {
    let path: String
    /// Bound but not listening yet; whoever takes the value owns it.
    let descriptor: CInt
    private let identity: Identity

    private struct Identity: Equatable {
        let device: dev_t
        let inode: ino_t
    }

    /// Binds a socket to `path`, in place of one that nobody answers on.
    ///
    /// - Throws: `SFSError` with code `.configuration`.
    init(path: String, mode: UInt16, group: UInt32?) throws(SFSError) {
        guard path.utf8.count <= UnixSocketAddress.pathBytesMaximum, !path.isEmpty else {
            throw Self.failure(
                path, "the path of a socket has 1 to \(UnixSocketAddress.pathBytesMaximum) bytes")
        }
        try Self.removeStale(path)
        let descriptor = socket(
            AF_UNIX, CInt(SOCK_STREAM.rawValue) | CInt(SOCK_CLOEXEC.rawValue), 0)
        guard descriptor >= 0 else { throw Self.failure(path, errno) }
        guard UnixSocketAddress.with(path, { bind(descriptor, $0, $1) }) == 0 else {
            let number = errno
            close(descriptor)
            throw Self.failure(path, number)
        }
        // Nobody can connect before listen(2), so the mode need not be right from the first
        // moment, and the umask of the whole process is left alone.
        guard chmod(path, mode_t(mode)) == 0, chown(path, uid_t.max, group ?? gid_t.max) == 0,
            let identity = Self.identity(path)
        else {
            let number = errno
            close(descriptor)
            unlink(path)
            throw Self.failure(path, number)
        }
        self.path = path
        self.descriptor = descriptor
        self.identity = identity
    }

    /// Unlinks the file if it is still the one that was made.
    func remove() {
        if Self.identity(path) == identity { unlink(path) }
    }

    /// Takes away what a process that is gone has left.
    private static func removeStale(_ path: String) throws(SFSError) {
        var status = stat()
        guard lstat(path, &status) == 0 else { return }
        guard status.st_mode & S_IFMT == S_IFSOCK else {
            throw failure(path, "something that is no socket has this name")
        }
        // Non-blocking, since a server that is too busy to accept is there all the same.
        let probe = socket(
            AF_UNIX, CInt(SOCK_STREAM.rawValue) | CInt(SOCK_CLOEXEC.rawValue) | O_NONBLOCK, 0)
        guard probe >= 0 else { throw failure(path, errno) }
        defer { close(probe) }
        let answer = UnixSocketAddress.with(path) { connect(probe, $0, $1) } == 0 ? 0 : errno
        guard answer == ECONNREFUSED else {
            if answer == ENOENT { return }
            throw failure(path, answer == EACCES ? EACCES : EADDRINUSE)
        }
        guard unlink(path) == 0 || errno == ENOENT else { throw failure(path, errno) }
    }

    private static func identity(_ path: String) -> Identity? {
        var status = stat()
        guard lstat(path, &status) == 0 else { return nil }
        return Identity(device: status.st_dev, inode: status.st_ino)
    }

    private static func failure(_ path: String, _ number: CInt) -> SFSError {
        failure(path, SystemError.text(number))
    }

    private static func failure(_ path: String, _ reason: String) -> SFSError {
        SFSError(.configuration, "cannot listen on '\(path)': \(reason)")
    }
}
