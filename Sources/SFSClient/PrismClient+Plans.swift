package import SFSCore
package import SFSWire

extension PrismClient {
    /// Has something planned, and with `apply` begun.
    ///
    /// Looks at every content that is meant, so it may take minutes.
    ///
    /// - Throws: `SFSError` with code `.notFound` for a store or zone that there is not, `.usage`
    ///   for an order that contradicts itself.
    package func makePlan(_ order: PlanOrder) async throws -> PlanReply {
        let request = try HTTPRequestParts(.post, Routes.plans).with(json: order)
            .with(patience: transport.limits.planTimeout)
        return try await transport.send(request, for: PlanReply.self)
    }

    /// Plans, newest first; `nil` = in any state, and as many as the prism likes to send at once.
    package func plans(
        state: PlanState? = nil, limit: Int? = nil
    ) async throws -> [PlanReply] {
        let request = HTTPRequestParts(
            .get, Routes.plans,
            query: [("state", state?.rawValue), ("limit", limit.map(String.init))])
        return try await transport.send(request, for: PlanList.self).plans
    }

    /// One plan.
    ///
    /// - Throws: `SFSError` with code `.notFound`.
    package func plan(_ number: Int64) async throws -> PlanReply {
        try await transport.send(
            HTTPRequestParts(.get, Routes.plan(number)), for: PlanReply.self)
    }

    /// One page of the steps of a plan that was not applied yet: those that come after `after`.
    ///
    /// An empty page is the last.
    ///
    /// - Throws: `SFSError` with code `.notFound`.
    package func planSteps(
        _ number: Int64, after: ContentHash? = nil, limit: Int? = nil
    ) async throws -> [PlanStepList.Step] {
        let request = HTTPRequestParts(
            .get, Routes.planSteps(number),
            query: [("after", after?.hex), ("limit", limit.map(String.init))])
        let steps = try await transport.send(request, for: PlanStepList.self).steps
        // One that never comes to its end would be read for ever.
        if let after, let last = steps.last, last.hash <= after {
            throw transport.failure.senseless("the same page of steps again")
        }
        return steps
    }

    /// Begins a plan that was shown, exactly as it was shown.
    ///
    /// - Throws: `SFSError` with code `.conflict` when the world has changed since, or the plan was
    ///   applied before; `.notFound`.
    package func applyPlan(_ number: Int64) async throws -> PlanReply {
        let request = HTTPRequestParts(.post, Routes.applyPlan(number))
            .with(patience: transport.limits.planTimeout)
        return try await transport.send(request, for: PlanReply.self)
    }

    /// Pauses, resumes or cancels a plan; `retry` is for tasks.
    ///
    /// - Throws: `SFSError` with code `.notFound`, or `.conflict` when it has ended.
    package func changePlan(_ number: Int64, _ change: TaskChange) async throws -> PlanReply {
        let request = HTTPRequestParts(.post, Routes.changePlan(number, change))
        return try await transport.send(request, for: PlanReply.self)
    }
}
