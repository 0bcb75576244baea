import SFSCatalog
import SFSCore
import SFSVolume

extension Work {
    /// Gives the replica up; see `Store+Remove.swift`.
    func remove(_ task: TaskRecord, _ service: Store.Service) async throws {
        if task.isExtra {
            try await removeExtra(task, service)
        } else if let content = try await content(of: task) {
            try await store.giveUp(content, for: task, actor: task.actor)
        } else {
            // What is left of it is for a task `trash`.
            return try await drop(task, "the content was deleted")
        }
        _ = try await store.catalog.finishTask(task)
    }

    /// Gives a replica up that is there for load only; it needs no proof, since it never counted.
    ///
    /// The row first, as always: after a crash in between, nobody reads from a store that has
    /// nothing. One that counts by now stays.
    private func removeExtra(_ task: TaskRecord, _ service: Store.Service) async throws {
        try await store.replicas.withLock(on: task.hash) {
            guard
                try await store.catalog.beginExtraRemoval(of: task.hash, from: service.number)
            else { return }
            _ = try await store.trashHeld(task.hash, generation: task.generation, service)
        }
    }
}
