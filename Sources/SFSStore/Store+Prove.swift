package import SFSCore
import SFSFiles
import SFSVolume
package import SFSWire

extension Store {
    package func prove(_ hash: ContentHash) async throws -> VerifiedReplica {
        let start = ContinuousClock.now
        if let proven = try await provenReplica(hash, since: windowStart) { return proven }
        _ = try await verify(hash)
        if let proven = try await provenReplica(hash, since: start) { return proven }
        throw SFSError(
            .conflict,
            "the replica of '\(hash)' on store '\(settings.name)' changed while it was read")
    }

    /// What was proven before this counts no more.
    ///
    /// A disk that has failed is not believed what it said before.
    var windowStart: ContinuousClock.Instant {
        problem == nil ? .now - settings.proofWindow : .now
    }

    /// The replica of `hash`, if it was proven since `moment` and is still there.
    ///
    /// Whoever hears of it may have the catalog count it. So this look is under the lock, as that
    /// of `find(_:)` is: between the moment when a removal takes the store off the row and the
    /// rename of the file, the file is there and must not be seen (see `Store+Remove.swift`).
    func provenReplica(
        _ hash: ContentHash, since moment: ContinuousClock.Instant
    ) async throws -> VerifiedReplica? {
        try await replicas.withLock(on: hash) {
            try await provenReplicaHeld(hash, since: moment)
        }
    }

    /// The same, for who holds the lock on `hash`.
    func provenReplicaHeld(
        _ hash: ContentHash, since moment: ContinuousClock.Instant
    ) async throws -> VerifiedReplica? {
        let service = try service()
        let status = try await onDisk {
            try service.volume.checkPresence()
            return try service.volume.status(of: hash)
        }
        guard let status, let time = proofs.time(of: hash, status, since: moment) else {
            return nil
        }
        return VerifiedReplica(size: status.size, verifiedAt: time)
    }
}

extension Volume {
    /// What the kernel knows of the file of `hash`; `nil` when there is none that could be good.
    func status(of hash: ContentHash) throws -> FileStatus? {
        do {
            return try openReplica(hash)?.file.status()
        } catch let error as SFSError where error.code == .corrupt {
            return nil
        }
    }
}
