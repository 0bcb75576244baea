import Logging
import SFSCatalog
import SFSCore
import SFSVolume

extension Work {
    /// Puts the file of a deleted content into the trash (promises.md d3).
    ///
    /// Only one of the deleted generation or before: a put that came after the deletion has written
    /// the number of the next one on its file before it asks for it to be counted, and its commit
    /// and this never cross, since both hold the lock on the hash.
    func trash(_ task: TaskRecord, _ service: Store.Service) async throws {
        let (hash, generation) = (task.hash, task.generation)
        // First of all, and even when there is no file: should the catalog be lost, the volume
        // still knows that this is not to come back, however late a copy of it turns up.
        try await store.onDisk {
            try service.volume.remember(deleted: [(hash, generation)])
        }
        try await store.replicas.withLock(on: hash) {
            let content = try await store.catalog.content(hash)
            if let content, (content.stores + content.extras).contains(service.number) {
                store.logger.info(
                    "a deleted content was put again", metadata: ["hash": "\(hash)"])
            } else {
                _ = try await store.trashHeld(hash, generation: generation, service)
            }
        }
        _ = try await store.catalog.finishTask(task)
    }
}
