import Logging
import SFSCatalog
import SFSCore
import SFSVolume
package import SFSWire

extension Store {
    package func prune(_ order: StorePruneOrder) async throws -> [PruneReply.Entry] {
        let service = try service()
        try await onDisk { try service.volume.checkPresence() }
        var entries: [PruneReply.Entry] = []
        for kind in PruneKind.allCases where order.kinds.contains(kind) {
            switch kind {
            case .spool:
                entries.append(
                    try await pruned(kind) { [self] in try await pruneSpool(service, order.dryRun) }
                )
            case .trash:
                entries.append(
                    try await pruned(kind) { [self] in try await pruneTrash(service, order.dryRun) }
                )
            // Others know of these.
            case .purchases, .sessions, .votes, .orphans, .traffic, .plans: continue
            }
        }
        return entries
    }

    /// What `body` freed; one kind that fails does not stop the other.
    private func pruned(
        _ kind: PruneKind, _ body: () async throws -> FreedSpace
    ) async throws -> PruneReply.Entry {
        var entry = PruneReply.Entry(kind: kind, store: settings.name, count: 0, bytes: 0)
        do {
            let freed = try await body()
            (entry.count, entry.bytes) = (Int64(freed.files), freed.bytes)
        } catch {
            try Task.checkCancellation()
            entry.problem = SFSError(wrapping: error).message
        }
        return entry
    }

    private func pruneSpool(_ service: Service, _ dryRun: Bool) async throws -> FreedSpace {
        // The volume knows of its own spool files that somebody holds, and spares them as well.
        let held = uploads.names
        return try await onDisk {
            try service.volume.sweepSpool(keeping: held, dryRun: dryRun)
        }
    }

    // MARK: Trash

    /// The trash is gone through in so many parts, by the first byte of the hashes, so that only
    /// one of them is held.
    private static let trashParts: UInt8 = 16
    /// A store that was silent for longer is not counted on.
    private static let silenceMaximum: Duration = .seconds(60)

    /// Removes trash past its grace, but for what may have to come back: files of contents that
    /// are short of replicas on stores that are well.
    private func pruneTrash(_ service: Service, _ dryRun: Bool) async throws -> FreedSpace {
        let volume = service.volume
        let grace = settings.trashGrace
        var freed = FreedSpace()
        for part in 0..<Self.trashParts {
            let hashes = try await onPassDisk {
                var hashes: Set<ContentHash> = []
                try volume.trashEntries { entry in
                    if entry.hash.bytes[0] / Self.trashParts == part {
                        hashes.insert(entry.hash)
                    }
                    return true
                }
                return hashes
            }
            guard let any = hashes.first else { continue }
            let dead = hashes.subtracting(try await shortOfReplicas(Array(hashes)))
            // The kernel noted the time of removal by this machine's clock. If that is ahead of
            // itself now, the catalog's is not (promises.md C10).
            let now = min(.now(), try await catalog.lookup(any).now)
            let part = try await onPassDisk {
                try volume.emptyTrash(olderThan: grace, now: now, dryRun: dryRun) {
                    dead.contains($0)
                }
            }
            freed.files += part.files
            freed.bytes += part.bytes
        }
        return freed
    }

    /// Those of `hashes` whose contents live with fewer good replicas within reach than they want.
    private func shortOfReplicas(_ hashes: [ContentHash]) async throws -> Set<ContentHash> {
        guard try await !catalog.isRebuilding() else {
            throw SFSError(
                .conflict, "cannot empty the trash: the catalog is being rebuilt; try again then")
        }
        let well = Set(
            try await catalog.stores().filter {
                $0.condition(offlineAfter: Self.silenceMaximum, grace: Self.silenceMaximum) == .well
            }.map(\.facts.number))
        var short: Set<ContentHash> = []
        let step = Catalog.contentsPerQuestionMaximum
        for start in stride(from: 0, to: hashes.count, by: step) {
            let asked = Array(hashes[start..<min(start + step, hashes.count)])
            for content in try await catalog.contents(asked) {
                let good = content.isDamaged ? 0 : well.intersection(content.stores).count
                if good < content.want { short.insert(content.hash) }
            }
        }
        return short
    }
}
