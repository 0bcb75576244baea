import Logging
import SFSCatalog
import SFSCore
import SFSFiles
import SFSVolume

extension Work {
    /// Takes the file of an undeleted content back from the trash, and has it counted.
    ///
    /// The file comes back with the next generation, so that the order to trash it, should it still
    /// be under way, is not for it. Nobody sees it before it is counted, or gone again.
    func restore(_ task: TaskRecord, _ effort: Effort, _ service: Store.Service) async throws {
        _ = try store.serviceForWriting()
        effort.beginEnding()
        let isCounted = try await store.replicas.withLock(on: task.hash) {
            try await restoreHeld(task, service)
        }
        store.logger.info(
            "a restore has ended",
            metadata: ["hash": "\(task.hash)", "counted": "\(isCounted)"])
    }

    private func restoreHeld(_ task: TaskRecord, _ service: Store.Service) async throws -> Bool {
        let (hash, generation) = (task.hash, task.generation)
        guard let attributes = try await attributes(for: task) else {
            try await drop(task, "nothing is known of the content any more")
            return false
        }
        let (moment, time) = (ContinuousClock.now, Timestamp.now())
        let restored = try await store.onDiskToTheEnd {
            try service.volume.restoreFromTrash(
                hash, generation: generation, attributes: attributes, at: time
            ).map { ($0, try service.volume.status(of: hash)) }
        }
        guard let (size, status) = restored else {
            try await drop(task, "its file is not in the trash")
            return false
        }
        if let status { store.proofs.note(hash, status, since: moment, time) }
        let end = try await store.catalog.finishRestore(task, attributes: attributes, size: size)
        if end != .counted {
            try await store.disownHeld(hash, generation: generation, service)
        }
        return end == .counted
    }

    /// What the file will carry; `nil` when the content cannot be told any more.
    private func attributes(for task: TaskRecord) async throws -> ContentAttributes? {
        var found = try await store.catalog.content(task.hash)?.attributes
        if found == nil { found = try await store.catalog.deletedAttributes(of: task.hash) }
        // One that is later was put, or restored, by another order.
        guard var attributes = found, attributes.generation <= task.generation else { return nil }
        attributes.generation = task.generation
        return attributes
    }
}
