import CLinux
import Glibc
import SFSCore

/// The folder of a private server: `data/`, the socket, `postgres.log`, `lock`.
///
/// All of its functions block the thread.
struct ServerFolder: Sendable {
    /// Absolute, without a slash at its end.
    let path: String
    /// Whose it is; `nil` = this process's user.
    let user: UnixUser?

    var data: String { "\(path)/data" }
    var log: String { "\(path)/postgres.log" }

    /// The role and the database that it is made with.
    static let role = "stretchfs"
    static let port = 5432

    /// How to reach its server, in `database`.
    func url(database: String) -> String {
        let host = path.utf8.map { byte -> String in
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "_"):
                String(UnicodeScalar(byte))
            default: "%" + (byte < 16 ? "0" : "") + String(byte, radix: 16)
            }
        }
        return "postgresql://\(Self.role)@/\(database)?host=\(host.joined())&port=\(Self.port)"
    }

    /// Makes the folder if it is not there, for its user alone.
    ///
    /// - Throws: `SFSError` with code `.configuration`.
    func make() throws(SFSError) {
        let socket = "\(path)/.s.PGSQL.\(Self.port)"
        guard path.hasPrefix("/"), socket.utf8.count <= UnixSocketAddress.pathBytesMaximum else {
            throw SFSError(
                .configuration,
                "the socket '\(socket)' has a path of \(socket.utf8.count) bytes and Linux allows "
                    + "\(UnixSocketAddress.pathBytesMaximum); choose a shorter state folder")
        }
        guard unsafe mkdir(path, 0o700) == 0 || errno == EEXIST else {
            throw failure("cannot make the folder '\(path)'", errno)
        }
        if let user, unsafe chown(path, user.id, user.group) != 0 {
            throw failure("cannot give '\(path)' to the user '\(user.name)'", errno)
        }
        guard unsafe chmod(path, 0o700) == 0 else {
            throw failure("cannot close '\(path)' to others", errno)
        }
    }

    /// Locks the folder against another sfsd; the lock ends when the returned descriptor is
    /// closed, which it is with this process.
    ///
    /// - Throws: `SFSError` with code `.conflict` when another holds it.
    func lock() throws(SFSError) -> Int32 {
        let descriptor = unsafe open(
            "\(path)/lock", O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0o600)
        guard descriptor >= 0 else { throw failure("cannot open '\(path)/lock'", errno) }
        guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
            close(descriptor)
            throw SFSError(
                .conflict,
                "the catalog in '\(path)' is in use by another sfsd; stop that one first")
        }
        return descriptor
    }

    /// The major version of the PostgreSQL that made the data; `nil` when there are none.
    func dataVersion() -> Int? {
        SmallFile.read("\(data)/PG_VERSION").flatMap { text in
            Int(String(text.prefix { $0.isNumber }))
        }
    }

    func failure(_ what: String, _ number: Int32) -> SFSError {
        SFSError(.configuration, "\(what): \(SmallFile.reason(number))")
    }
}
