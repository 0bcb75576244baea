import SFSCatalog
package import SFSCore
package import SFSWire

extension Engine {
    /// Plans in `state`, or in any for `nil`, the newest first.
    package func plans(state: PlanState?, limit: Int) async throws -> PlanList {
        PlanList(
            plans: try await catalog.plans(state: state, limit: limit).map { try PlanReply($0) })
    }

    /// The plan `number`: what it says it does, and how far it is.
    ///
    /// - Throws: `SFSError` with code `.notFound`.
    package func showPlan(_ number: Int64) async throws -> PlanReply {
        let plan = try await planRecord(number)
        guard plan.state == .running, plan.tasksDone + plan.tasksFailed >= plan.tasks else {
            return try PlanReply(plan)
        }
        // Whoever watches need not wait until the leader looks for plans that have ended.
        try await catalog.endPlans()
        return try PlanReply(await planRecord(number))
    }

    /// Steps of a plan that was not applied yet, by hash, of the contents after `hash`.
    ///
    /// `limit` of them, and what is left of the last content.
    ///
    /// - Throws: `SFSError` with code `.notFound`.
    package func planSteps(
        _ number: Int64, after hash: ContentHash?, limit: Int
    ) async throws -> PlanStepList {
        _ = try await planRecord(number)
        let steps = try await catalog.planSteps(number, after: hash, limit: limit)
        let roll = try await storeRoll()
        return PlanStepList(
            steps: try steps.map { step in
                PlanStepList.Step(
                    hash: step.hash, kind: step.kind, store: try roll.name(of: step.store),
                    source: try step.source.map { try roll.name(of: $0) }, size: step.size)
            })
    }

    /// Pauses, resumes or cancels a plan with its tasks, or retries those of them that failed.
    ///
    /// What it has done stays done.
    ///
    /// - Throws: `SFSError` with code `.notFound`; `.conflict` when its state does not allow it.
    package func changePlan(
        _ number: Int64, _ change: TaskChange, actor: String
    ) async throws -> PlanReply {
        let plan = try await catalog.changePlan(number, change.kind, actor: actor)
        if change == .resume { try await carryOutRest() }
        return try PlanReply(plan)
    }
}

extension TaskChange {
    /// The same for the catalog.
    var kind: TaskChangeKind {
        switch self {
        case .pause: .pause
        case .resume: .resume
        case .cancel: .cancel
        case .retry: .retry
        }
    }
}
