import Glibc
import SFSCore

/// A user of this machine.
struct UnixUser: Sendable, Hashable {
    let name: String
    let id: uid_t
    let group: gid_t

    /// Looks `name` up; `nil` when there is no such user.
    init?(named name: String) {
        // getpwnam_r(3) and not getpwnam(3), whose answer other threads may overwrite.
        var entry = unsafe passwd()
        var found: UnsafeMutablePointer<passwd>?
        var texts = [CChar](repeating: 0, count: 16_384)
        guard unsafe getpwnam_r(name, &entry, &texts, texts.count, &found) == 0,
            unsafe found != nil
        else { return nil }
        self.name = name
        unsafe id = entry.pw_uid
        unsafe group = entry.pw_gid
    }

    /// Whom PostgreSQL is to run as: `nil` = whoever runs this process.
    ///
    /// PostgreSQL refuses to run as root; then it is `asked`, else `postgres`, else `nobody`.
    ///
    /// - Throws: `SFSError` with code `.configuration`.
    static func forServer(asked: String?) throws(SFSError) -> UnixUser? {
        guard geteuid() == 0 else {
            guard let asked, UnixUser(named: asked)?.id != geteuid() else { return nil }
            throw SFSError(
                .configuration, "cannot run PostgreSQL as '\(asked)': only root may change the user"
            )
        }
        if let asked {
            guard let user = UnixUser(named: asked), user.id != 0 else {
                throw SFSError(
                    .configuration, "cannot run PostgreSQL as '\(asked)': name a user but root")
            }
            return user
        }
        guard let user = UnixUser(named: "postgres") ?? UnixUser(named: "nobody") else {
            throw SFSError(
                .configuration, "there is no user 'postgres' to run PostgreSQL as; name one")
        }
        return user
    }
}
