import Glibc
package import SFSCore

/// A group of this machine whose members may operate the daemon.
package struct OperatorGroup: Sendable, Hashable {
    /// Its name in the group database.
    package let name: String
    /// Its number, which a socket's peer credentials and a file's owner are compared with.
    package let id: UInt32

    /// Looks `name` up.
    ///
    /// - Throws: `SFSError` with code `.configuration` when there is no such group.
    package init(named name: String) throws(SFSError) {
        var entry = group()
        var found: UnsafeMutablePointer<group>?
        // Room for a group of several thousand members.
        var buffer = [CChar](repeating: 0, count: 1 << 20)
        let status = getgrnam_r(name, &entry, &buffer, buffer.count, &found)
        guard status == 0, found != nil else {
            throw SFSError(
                .configuration, "there is no group '\(name)'; do 'groupadd --system \(name)'")
        }
        self.name = name
        id = entry.gr_gid
    }
}
