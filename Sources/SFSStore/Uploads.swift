import SFSCore
import SFSVolume
import Synchronization

/// The spool files of a store that somebody is writing, or may still commit.
final class Uploads: Sendable {
    private struct Entry {
        let spool: SpoolFile
        /// When the last byte came; `nil` while bytes come.
        var received: ContinuousClock.Instant?
    }

    private let entries = Mutex<[UploadID: Entry]>([:])

    /// All names in use, received or not.
    var names: Set<UploadID> { entries.withLock { Set($0.keys) } }

    /// Notes that `spool` is being written.
    ///
    /// - Throws: `SFSError` with code `.conflict` when the name is in use.
    func begin(_ upload: UploadID, _ spool: SpoolFile) throws(SFSError) {
        let isNew = entries.withLock { entries in
            guard entries[upload] == nil else { return false }
            entries[upload] = Entry(spool: spool)
            return true
        }
        if !isNew { throw SFSError(.conflict, "upload '\(upload)' is under way already") }
    }

    /// Notes that all bytes of `upload` came, so that it may be committed.
    func setReceived(_ upload: UploadID) {
        entries.withLock { $0[upload]?.received = .now }
    }

    /// Forgets `upload` and hands its file over, once all bytes came.
    func takeReceived(_ upload: UploadID) -> SpoolFile? {
        entries.withLock { entries in
            guard entries[upload]?.received != nil else { return nil }
            return entries.removeValue(forKey: upload)?.spool
        }
    }

    /// Forgets `upload`, whatever its state.
    func remove(_ upload: UploadID) {
        entries.withLock { _ = $0.removeValue(forKey: upload) }
    }

    /// Forgets and hands over what was received more than `age` ago and never committed.
    func takeAbandoned(after age: Duration) -> [SpoolFile] {
        entries.withLock { entries in
            let old = entries.filter { _, entry in
                entry.received.map { .now - $0 > age } ?? false
            }
            for upload in old.keys { entries[upload] = nil }
            return old.values.map(\.spool)
        }
    }
}
