import Logging
import SFSCatalog
import SFSCore
import SFSFiles
import SFSVolume
import SFSWire

/// Settling one file that is not as it should be.
extension InventoryPass {
    /// Settles the file of `hash`, on what is true now.
    ///
    /// All its bytes are read first: a file is believed by its hash and by nothing else. That may
    /// take long, so it is done without the lock; under it the file must still be the very one
    /// that was read, untouched since.
    func settle(_ hash: ContentHash) async throws {
        try Task.checkCancellation()
        let moment = ContinuousClock.now
        let pace = Pace(bytesPerSecond: options.bandwidth, for: report)
        switch try await store.judge(hash, pace: pace) {
        // It went away meanwhile.
        case nil: return
        case .bad(_, let isInQuarantine)?:
            report.count { if isInQuarantine { $0.quarantined += 1 } else { $0.failed += 1 } }
            return
        case .good?: break
        }
        try await store.replicas.withLock(on: hash) {
            // Who changed it since it was read knew what the catalog says.
            if let proven = try await store.provenReplicaHeld(hash, since: moment) {
                try await settle(hash, size: proven.size, since: moment)
            }
        }
    }

    /// Settles a file whose bytes were read since `moment` and are good; the lock on `hash` is
    /// held.
    ///
    /// Nobody else changes what this volume has of `hash` meanwhile. The row may change: it is
    /// read after the lock was taken, so it is never older than the file.
    private func settle(
        _ hash: ContentHash, size: Int64, since moment: ContinuousClock.Instant
    ) async throws {
        let asked = try await store.catalog.lookup(hash)
        let volume = service.volume
        let file = try await store.onDisk { try volume.attributes(of: hash) }
        guard let file else { return }
        guard let content = asked.content else {
            // A file that has lost its generation is as old as can be: any tombstone holds.
            let deleted = asked.generation - 1
            return deleted >= max(1, file.generation)
                ? try await bury(hash, deleted) : try await adopt(hash, size, file, asked, moment)
        }
        guard content.size == size else {
            return fail(hash, "the catalog has another size of it: \(content.size)")
        }
        // Before it counts: an order to trash what was deleted takes files by their generation.
        let isBehind = file.generation < content.attributes.generation
        if isBehind, try await !store.isGoodHeld(content, since: moment) {
            return fail(hash, "its attributes cannot be written")
        }
        let isCounted = ([content.stores, content.extras].joined()).contains(service.number)
        // A file that is ahead of its row shows that the catalog was set back: see `adopt`.
        let isAhead = file.generation > content.attributes.generation
        guard isCounted, !content.isDamaged, !isAhead else {
            return try await adopt(hash, size, file, asked, moment)
        }
        report.count { if isBehind { $0.repaired += 1 } else { $0.valid += 1 } }
    }

    /// Has the catalog count a file that it does not count, or whose generation is beyond its own.
    private func adopt(
        _ hash: ContentHash, _ size: Int64, _ file: ContentAttributes, _ asked: ContentLookup,
        _ moment: ContinuousClock.Instant
    ) async throws {
        // The greater generation counts: an order to trash the lesser one, and its tombstone, are
        // from before the catalog was set back, and must not reach what was put since.
        let isAhead = asked.content.map { file.generation > $0.attributes.generation } ?? false
        let adoption = try await store.catalog.adopt(
            hash, size: size, attributes: file, on: service.number,
            want: max(1, store.settings.minCopies), rebuilds: options.rebuilds || isAhead,
            since: asked.now)
        switch adoption {
        case .counted(let generation, _):
            report.count { $0.adopted += 1 }
            guard file.generation != generation,
                let content = try await store.catalog.content(hash)
            else { return }
            // After a crash just before this, a later look finds the generation to be another.
            if try await !store.isGoodHeld(content, since: moment) {
                fail(hash, "its attributes cannot be written")
            }
        case .deleted(let generation): try await bury(hash, generation)
        case .refused: fail(hash, "the catalog does not take it")
        }
    }

    /// Puts the file of a content that was deleted at `generation` into the trash; the lock on
    /// `hash` is held.
    ///
    /// The volume's memory first: a file in the trash does not last, and a catalog that is rebuilt
    /// from volumes must hear of the deletion even then.
    private func bury(_ hash: ContentHash, _ generation: Int32) async throws {
        let volume = service.volume
        try await store.onDiskToTheEnd { try volume.remember(deleted: [(hash, generation)]) }
        let isMoved = try await store.trashHeld(hash, generation: generation, service)
        guard isMoved else { return }
        report.count { $0.trashed += 1 }
        store.logger.notice(
            "a file of a deleted content went to the trash", metadata: ["hash": "\(hash)"])
    }

    private func fail(_ hash: ContentHash, _ reason: String) {
        report.count { $0.failed += 1 }
        store.logger.error(
            "a file cannot be settled", metadata: ["hash": "\(hash)", "reason": "\(reason)"])
    }
}

extension Volume {
    /// What is kept beside the bytes of `hash`; with generation 0 what can be told of a file that
    /// has lost it; `nil` when there is no such file.
    fileprivate func attributes(of hash: ContentHash) throws -> ContentAttributes? {
        guard let replica = try openReplica(hash) else { return nil }
        return try replica.attributes ?? replica.derivedAttributes(generation: 0)
    }
}
