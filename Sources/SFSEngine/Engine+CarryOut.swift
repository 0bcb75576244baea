import Logging
import SFSCatalog
import SFSCore

extension Engine {
    /// Carries out, content by content, a plan that deletes contents or brings them back.
    ///
    /// Only one process at a time does; whoever leads repair goes on where one stopped. What has
    /// changed meanwhile, to another generation, is left as it is.
    func carryOut(_ plan: PlanRecord) async throws {
        let lease = "plan-\(plan.number)"
        let holder = UploadID.random().text
        while try await catalog.takeLease(lease, holder: holder, for: Self.carryLease) != nil {
            let steps = try await nextSteps(of: plan.number)
            guard !steps.isEmpty else { break }
            let generations = Dictionary(steps.map { ($0.hash, $0.generation) }) { $1 }
            let hashes = generations.keys.sorted()
            switch plan.kind {
            case .remove: try await delete(generations, plan)
            case .undelete: try await restore(generations, plan)
            case .clone, .balance, .drain, .verify: return
            }
            try await catalog.endPlanSteps(plan.number, of: hashes)
        }
        try await catalog.releaseLease(lease, holder: holder)
        try await catalog.endPlans()
    }

    /// Goes on with the plans that somebody began to carry out and did not end.
    func carryOutRest() async throws {
        for plan in try await catalog.plans(state: .running, limit: Self.plansMaximum) {
            switch plan.kind {
            case .remove, .undelete: try await carryOut(plan)
            case .clone, .balance, .drain, .verify: break
            }
        }
    }

    /// None once the plan is paused or cancelled.
    private func nextSteps(of number: Int64) async throws -> [PlanStep] {
        guard try await catalog.plan(number)?.state == .running else { return [] }
        return try await catalog.planSteps(number, after: nil, limit: Self.contentsPerTurn)
    }

    private func delete(_ generations: [ContentHash: Int32], _ plan: PlanRecord) async throws {
        let count = try await catalog.deleteContents(
            generations.keys.sorted(), generations: generations, plan: plan.number,
            actor: plan.actor, reason: plan.reason)
        logger.notice(
            "contents were deleted",
            metadata: ["plan": "\(plan.number)", "contents": "\(count)", "actor": "\(plan.actor)"])
    }

    private func restore(_ generations: [ContentHash: Int32], _ plan: PlanRecord) async throws {
        // Deleted once more since the plan was made: that was meant to stay.
        let dead = try await catalog.tombstones(Array(generations.keys))
        let hashes = generations.filter { hash, generation in
            dead[hash].map { $0 + 1 == generation } ?? false
        }.keys.sorted()
        guard !hashes.isEmpty else { return }
        _ = try await catalog.undelete(
            hashes, grace: settings.trashGrace, plan: plan.number, actor: plan.actor,
            reason: plan.reason)
    }

    private static let carryLease: Duration = .seconds(120)
    private static let contentsPerTurn = 1000
    private static let plansMaximum = 1000
}
