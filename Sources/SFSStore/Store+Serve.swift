package import SFSCore
import SFSFiles
import SFSVolume

extension Store {
    /// The replica of `hash`, open, to be served from the kernel's cache; `nil` when there is none,
    /// or when every byte has to be checked each time it is sent.
    ///
    /// It is looked at again whether the file is still the one that has the name.
    ///
    /// - Throws: `SFSError` with code `.corrupt` when it is bad; it is verified then.
    package func serve(_ hash: ContentHash) async throws -> ServedReplica? {
        let policy = settings.deliveryCheck
        guard policy != .always else { return nil }
        let service = try service()
        let known = served[hash]
        let window = settings.proofWindow
        return try await doubting(hash) {
            try await onDisk { [served] in
                // Only what is known is looked at: this opens the file, and so does what follows.
                if let known, known.isCurrent, .now - known.opened < window,
                    let status = try service.volume.status(of: hash),
                    status.inode == known.inode, status.size == known.size
                {
                    return known
                }
                known?.withdraw()
                guard let replica = try service.volume.openReplica(hash) else { return nil }
                let opened = try ServedReplica(
                    replica, of: service.life, checksBytes: policy == .first)
                served.set(hash, opened)
                return opened
            }
        }
    }

    /// Checks the bytes of `replica` at `offsets`, and has them in the kernel's cache.
    ///
    /// - Throws: `SFSError` with code `.corrupt` when they are bad; the replica is verified then.
    package func check(_ replica: ServedReplica, _ offsets: Range<Int64>) async throws {
        do {
            try await onDisk { try replica.check(offsets) }
        } catch let error as SFSError where error.code == .corrupt || error.code == .io {
            replica.withdraw()
            doubt(replica.hash)
            throw error
        }
    }

    /// Keeps what is open of `hash` from being served any more.
    func withdraw(_ hash: ContentHash) {
        served[hash]?.withdraw()
        served.set(hash, nil)
    }
}
