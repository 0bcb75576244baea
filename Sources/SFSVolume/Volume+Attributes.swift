package import SFSCore
import SFSFiles

extension Volume {
    /// Writes what is kept beside the bytes of `hash`, durably; whether there is such a file.
    ///
    /// Looks at no byte: for a file that was found good just now, or whose generation changes.
    @discardableResult
    package func setAttributes(_ attributes: ContentAttributes, of hash: ContentHash) throws -> Bool
    {
        try locks.withLock(on: hash) {
            guard let replica = try openReplica(hash) else { return false }
            // The file system writes a new value of an attribute whole or not at all.
            try replica.label(attributes)
            return true
        }
    }

    /// Gives the file of `hash` the attributes that it has lost, durably: `attributes`, and sums
    /// made anew; whether any were missing.
    ///
    /// Only after all its bytes were read from the disk and match its name.
    ///
    /// - Throws: `SFSError` with code `.corrupt` when they do not, `.notFound` when there is no
    ///   such file.
    @discardableResult
    package func repairAttributes(
        of hash: ContentHash, to attributes: ContentAttributes, at time: Timestamp
    ) throws -> Bool {
        try locks.withLock(on: hash) {
            guard let replica = try openReplica(hash) else {
                throw SFSError(.notFound, "'\(hash)' is not in volume '\(path)'")
            }
            let hasLost = try replica.attributes == nil || replica.file.blockSums() == nil
            guard hasLost else { return false }
            try replica.verify(at: time)
            try replica.settle(replica.attributes == nil ? attributes : nil)
            return true
        }
    }
}
