package import SFSCore
import SFSFiles

extension Volume {
    /// What a look at all bytes of a replica found.
    package enum Examination: Sendable {
        /// They are the content of that name; so many bytes.
        case good(size: Int64)
        /// They are not, or the disk cannot read them.
        case bad(BadReplica)
    }

    /// A file that is not the content of its name; that very file, whatever has the name later.
    package struct BadReplica: Sendable {
        let hash: ContentHash
        let status: FileStatus
        /// What is wrong: `.corrupt`, or `.io` when the disk failed.
        package let error: SFSError
    }

    /// Reads all bytes of the replica of `hash` from the disk and compares them with its name;
    /// `nil` when there is none.
    ///
    /// What does not match is read once more before it is called bad. A good one carries `time`
    /// in its attributes from now on.
    package func examine(_ hash: ContentHash, at time: Timestamp) throws -> Examination? {
        if case .good(let size)? = try examineOnce(hash, at: time) { return .good(size: size) }
        return try examineOnce(hash, at: time)
    }

    private func examineOnce(_ hash: ContentHash, at time: Timestamp) throws -> Examination? {
        guard let parent = try content.existingParent(of: hash),
            let status = try parent.status(of: ContentFolder.name(of: hash))
        else { return nil }
        do {
            guard let replica = try openReplica(hash) else { return nil }
            try replica.verify(at: time)
            return .good(size: replica.size)
        } catch let error as SFSError where error.code == .corrupt || error.code == .io {
            return .bad(BadReplica(hash: hash, status: status, error: error))
        }
    }

    /// Moves a bad replica into quarantine, durably; `false` when another file, or none, has its
    /// name by now.
    @discardableResult
    package func moveToQuarantine(_ bad: BadReplica, at time: Timestamp) throws -> Bool {
        try locks.withLock(on: bad.hash) {
            guard let parent = try content.existingParent(of: bad.hash),
                let status = try parent.status(of: ContentFolder.name(of: bad.hash)),
                status.isSameFile(as: bad.status)
            else { return false }
            return try quarantine(bad.hash, at: time, from: parent)
        }
    }

    /// Whether there is a file of that name, whatever its bytes are.
    package func holds(_ hash: ContentHash) throws -> Bool {
        try content.existingParent(of: hash)?.status(of: ContentFolder.name(of: hash)) != nil
    }
}
