import Logging
import SFSCatalog
import SFSCore
import SFSVolume

/// What a store does for the cluster: it claims the tasks that are its own, a few at once, and does
/// them; see `Work+Clone.swift`, `Work+Remove.swift` and so on.
///
/// Nothing is kept here that a crash could lose. A task whose end could not be told to the catalog
/// stays claimed until its lease runs out or the store opens its volume again, and is then done
/// once more: each kind finds out what is done already.
struct Work: Sendable {
    let store: Store

    private enum Event {
        /// It is time to look for tasks.
        case due
        /// The task of this number has come to an end here.
        case ended(Int64)
    }

    /// What the loop knows; it alone.
    private struct State {
        /// The numbers of the tasks that are being done.
        var running: [Int64: TaskRecord] = [:]
        /// The last look found as many as there was room for: there may be more.
        var wasFull = false
        /// The opening of the volume for which tasks of the process before were set free.
        var released: ObjectIdentifier?
        /// The throttles of plans that are being worked on.
        var throttles: [Int64: Throttle] = [:]
        var isReachable = true
    }

    /// Does tasks until the caller is cancelled.
    func run() async {
        await withTaskGroup(of: Event.self) { group in
            var state = State()
            group.addTask { .due }
            for await event in group {
                switch event {
                case .due:
                    // Without a next look the loop ends with the last task.
                    guard !Task.isCancelled else { continue }
                    group.addTask { await pause() }
                case .ended(let number):
                    state.running[number] = nil
                    // A few at once: each claim is a transaction.
                    let isRoomy = state.running.count <= store.settings.taskConcurrency / 2
                    guard !Task.isCancelled, state.wasFull, isRoomy else { continue }
                }
                for (task, throttles) in await claim(&state) {
                    group.addTask {
                        await perform(task, throttles)
                        return .ended(task.number)
                    }
                }
            }
        }
    }

    private func pause() async -> Event {
        // Cancelled, it is over sooner.
        try? await Task.sleep(for: store.settings.taskPoll)
        return .due
    }

    /// Claims as many tasks as there is room for.
    private func claim(_ state: inout State) async -> [(TaskRecord, [Throttle])] {
        // Closed is an ordinary state: there is nothing to be done until the volume is back.
        guard let service = try? store.service() else { return [] }
        let free = store.settings.taskConcurrency - state.running.count
        guard free > 0 else { return [] }
        do {
            let opening = ObjectIdentifier(service.volume)
            let volume = service.volume.label.volume
            if state.released != opening {
                // Nobody else has this volume, so whoever held its tasks is gone.
                _ = try await store.catalog.releaseTasks(of: service.number, volume: volume)
                state.released = opening
            }
            let tasks = try await store.catalog.claimTasks(
                of: service.number, volume: volume, limit: free, lease: store.settings.taskLease,
                besides: Array(state.running.keys))
            state.isReachable = true
            state.wasFull = tasks.count == free
            for task in tasks { state.running[task.number] = task }
            return await withThrottles(tasks, &state)
        } catch {
            if state.isReachable {
                store.logger.warning("cannot look for tasks", metadata: ["error": "\(error)"])
            }
            state.isReachable = false
            return []
        }
    }

    /// Each of `tasks` with what its bytes have to pass: the limit of this process, and that of its
    /// plan on this store.
    private func withThrottles(
        _ tasks: [TaskRecord], _ state: inout State
    ) async -> [(TaskRecord, [Throttle])] {
        let plans = Set(state.running.values.compactMap(\.plan))
        state.throttles = state.throttles.filter { plans.contains($0.key) }
        for plan in plans where state.throttles[plan] == nil {
            // Not known now is no limit: the one of this process holds in any case.
            guard let found = try? await store.catalog.plan(plan), let limit = found.bandwidth
            else { continue }
            state.throttles[plan] = Throttle(bytesPerSecond: limit)
        }
        return tasks.map { task in
            let own = task.plan.flatMap { state.throttles[$0] }
            return (task, [own, store.throttle].compactMap(\.self))
        }
    }

    // MARK: One task

    private func perform(_ task: TaskRecord, _ throttles: [Throttle]) async {
        let effort = Effort(size: task.size, throttles: throttles)
        do {
            let service = try store.service()
            try await holdingLease(of: task, effort, service) {
                try await perform(task, effort, service)
            }
        } catch {
            await settle(task, error)
        }
    }

    private func perform(
        _ task: TaskRecord, _ effort: Effort, _ service: Store.Service
    ) async throws {
        // Nothing that is missing is taken for gone before it is certain that the disk is there.
        try await store.onDisk { try service.volume.checkPresence() }
        switch task.kind {
        case .clone, .move: try await clone(task, effort, service)
        case .remove: try await remove(task, service)
        case .verify: try await verify(task)
        case .trash: try await trash(task, service)
        case .restore: try await restore(task, effort, service)
        }
    }

    /// Ends `task`, of which nothing is left to do.
    func drop(_ task: TaskRecord, _ note: String) async throws {
        store.logger.info(
            "nothing is left of a task",
            metadata: ["task": "\(task.number)", "hash": "\(task.hash)", "note": "\(note)"])
        try await store.catalog.dropTask(task, note: note)
    }

    /// Tells the catalog what went wrong; where that fails, the lease runs out.
    private func settle(_ task: TaskRecord, _ error: any Error) async {
        // A store that stops, or a task that was taken away: nobody failed.
        if error is CancellationError || error is LeaseLost { return }
        let error = (error as? PeerFailure)?.error ?? SFSError(wrapping: error)
        store.logger.warning(
            "a task failed",
            metadata: [
                "task": "\(task.number)", "kind": "\(task.kind)", "hash": "\(task.hash)",
                "error": "\(error)",
            ])
        do {
            try await giveBack(task, error)
        } catch {
            store.logger.warning(
                "cannot give a task back",
                metadata: ["task": "\(task.number)", "error": "\(error)"])
        }
    }

    /// How long something that is no fault of the task is waited for.
    private static let patience: Duration = .seconds(5)
    /// The longest wait between two tries.
    private static let retryMaximum: Duration = .seconds(600)

    private func giveBack(_ task: TaskRecord, _ error: SFSError) async throws {
        let isOurs = store.problem != nil || error.code == .noSpace
        if isOurs, task.kind == .clone, task.plan == nil {
            // Repair finds another store as soon as this one is out of its way.
            return try await drop(task, error.message)
        }
        switch error.code {
        case .unavailable, .busy:
            try await store.catalog.postponeTask(
                task, until: Self.patience, problem: error.message)
        default:
            try await store.catalog.failTask(
                task, problem: error.message,
                retryAfter: min(Self.retryMaximum, .seconds(1 << min(task.attempts, 20))),
                attemptsMaximum: store.settings.taskAttempts)
        }
    }
}
