package import SFSCore
package import SFSFiles

extension Volume {
    /// Opens the replica of `hash`; `nil` when there is none.
    ///
    /// - Throws: `SFSError` with code `.corrupt` when the file is not even of the right length.
    package func openReplica(_ hash: ContentHash) throws -> OpenReplica? {
        guard let file = try content.openFile(hash) else { return nil }
        return try OpenReplica(hash, file)
    }

    /// Whether there is a file of that name, whatever its bytes are.
    package func holds(_ hash: ContentHash) throws -> Bool { try content.find(hash) != nil }

    /// Whether there is surely no file of that name: the volume is in its place before and after the
    /// look.
    ///
    /// - Throws: `SFSError` with code `.unavailable` when it is not: a disk that is not there has no
    ///   files, and says nothing about them.
    package func lacks(_ hash: ContentHash) throws -> Bool {
        try checkPresence()
        guard try !holds(hash) else { return false }
        try checkPresence()
        return true
    }

    /// What the kernel knows of whatever has the name of `hash`; `nil` when nothing has.
    ///
    /// As long as size, inode and time of change are the same, so are the bytes that the disk was
    /// last given.
    package func status(of hash: ContentHash) throws -> FileStatus? {
        try content.find(hash)?.status
    }

    /// How often a name that is taken is looked at before giving up; only other programs that
    /// change the volume at the same moment make it more than two.
    private static let placeAttemptsMaximum = 4

    /// Gives the sealed `write` the name `hash`, or makes a good file that has it already durable.
    func place(
        _ write: DurableWrite, as hash: ContentHash, _ attributes: ContentAttributes
    ) throws {
        let parent = try content.makeFolder(of: hash)
        let name = content.newName(of: hash, fileExtension: attributes.fileExtension)
        try locks.withLock(on: hash) {
            for _ in 0..<Self.placeAttemptsMaximum {
                if try !content.isNamedOtherwise(hash), try write.place(into: parent, as: name) {
                    return
                }
                if try keepExisting(hash, attributes) != nil {
                    try write.discard()
                    return
                }
            }
            throw SFSError(.conflict, "cannot name '\(hash)': something else keeps changing it")
        }
    }

    /// Makes the file that has the name `hash` durable when its bytes are good, and gives its size;
    /// `nil` when the name is free now: the file went away, or was bad and went to quarantine.
    ///
    /// It gets `attributes` when they are of a higher generation. Only under the lock of `hash`.
    func keepExisting(_ hash: ContentHash, _ attributes: ContentAttributes) throws -> Int64? {
        do {
            guard let file = try content.openFile(hash) else { return nil }
            // First what the kernel holds, so that what is read then comes from the disk.
            try file.synchronize()
            let replica = try OpenReplica(hash, file)
            try replica.verify(at: .now())
            let isNewer = (replica.attributes?.generation ?? 0) < attributes.generation
            try replica.settle(isNewer ? attributes : nil)
            // The folder with all above it, which may be as new as the file.
            try content.makeFolder(of: hash).synchronize()
            return replica.size
        } catch let error as SFSError where error.code == .corrupt || error.code == .io {
            // A disk that cannot read it has not got it.
            try quarantine(hash, at: .now())
            return nil
        }
    }
}
