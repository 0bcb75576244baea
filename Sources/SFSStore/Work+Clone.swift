import Logging
import SFSCatalog
import SFSCore
import SFSFiles
import SFSVolume
import SFSWire

// A clone pulls (promises.md "Clone"). Its end is one section under the lock on the hash: the
// catalog's time is asked, the file is made durable (s1 to s7), and the catalog counts it, if the
// task is still ours, the content is still there in this generation, and no replica of it was
// removed from here since that time.
//
// * The content is deleted, or the task is taken away, while bytes are pulled: the renewal of the
//   lease says so, and the spool file goes. While the end is under way: the catalog does not count
//   it, and the file goes into the trash, under the same lock, so that no put has seen it.
// * A crash before the rename leaves a spool file; one after it a good file that nobody counts, and
//   the task, which finds it here the next time.
// * A put makes the same replica at the same moment: its commit waits for the lock, finds the file,
//   and has it counted as well.
extension Work {
    /// Makes a replica here and has it counted, `task.kind` being `clone` or `move`.
    func clone(_ task: TaskRecord, _ effort: Effort, _ service: Store.Service) async throws {
        _ = try store.serviceForWriting()
        let moment = store.windowStart
        guard let content = try await content(of: task) else {
            return try await drop(task, "the content was deleted")
        }
        if try await isHere(content) {
            return try await finish(task, nil, provenSince: moment, effort, service)
        }
        let spool = try await pull(content, for: task, effort)
        do {
            try await finish(task, spool, provenSince: moment, effort, service)
        } catch {
            store.drop(spool)
            throw error
        }
    }

    /// The content of `task`; `nil` when it is not there in that generation any more.
    func content(of task: TaskRecord) async throws -> ContentRecord? {
        let content = try await store.catalog.content(task.hash)
        return content?.attributes.generation == task.generation ? content : nil
    }

    /// Whether there is a good replica here already.
    private func isHere(_ content: ContentRecord) async throws -> Bool {
        do {
            guard try await store.find(content.hash) != nil else { return false }
            return try await store.prove(content.hash).size == content.size
        } catch let error as SFSError where [.notFound, .corrupt].contains(error.code) {
            // A bad one leaves a mark in the catalog, which is finer than our clock: a moment later
            // it is not newer than what is made now.
            try await Task.sleep(for: .milliseconds(2))
            return false
        }
    }

    private func finish(
        _ task: TaskRecord, _ spool: SpoolFile?, provenSince moment: ContinuousClock.Instant,
        _ effort: Effort, _ service: Store.Service
    ) async throws {
        let hash = task.hash
        effort.beginEnding()
        let end = try await store.replicas.withHold(on: hash) { hold async throws -> CloneEnd in
            let known = try await store.catalog.lookup(hash)
            guard let content = known.content, content.attributes.generation == task.generation
            else {
                if let spool { store.drop(spool) }
                try await drop(task, "the content was deleted")
                return .contentChanged
            }
            if let spool {
                try await store.commitHeld(spool, as: hash, content.attributes, keeping: hold)
            }
            guard try await store.isGoodHeld(content, since: moment) else {
                throw SFSError(.conflict, "the replica of '\(hash)' changed while it was looked at")
            }
            let end = try await store.catalog.finishClone(task, since: known.now)
            if end != .counted, spool != nil {
                try await store.disownHeld(hash, generation: task.generation, service)
            }
            return end
        }
        store.logger.info(
            "a clone has ended",
            metadata: ["task": "\(task.number)", "hash": "\(hash)", "end": "\(end)"])
    }
}

extension Store {
    /// Puts a file that was made for nothing into the trash, unless it counts for another reason;
    /// for who holds the lock on `hash`.
    ///
    /// The mark that it leaves in the catalog keeps a put that has seen the file from having it
    /// counted.
    func disownHeld(_ hash: ContentHash, generation: Int32, _ service: Service) async throws {
        if let content = try await catalog.content(hash),
            content.extras.contains(service.number)
        {
            return
        }
        // So many others are never proven: one that counts is refused, and stays.
        let removal = try await catalog.beginRemoval(
            of: hash, generation: generation, from: service.number, proven: [], minimum: .max,
            actor: "store \(settings.name)", reason: "it was made for nothing")
        guard removal == .unknown else { return }
        _ = try await trashHeld(hash, generation: generation, service)
    }
}
