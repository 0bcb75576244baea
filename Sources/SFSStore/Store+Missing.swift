import Logging
import SFSCatalog
import SFSCore
import SFSVolume
import Synchronization

/// Replicas that the catalog counts here and whose file is not here.
extension Store {
    /// Takes this store off the row of a content whose file is not here, if it is on it; repair
    /// makes another replica then.
    ///
    /// The only one that is counted stays on the row, and the content is damaged. After as many as an
    /// inventory takes off without asking anybody it takes off no more and has one ordered, which
    /// sees all that is missing and has a brake.
    ///
    /// - Throws: `SFSError` with code `.unavailable` when the volume is not in its place.
    func settleMissing(_ hash: ContentHash) async throws {
        let service = try service()
        // Before the lock and the change: anybody may ask for what was never here.
        guard let content = try await catalog.content(hash), !content.isDamaged,
            (content.stores + content.extras).contains(service.number)
        else { return }
        try await replicas.withLock(on: hash) {
            // A put makes the file, under this lock, before it has the row written.
            let isMissing = try await onDisk { try service.volume.lacks(hash) }
            guard isMissing else { return }
            let mayTakeOff = takenOff.withLock { count in
                count += 1
                return count <= InventoryPass.missingFreely
            }
            guard mayTakeOff else {
                let isNew = try await order(.inventory, of: service.number)
                if isNew {
                    logger.warning(
                        "many replicas are missing; an inventory looks for all of them")
                }
                return
            }
            _ = try await takeOffMissing(hash, reason: "its file is missing", service)
        }
    }

    /// Takes this store off the row of `hash`, for who holds the lock on it and has seen under
    /// that lock that the volume lacks its file.
    func takeOffMissing(
        _ hash: ContentHash, reason: String, _ service: Service
    ) async throws -> ReplicaRemoval {
        let removal = try await catalog.removeBadReplica(
            of: hash, on: service.number, actor: "store \(settings.name)", reason: reason)
        switch removal {
        case .removed:
            lost.set(hash, true)
            logger.error("a replica is missing", metadata: ["hash": "\(hash)"])
        case .refused:
            // It stays on the record, as the place where it should be, and is found again.
            logger.critical("the last replica is missing", metadata: ["hash": "\(hash)"])
        // It was given up in order.
        case .unknown: break
        }
        return removal
    }
}
