import SFSCatalog
import SFSCore
import SFSVolume
import SFSWire

extension Work {
    /// Reads all bytes of the replica again.
    ///
    /// A bad or missing one is no failure of the task: it is off the row by then, and repair makes
    /// another.
    func verify(_ task: TaskRecord) async throws {
        do {
            _ = try await store.verify(task.hash)
        } catch let error as SFSError where error.code == .corrupt {
        } catch let error as SFSError where error.code == .notFound {
            try await store.settleMissing(task.hash)
        }
        _ = try await store.catalog.finishTask(task)
    }
}

extension Store {
    /// Takes this store off the row of a content whose file is not here.
    ///
    /// The only one that is counted stays on the row, and the content is damaged.
    func settleMissing(_ hash: ContentHash) async throws {
        let service = try service()
        try await replicas.withLock(on: hash) {
            let isHere = try await onDisk {
                // A disk that is not there has no files, and says nothing about them.
                try service.volume.checkPresence()
                return try service.volume.holds(hash)
            }
            guard !isHere else { return }
            _ = try await catalog.removeBadReplica(
                of: hash, on: service.number, actor: "store \(settings.name)",
                reason: "its file is missing")
        }
    }
}
