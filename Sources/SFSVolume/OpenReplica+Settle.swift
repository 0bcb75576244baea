import SFSCore
import SFSFiles

extension OpenReplica {
    /// Brings a good file to what it has to be, durably: its attributes, those that are given and
    /// its sums, and read-only.
    ///
    /// Its name becomes durable only with its folder.
    func settle(_ attributes: ContentAttributes?) throws {
        try set(attributes)
        try setBlockSums(blockSums()) { name, value throws(SFSError) in
            try file.setAttribute(name, value)
        }
        try file.setPermissions(Self.permissions)
        try file.synchronize()
    }

    /// Writes `attributes`, if there are any, and makes the file read-only, durably.
    func label(_ attributes: ContentAttributes?) throws(SFSError) {
        try set(attributes)
        try file.setPermissions(Self.permissions)
        try file.synchronize()
    }

    private func set(_ attributes: ContentAttributes?) throws(SFSError) {
        guard let attributes else { return }
        try file.setAttribute(ReplicaAttributes.metaName, ReplicaAttributes.encode(attributes))
    }

    /// Nothing opens a content for writing again.
    private static let permissions: UInt32 = 0o444
}
