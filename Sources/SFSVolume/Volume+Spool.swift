package import SFSCore
import SFSFiles
import Synchronization
import SystemPackage

extension Volume {
    /// Begins to receive bytes under the name `upload`.
    ///
    /// - Throws: `SFSError` with code `.noSpace` when less than `reserve` would stay free,
    ///   `.conflict` when there is such an upload already, `.unavailable` when the volume is gone.
    package func beginSpool(
        _ upload: UploadID, algorithm: HashAlgorithm, length: Int64?, reserve: ByteCount
    ) throws -> SpoolFile {
        try checkPresence()
        try checkRoom(for: length ?? 0, reserve: reserve)
        // Before the file is there, so that a sweep never sees one that is not known to be alive.
        guard liveUploads.withLock({ $0.insert(upload).inserted }) else {
            throw SFSError(.conflict, "upload '\(upload)' is there already")
        }
        do {
            return try SpoolFile(
                upload, in: self, algorithm: algorithm, length: length, reserve: reserve)
        } catch {
            forget(upload)
            // To a caller "not found" would mean the upload; the folder of all uploads is gone.
            guard error.code == .notFound else { throw error }
            throw SFSError(.io, error.message, cause: error.cause)
        }
    }

    /// Removes spool files that no live upload holds, or only says what that would be.
    ///
    /// Files of `keeping` and of every `SpoolFile` that exists stay, and with `olderThan` so do
    /// those that were written to within that time.
    package func sweepSpool(
        keeping: Set<UploadID> = [], olderThan: Duration? = nil, dryRun: Bool = false
    ) throws -> FreedSpace {
        let oldest = olderThan.map { Timestamp.now().milliseconds - $0.milliseconds }
        var freed = FreedSpace()
        try spool.forEachName { name in
            // Whatever is in the spool is not content; a name that is no upload is nobody's.
            if let upload = try? UploadID(parsing: name.string) {
                let isLive = liveUploads.withLock { $0.contains(upload) }
                if isLive || keeping.contains(upload) { return true }
            }
            guard let status = try spool.status(of: name), status.kind != .folder else {
                return true
            }
            if let oldest, status.modified / 1_000_000 > oldest { return true }
            if try dryRun || spool.unlink(name) { freed.add(status.size) }
            return true
        }
        return freed
    }

    func forget(_ upload: UploadID) {
        liveUploads.withLock { _ = $0.remove(upload) }
    }

    func checkRoom(for length: Int64, reserve: ByteCount) throws(SFSError) {
        let free = try space().freeBytes - reserve.bytes
        guard free < length || free < 0 else { return }
        throw SFSError(
            .noSpace,
            "volume '\(path)' is full: \(ByteCount(length)) needed, "
                + "\(ByteCount(max(0, free))) free beside the reserve of \(reserve)")
    }
}

extension Duration {
    var milliseconds: Int64 {
        components.seconds * 1000 + components.attoseconds / 1_000_000_000_000_000
    }
}
