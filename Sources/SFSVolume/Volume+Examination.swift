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

    /// Reads all bytes of the replica of `hash` and compares them with its name; `nil` when there
    /// is none.
    ///
    /// What does not match is read once more before it is called bad. A good one carries `time`
    /// in its attributes from now on, and new sums when it had lost those.
    ///
    /// With `dropsCache` the kernel's cache of the file is emptied before, so that the disk is read,
    /// and after, so that what others read stays in it. `pace` is called after each piece that was
    /// read, with its length in bytes: it may sleep, to keep to a rate, and what it throws ends the
    /// reading.
    package func examine(
        _ hash: ContentHash, at time: Timestamp, dropsCache: Bool = true,
        pace: ((Int) throws -> Void)? = nil
    ) throws -> Examination? {
        let first = try examineOnce(hash, at: time, dropsCache, pace)
        guard case .bad? = first else { return first }
        return try examineOnce(hash, at: time, true, pace)
    }

    /// What ended the reading from outside; never taken for a fault of the disk.
    private struct Interruption: Error {
        let reason: any Error
    }

    private func examineOnce(
        _ hash: ContentHash, at time: Timestamp, _ dropsCache: Bool, _ pace: ((Int) throws -> Void)?
    ) throws -> Examination? {
        guard let status = try content.find(hash)?.status else { return nil }
        do {
            guard let replica = try openReplica(hash) else { return nil }
            if dropsCache { replica.file.dropCache() }
            defer { if dropsCache { replica.file.dropCache() } }
            try replica.compareAll(at: time) { count in
                do { try pace?(count) } catch { throw Interruption(reason: error) }
            }
            return .good(size: replica.size)
        } catch let error as Interruption {
            throw error.reason
        } catch let error as SFSError where error.code == .corrupt || error.code == .io {
            return .bad(BadReplica(hash: hash, status: status, error: error))
        }
    }
}
