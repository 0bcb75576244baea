import SFSCatalog
package import SFSCore
package import SFSWire

extension Engine {
    /// Tasks by number: those of a plan, of a store, in a state, after a number.
    ///
    /// - Throws: `SFSError` with code `.notFound` for a store that there is not.
    package func tasks(
        plan: Int64?, store: MemberName?, state: TaskState?, after: Int64?, limit: Int
    ) async throws -> TaskList {
        let roll = try await storeRoll()
        let records = try await catalog.tasks(
            plan: plan, store: try store.map { try roll.record(named: $0).facts.number },
            state: state, after: after, limit: limit)
        return TaskList(tasks: try records.map { try reply($0, roll) })
    }

    /// A task that is not done yet.
    ///
    /// - Throws: `SFSError` with code `.notFound`.
    package func task(_ number: Int64) async throws -> TaskReply {
        guard let record = try await catalog.task(number) else {
            throw SFSError(.notFound, "there is no task \(number), or it is done")
        }
        return try reply(record, try await storeRoll())
    }

    /// Pauses, resumes, cancels or retries tasks; how many it changed.
    ///
    /// - Throws: `SFSError` with code `.usage` when not exactly one of `tasks`, `plan` and `state`
    ///   is set.
    package func changeTasks(_ order: TaskOrder, actor: String) async throws -> CountReply {
        let count = [order.tasks != nil, order.plan != nil, order.state != nil].count { $0 }
        guard count == 1 else {
            throw SFSError(
                .usage, "tasks are selected in \(count) ways; name tasks, a plan or a state")
        }
        return CountReply(
            count: try await catalog.changeTasks(
                order.change.kind, numbers: order.tasks, plan: order.plan, state: order.state,
                actor: actor))
    }

    private func reply(_ task: TaskRecord, _ roll: StoreRoll) throws -> TaskReply {
        TaskReply(
            task: task.number, kind: task.kind, state: task.state, hash: task.hash,
            store: try roll.name(of: task.store),
            source: try task.source.map { try roll.name(of: $0) }, size: task.size,
            bytesDone: task.bytesDone, plan: task.plan, attempts: task.attempts,
            createdAt: task.created, runAfter: task.runAfter > .now() ? task.runAfter : nil,
            actor: task.actor, reason: task.reason, problem: task.problem)
    }
}
