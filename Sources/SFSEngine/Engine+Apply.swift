import SFSCatalog
import SFSCore
package import SFSWire

extension Engine {
    /// Has a plan that was shown be carried out as it was shown, or refuses it for good.
    ///
    /// It is refused when it is too old, when stores, zones, roles or conditions are others than
    /// it was made for, when one of its contents has changed or has other tasks, and when rules
    /// that were set since forbid a step of it.
    ///
    /// - Throws: `SFSError` with code `.conflict` when it is refused, or was not to be applied;
    ///   `.notFound`.
    package func apply(_ number: Int64, actor: String) async throws -> PlanReply {
        let shown = try await planRecord(number)
        let stored = try StoredPlan(shown)
        if shown.state == .shown { try await refuse(shown, ifRulesForbidFor: actor) }
        let view = PlanningView(try await storeRoll(), usage: [:], movements: [:], settings)
        let plan = try await catalog.applyPlan(
            number, members: view.digest(draining: stored.drains),
            ageMaximum: settings.planAgeMaximum, actor: actor)
        if let store = stored.drains,
            let name = view.roll.records.first(where: {
                $0.facts.number == store && !$0.isDraining
            })?.facts.name
        {
            try await catalog.setDraining(name, true, actor: actor)
        }
        if let want = plan.want { try await setWant(want, of: stored.wants ?? [], actor: actor) }
        switch plan.kind {
        case .remove, .undelete: try await carryOut(plan)
        case .clone, .balance, .drain, .verify: break
        }
        return try await showPlan(number)
    }

    /// The plan `number`.
    ///
    /// - Throws: `SFSError` with code `.notFound`.
    func planRecord(_ number: Int64) async throws -> PlanRecord {
        guard let record = try await catalog.plan(number) else {
            throw SFSError(.notFound, "there is no plan \(number)")
        }
        return record
    }

    private func setWant(_ want: Int, of hashes: [ContentHash], actor: String) async throws {
        for start in stride(from: 0, to: hashes.count, by: Self.contentsPerBatch) {
            let batch = hashes[start..<min(start + Self.contentsPerBatch, hashes.count)]
            _ = try await catalog.setWant(want, of: Array(batch), actor: actor)
        }
    }

    // MARK: Rules

    /// Cancels `plan` when rules that its contents have now forbid one of its steps.
    ///
    /// The catalog compares contents and their stores; their rules are no part of that.
    ///
    /// - Throws: `SFSError` with code `.conflict` then.
    private func refuse(_ plan: PlanRecord, ifRulesForbidFor actor: String) async throws {
        switch plan.kind {
        case .clone, .balance, .drain: break
        case .remove, .undelete, .verify: return
        }
        var last: ContentHash?
        while true {
            let steps = try await catalog.planSteps(
                plan.number, after: last, limit: Self.contentsPerBatch / 2)
            guard let end = steps.last else { return }
            last = end.hash
            let contents = try await catalog.planningContents(Array(Set(steps.map(\.hash))))
            let rules = Dictionary(contents.map { ($0.hash, $0.rules) }) { first, _ in first }
            let count = Set(
                steps.filter { step in rules[step.hash].map { !$0.allow(step) } ?? false }
                    .map(\.hash)
            ).count
            guard count > 0 else { continue }
            _ = try await catalog.changePlan(plan.number, .cancel, actor: actor)
            throw SFSError(
                .conflict,
                "plan \(plan.number) is refused: rules of \(count) of its contents have changed "
                    + "since it was made; make a new one")
        }
    }

    private static let contentsPerBatch = 10_000
}

extension ContentRules {
    /// Whether `step` takes nothing away that has to stay, and puts nothing where it may not be.
    fileprivate func allow(_ step: PlanStep) -> Bool {
        switch step.kind {
        case .clone: mayTake(step.store)
        case .move: mayTake(step.store) && (step.source.map(mayLeave) ?? true)
        case .remove: mayLeave(step.store)
        case .verify, .trash, .restore: true
        }
    }
}
