import Logging
import SFSCatalog
package import SFSCore
import SFSFiles
import SFSVolume
package import SFSWire

extension Store {
    package func verify(_ hash: ContentHash) async throws -> VerifiedReplica {
        let service = try service()
        let time = Timestamp.now()
        // A file may take hours: some of the disk's threads stay free for who reads and writes.
        let slot = Int(hash.prefix) % max(1, settings.diskThreads / 2)
        let found = try await verifying.withLock(on: slot) {
            try await onDisk { try service.volume.examine(hash, at: time) }
        }
        switch found {
        case .good(let size): return VerifiedReplica(size: size, verifiedAt: time)
        case nil: throw SFSError(.notFound, "'\(hash)' is not on store '\(settings.name)'")
        case .bad(let bad):
            if bad.error.code == .io { suspect(bad.error) }
            logger.error(
                "a replica is bad", metadata: ["hash": "\(hash)", "error": "\(bad.error)"])
            await condemn(bad, hash, service)
            throw SFSError(
                .corrupt, "the replica of '\(hash)' on store '\(settings.name)' is damaged",
                cause: bad.error)
        }
    }

    /// Takes a bad replica off the record and then out of the way; the only one that is recorded
    /// stays.
    ///
    /// The row first: after a crash in between, nobody counts a replica that is not there.
    private func condemn(
        _ bad: Volume.BadReplica, _ hash: ContentHash, _ service: Service
    ) async {
        do {
            let isStillThere = try await replicas.withLock(on: hash) {
                let removal = try await catalog.removeBadReplica(
                    of: hash, on: service.number, actor: "store \(settings.name)",
                    reason: bad.error.message)
                if removal == .refused {
                    logger.critical("the last replica is bad", metadata: ["hash": "\(hash)"])
                    return false
                }
                return try await !onDisk {
                    try service.volume.moveToQuarantine(bad, at: .now())
                }
            }
            if isStillThere { try await recount(hash, service) }
        } catch {
            // It stays where it is, as bad as before, and the next look at it finds it again.
            logger.error(
                "cannot put a bad replica into quarantine",
                metadata: ["hash": "\(hash)", "error": "\(error)"])
        }
    }

    /// Has a replica counted that a put has healed between the look at the bad one and its
    /// removal from the record.
    private func recount(_ hash: ContentHash, _ service: Service) async throws {
        // The catalog's marks are finer than our clock: a moment later none looks newer.
        try await Task.sleep(for: .milliseconds(2))
        let asked = try await catalog.lookup(hash)
        let found = try await onDisk { try service.volume.examine(hash, at: .now()) }
        guard case .good? = found, let content = asked.content else { return }
        _ = try await catalog.record(
            NewContent(
                hash: hash, size: content.size, attributes: content.attributes,
                want: content.want, stores: [service.number], since: asked.now))
    }
}
