import Logging
import SFSCatalog
import SFSCore

/// The task was given to somebody else, or taken away.
struct LeaseLost: Error {}

extension Work {
    /// Runs `body` while the lease of `task` is renewed.
    ///
    /// - Throws: `LeaseLost` when the task is not ours any more, after `body` was cancelled and has
    ///   ended; `.timeout` when it takes too long, `.unavailable` when the volume is gone; what
    ///   `body` throws.
    func holdingLease(
        of task: TaskRecord, _ effort: Effort, _ service: Store.Service,
        _ body: @escaping @Sendable () async throws -> Void
    ) async throws {
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await body() }
            group.addTask { try await renew(task, effort, service) }
            defer { group.cancelAll() }
            // The renewals end only by throwing.
            try await group.next()
        }
    }

    private func renew(
        _ task: TaskRecord, _ effort: Effort, _ service: Store.Service
    ) async throws {
        let lease = store.settings.taskLease
        while true {
            try await Task.sleep(for: lease / 3)
            let isOurs = await isStillOurs(task, effort, lease)
            // What has come to its end is not broken off: it finds out by itself.
            if effort.isEnding { continue }
            guard isOurs else {
                store.logger.info(
                    "a task was taken away",
                    metadata: ["task": "\(task.number)", "hash": "\(task.hash)"])
                throw LeaseLost()
            }
            // A volume that went away is not opened again while somebody holds on to it.
            guard try store.service().volume === service.volume else {
                throw SFSError(.unavailable, "the volume was opened anew meanwhile")
            }
            if effort.isOverdue {
                throw SFSError(.timeout, "the task took too long; it moved \(effort.bytes) bytes")
            }
        }
    }

    /// Renews the lease.
    ///
    /// While the catalog is away the work goes on: nobody else can claim the task, and its fence is
    /// looked at when it ends.
    private func isStillOurs(_ task: TaskRecord, _ effort: Effort, _ lease: Duration) async -> Bool
    {
        do {
            let ours = try await store.catalog.renewTasks(
                [(number: task.number, fence: task.fence, bytesDone: effort.bytes)], lease: lease)
            return ours.contains(task.number)
        } catch {
            store.logger.debug(
                "cannot renew a lease", metadata: ["task": "\(task.number)", "error": "\(error)"])
            return true
        }
    }
}
