import SFSCatalog
import SFSCore
package import SFSWire

extension Engine {
    /// Works out what `order` asks for, keeps it as a plan to be shown, and applies it if wanted.
    ///
    /// With `dryRun` it is not kept, and has the number 0.
    ///
    /// - Throws: `SFSError` with code `.usage` for an order that contradicts itself, and for one to
    ///   apply at once what takes something away and was not confirmed; `.notFound` for a store or
    ///   zone that there is not; `.unavailable` for the drain of a store that is away.
    package func plan(_ order: PlanOrder, actor: String) async throws -> PlanReply {
        try check(order)
        var made = try await make(order)
        try await estimate(&made, bandwidth: order.bandwidth)
        let reason = order.reason ?? made.kind.rawValue
        if order.dryRun { return trial(made, order, actor: actor, reason: reason) }
        guard !order.apply || order.isConfirmed || !made.takesAway else {
            throw SFSError(
                .usage,
                "the plan takes \(made.summary.copiesRemoved) copies away; look at it first, or "
                    + "confirm it")
        }
        let number = try await catalog.savePlan(
            made.kind, actor: actor, reason: reason, summary: try StoredPlan(made).text(),
            members: made.members, bandwidth: order.bandwidth, concurrency: order.concurrency,
            want: made.want, steps: made.steps)
        guard order.apply else { return try await showPlan(number) }
        return try await apply(number, actor: actor)
    }

    private func make(_ order: PlanOrder) async throws -> MadePlan {
        if let clone = order.clone { return try await makeClone(clone) }
        if let balance = order.balance { return try await makeBalance(balance) }
        if let drain = order.drain { return try await makeDrain(drain) }
        if let remove = order.remove { return try await makeRemoval(remove) }
        if let undelete = order.undelete { return try await makeUndelete(undelete) }
        throw SFSError(.usage, "the order says nothing to plan")
    }

    private func check(_ order: PlanOrder) throws(SFSError) {
        let kinds = [
            order.clone != nil, order.balance != nil, order.drain != nil, order.remove != nil,
            order.undelete != nil,
        ].count { $0 }
        guard kinds == 1 else {
            throw SFSError(.usage, "the order says \(kinds) things to plan; say one")
        }
        guard !order.dryRun || !order.apply else {
            throw SFSError(.usage, "a plan is either only tried or applied; say one")
        }
        guard order.reason?.count ?? 0 <= Self.reasonLengthMaximum else {
            throw SFSError(
                .usage, "the reason is longer than \(Self.reasonLengthMaximum) characters")
        }
        guard order.bandwidth ?? 1 > 0, order.concurrency ?? 1 > 0 else {
            throw SFSError(.usage, "'bandwidth' and 'concurrency' are 1 or more")
        }
    }

    private func trial(
        _ made: MadePlan, _ order: PlanOrder, actor: String, reason: String
    ) -> PlanReply {
        PlanReply(
            plan: 0, kind: made.kind, state: .shown, actor: actor, reason: reason,
            createdAt: .now(), summary: made.summary, bandwidth: order.bandwidth,
            concurrency: order.concurrency, tasks: Int64(made.steps.count), tasksDone: 0,
            tasksFailed: 0, bytes: made.summary.bytes, bytesDone: 0)
    }

    private static let reasonLengthMaximum = 200
}
