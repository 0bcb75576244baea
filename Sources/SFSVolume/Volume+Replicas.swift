package import SFSCore
import SFSFiles

extension Volume {
    /// Opens the replica of `hash`; `nil` when there is none.
    ///
    /// - Throws: `SFSError` with code `.corrupt` when the file is not even of the right length.
    package func openReplica(_ hash: ContentHash) throws -> OpenReplica? {
        guard let file = try content.openFile(hash) else { return nil }
        return try OpenReplica(hash, file)
    }

    /// Calls `body` with the hash of every replica until it returns `false`; by algorithm and the
    /// first two digits, in no order below that.
    package func forEachReplica(_ body: (ContentHash) throws -> Bool) throws {
        try content.forEachHash(body)
    }

    /// How often a name that is taken is looked at before giving up; only other programs that
    /// change the volume at the same moment make it more than two.
    private static let placeAttemptsMaximum = 4

    /// Gives the sealed `write` the name `hash`, or makes a good file that has it already durable.
    func place(
        _ write: DurableWrite, as hash: ContentHash, _ attributes: ContentAttributes
    ) throws {
        let parent = try content.parent(of: hash)
        try locks.withLock(on: hash) {
            for _ in 0..<Self.placeAttemptsMaximum {
                if try write.place(into: parent, as: ContentFolder.name(of: hash)) { return }
                if try keepExisting(hash, attributes, in: parent) {
                    try write.discard()
                    return
                }
            }
            throw SFSError(.conflict, "cannot name '\(hash)': something else keeps changing it")
        }
    }

    /// Makes the file that has the name `hash` durable when its bytes are good; `false` when the
    /// name is free now: the file went away, or was bad and went to quarantine.
    private func keepExisting(
        _ hash: ContentHash, _ attributes: ContentAttributes, in parent: Folder
    ) throws -> Bool {
        do {
            guard let file = try content.openFile(hash) else { return false }
            // First what the kernel holds, so that what is read then comes from the disk.
            try file.synchronize()
            let replica = try OpenReplica(hash, file)
            try replica.verify(at: .now())
            if (replica.attributes?.generation ?? 0) < attributes.generation {
                try file.setAttribute(
                    ReplicaAttributes.metaName, ReplicaAttributes.encode(attributes))
            }
            try setBlockSums(replica.blockSums()) { name, value throws(SFSError) in
                try file.setAttribute(name, value)
            }
            try file.setPermissions(0o444)
            try file.synchronize()
            try parent.synchronize()
            return true
        } catch let error as SFSError where error.code == .corrupt || error.code == .io {
            // A disk that cannot read it has not got it.
            try quarantine(hash, at: .now(), from: parent)
            return false
        }
    }
}
