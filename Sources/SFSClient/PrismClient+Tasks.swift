package import SFSCore
package import SFSWire

extension PrismClient {
    /// One page of tasks by number: those that come after `after`; `nil` = any.
    ///
    /// An empty page is the last.
    package func tasks(
        plan: Int64? = nil, store: MemberName? = nil, state: TaskState? = nil,
        after: Int64? = nil, limit: Int? = nil
    ) async throws -> [TaskReply] {
        let request = HTTPRequestParts(
            .get, Routes.tasks,
            query: [
                ("plan", plan.map { String($0) }), ("store", store?.text),
                ("state", state?.rawValue), ("after", after.map { String($0) }),
                ("limit", limit.map(String.init)),
            ])
        let tasks = try await transport.send(request, for: TaskList.self).tasks
        // One that never comes to its end would be read for ever.
        if let after, let last = tasks.last, last.task <= after {
            throw transport.failure.senseless("the same page of tasks again")
        }
        return tasks
    }

    /// One task.
    ///
    /// - Throws: `SFSError` with code `.notFound`, also when it is done.
    package func task(_ number: Int64) async throws -> TaskReply {
        try await transport.send(
            HTTPRequestParts(.get, Routes.task(number)), for: TaskReply.self)
    }

    /// Pauses, resumes, cancels or tries again; how many tasks that changed.
    package func changeTasks(_ order: TaskOrder) async throws -> Int64 {
        let request = try HTTPRequestParts(.post, Routes.changeTasks).with(json: order)
        return try await transport.send(request, for: CountReply.self).count
    }
}
