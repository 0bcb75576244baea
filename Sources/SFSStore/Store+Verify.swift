import Logging
import SFSCatalog
package import SFSCore
import SFSFiles
import SFSVolume
package import SFSWire

extension Store {
    package func verify(_ hash: ContentHash) async throws -> VerifiedReplica {
        let time = Timestamp.now()
        switch try await judge(hash, at: time) {
        case .good(let size)?:
            try await settleDamaged(hash)
            return VerifiedReplica(size: size, verifiedAt: time)
        case nil:
            try await settleMissing(hash)
            throw absence(of: hash)
        case .bad(let error, _)?:
            throw SFSError(
                .corrupt, "the replica of '\(hash)' on store '\(settings.name)' is damaged",
                cause: error)
        }
    }

    /// What a look at all bytes of a replica came to.
    enum Verdict: Sendable {
        case good(size: Int64)
        /// It was bad, for that reason; the only one that is recorded stays out of quarantine.
        case bad(SFSError, isInQuarantine: Bool)
    }

    /// Reads all bytes of the replica of `hash` from the disk, and takes a bad one off the record
    /// and out of the way; `nil` when there is none.
    ///
    /// With `pace` on the threads of passes, as fast as that says.
    func judge(
        _ hash: ContentHash, at time: Timestamp = .now(), pace: Pace? = nil
    ) async throws -> Verdict? {
        let service = try service()
        switch try await examine(hash, at: time, service, pace) {
        case nil: return nil
        case .good(let size): return .good(size: size)
        case .bad(let bad):
            if bad.error.code == .io { suspect(bad.error) }
            logger.error(
                "a replica is bad", metadata: ["hash": "\(hash)", "error": "\(bad.error)"])
            return .bad(bad.error, isInQuarantine: await condemn(bad, hash, service))
        }
    }

    /// Reads all bytes from the disk, and remembers it when they match.
    private func examine(
        _ hash: ContentHash, at time: Timestamp, _ service: Service, _ pace: Pace? = nil
    ) async throws -> Volume.Examination? {
        let moment = ContinuousClock.now
        let look = { @Sendable () throws -> (Volume.Examination?, FileStatus?) in
            let before = try service.volume.status(of: hash)
            let found = try service.volume.examine(hash, at: time, pace: pace?.take)
            let after = try service.volume.status(of: hash)
            // The look itself writes an attribute, so only the change of bytes is compared.
            let isStill =
                if let before, let after {
                    after.isSameFile(as: before) && after.size == before.size
                        && after.modified == before.modified
                } else {
                    false
                }
            return (found, isStill ? after : nil)
        }
        let (found, status) =
            if pace != nil {
                try await onPassDisk(look)
            } else {
                // A file may take hours: some threads stay free for who reads and writes.
                try await verifying.withLock(
                    on: Int(hash.prefix) % max(1, settings.diskThreads / 2)
                ) { try await onDisk(look) }
            }
        if case .good? = found, let status {
            proofs.note(hash, status, since: moment, time)
        }
        return found
    }

    /// Takes a bad replica off the record and then out of the way, whereof the only one that is
    /// recorded is spared; whether it is in quarantine now.
    ///
    /// The row first: after a crash in between, nobody counts a replica that is not there.
    private func condemn(
        _ bad: Volume.BadReplica, _ hash: ContentHash, _ service: Service
    ) async -> Bool {
        proofs.forget(hash)
        withdraw(hash)
        // And what was opened meanwhile, while the file still had its name.
        defer { withdraw(hash) }
        do {
            let isMoved = try await replicas.withLock(on: hash) {
                let removal = try await catalog.removeBadReplica(
                    of: hash, on: service.number, actor: "store \(settings.name)",
                    reason: bad.error.message)
                if removal == .refused {
                    logger.critical("the last replica is bad", metadata: ["hash": "\(hash)"])
                    return nil as Bool?
                }
                lost.set(hash, true)
                // That very file: one that a put made meanwhile stays.
                return try await onDisk {
                    try service.volume.moveToQuarantine(bad, at: .now())
                }
            }
            if isMoved == false { _ = try await recount(hash) }
            return isMoved ?? false
        } catch {
            // It stays where it is, as bad as before, and the next look at it finds it again.
            logger.error(
                "cannot put a bad replica into quarantine",
                metadata: ["hash": "\(hash)", "error": "\(error)"])
            return false
        }
    }

    /// Ends the damage of a content whose last replica was bad, or missing, and was found good here.
    func settleDamaged(_ hash: ContentHash) async throws {
        guard try await catalog.content(hash)?.isDamaged == true else { return }
        _ = try await recount(hash)
    }

    /// Has the catalog count the replica of `hash` that is here, if it is good and the cluster
    /// holds the content; whether it counts now and did not before.
    ///
    /// For a replica that a put has healed between the look at a bad one and its removal from the
    /// record, for one that stays since too few others were left, and for the last one of a damaged
    /// content that is good again.
    func recount(_ hash: ContentHash) async throws -> Bool {
        let service = try service()
        let moment = windowStart
        if try await provenReplica(hash, since: moment) == nil {
            guard case .good? = try await examine(hash, at: .now(), service) else { return false }
        }
        // The catalog's marks are finer than our clock: a moment later none looks newer.
        try await Task.sleep(for: .milliseconds(2))
        return try await replicas.withLock(on: hash) {
            let known = try await catalog.lookup(hash)
            guard let content = known.content,
                content.isDamaged || !content.stores.contains(service.number),
                try await isGoodHeld(content, since: moment)
            else { return false }
            _ = try await catalog.record(
                NewContent(
                    hash: hash, size: content.size, attributes: content.attributes,
                    want: content.want, stores: [service.number], since: known.now))
            return true
        }
    }

    /// Whether the file that is here was proven since `moment` to be `content`, and is of its
    /// generation from now on; for who holds the lock on its hash and is about to have it counted.
    ///
    /// The number of the generation comes before the count: an order to trash what was deleted
    /// goes by it, and takes no file that belongs to a later put.
    func isGoodHeld(
        _ content: ContentRecord, since moment: ContinuousClock.Instant
    ) async throws -> Bool {
        let hash = content.hash
        guard let proven = try await provenReplicaHeld(hash, since: moment),
            proven.size == content.size
        else { return false }
        let found = try await findHeld(hash)?.attributes?.generation ?? 0
        if found == content.attributes.generation { return true }
        // A later one belongs to a put that the catalog has not heard of yet.
        guard found < content.attributes.generation else { return false }
        let service = try service()
        let status = try await onDiskToTheEnd {
            try service.volume.setAttributes(content.attributes, of: hash)
            return try service.volume.status(of: hash)
        }
        guard let status, status.size == content.size else { return false }
        proofs.note(hash, status, since: moment, proven.verifiedAt)
        return true
    }
}
