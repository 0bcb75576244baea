import SFSCore
import SFSPostgres

extension Catalog {
    /// Has a plan that was shown be carried out as it was shown, or refuses it.
    ///
    /// It is refused for good when it is older than `ageMaximum`, the `members` are others than it
    /// was made for, or a content of it has other stores or another generation than it saw, or
    /// another task on the store of a step. Else its steps become tasks, all or none, and it
    /// runs; without any it is done. Without `checks` it is applied in any case, and what has a
    /// task already is left out.
    ///
    /// The steps of `remove` and `undelete` stay: whoever applies these carries them out, content
    /// by content, and takes them off with `endPlanSteps`; until then the plan does not end.
    ///
    /// - Throws: `SFSError` with code `.conflict` when it is refused, or was not to be applied;
    ///   `.notFound`.
    package func applyPlan(
        _ number: Int64, members: String, ageMaximum: Duration, actor: String, checks: Bool = true
    ) async throws -> PlanRecord {
        do {
            return try await database.transaction { transaction in
                try await Self.allowTime(transaction)
                // Before any task or content: nothing else wants a plan that was only shown but
                // those who apply, cancel or forget it.
                let plan = try await Self.lockShown(number, transaction)
                if checks {
                    try await Self.check(
                        plan, members: members, ageMaximum: ageMaximum, transaction)
                }
                return try await Self.begin(plan, actor: actor, checks: checks, transaction)
            }
        } catch let refusal as PlanRefusal {
            // Nothing of it is there any more. In between it was as it is: only shown.
            try await refuse(number, refusal)
            throw SFSError(
                .conflict, "plan \(number) is refused: \(refusal.problem); make a new one")
        }
    }

    private func refuse(_ number: Int64, _ refusal: PlanRefusal) async throws {
        try await database.transaction { transaction in
            let refused = try await transaction.query(
                """
                   UPDATE plan SET state = 'refused', problem = $2, ended_at = now()
                    WHERE number = $1 AND state = 'shown'
                RETURNING number
                """, [.int64(number), .text(refusal.problem)])
            guard !refused.isEmpty else { return }
            try await Self.allowTime(transaction)
            try await Self.forgetSteps(of: number, transaction)
        }
    }

    private static func lockShown(
        _ number: Int64, _ transaction: PostgresTransaction
    ) async throws -> PlanRecord {
        let row = try await transaction.query(
            "SELECT \(planColumns) FROM plan WHERE number = $1 FOR UPDATE", [.int64(number)]
        ).first
        guard let row else { throw noPlan(number) }
        let plan = try planRecord(row)
        guard plan.state == .shown else {
            throw SFSError(
                .conflict, "plan \(number) is \(plan.state.rawValue); make a new one")
        }
        return plan
    }

    /// Compares the world with what the plan saw.
    ///
    /// What deletes or brings back takes the place of whatever else was to be done. The contents
    /// are not locked: what changes after this is what changes after the plan was
    /// applied, and each task looks at its content again, under a lock.
    ///
    /// - Throws: `PlanRefusal`.
    private static func check(
        _ plan: PlanRecord, members: String, ageMaximum: Duration,
        _ transaction: PostgresTransaction
    ) async throws {
        guard plan.members == members else {
            throw PlanRefusal(problem: "stores, zones or roles have changed since it was made")
        }
        let row = try await transaction.query(
            """
            SELECT count(DISTINCT step.hash) AS changed,
                   (SELECT created_at + $2 * interval '1 second' < now()
                      FROM plan WHERE number = $1) AS is_old
              FROM plan_step AS step
              LEFT JOIN content USING (hash)
             WHERE step.plan = $1
               AND (CASE WHEN step.kind = 'restore' THEN content.hash IS NOT NULL
                         ELSE (content.generation, content.stores)
                              IS DISTINCT FROM (step.generation, step.stores) END
                    OR step.kind NOT IN ('trash', 'restore')
                       AND EXISTS (SELECT FROM task
                                    WHERE task.hash = step.hash AND task.store = step.store
                                      AND \(taskIsInTheWay)))
            """, [.int64(plan.number), .seconds(ageMaximum)], timeout: manyRowsTimeout)[0]
        guard try !row["is_old"] else {
            throw PlanRefusal(problem: "it is too old")
        }
        let changed: Int64 = try row["changed"]
        guard changed == 0 else {
            throw PlanRefusal(problem: "\(changed) of its contents have changed since it was made")
        }
    }

    /// Makes tasks of the steps, and has the plan run.
    ///
    /// - Throws: `PlanRefusal` when a task came in between.
    private static func begin(
        _ plan: PlanRecord, actor: String, checks: Bool, _ transaction: PostgresTransaction
    ) async throws -> PlanRecord {
        if !plan.kind.isCarriedOutByStep {
            let made = try await makeTasks(of: plan, actor: actor, transaction)
            guard made == plan.tasks || !checks else {
                throw PlanRefusal(
                    problem: "other tasks for \(plan.tasks - made) of its steps came in between")
            }
            try await transaction.query(
                "UPDATE plan SET tasks = $2 WHERE number = $1",
                [.int64(plan.number), .int64(made)])
            if let want = plan.want { try await setWant(want, of: plan, transaction) }
            try await forgetSteps(of: plan.number, transaction)
        }
        try await transaction.query(
            "INSERT INTO audit (actor, action, subject, reason) VALUES ($1, $2, $3, $4)",
            [
                .text(actor), .text("apply-plan"), .text("plan \(plan.number)"),
                .text("\(plan.kind.rawValue), \(plan.tasks) steps: \(plan.reason)"),
            ])
        let row = try await transaction.query(
            """
               UPDATE plan
                  SET state = CASE WHEN tasks = 0 THEN 'done' ELSE 'running' END,
                      applied_at = now(), ended_at = CASE WHEN tasks = 0 THEN now() END
                WHERE number = $1
            RETURNING \(planColumns)
            """, [.int64(plan.number)])[0]
        return try planRecord(row)
    }

    private static func makeTasks(
        of plan: PlanRecord, actor: String, _ transaction: PostgresTransaction
    ) async throws -> Int64 {
        try await transaction.query(
            """
            WITH made AS (
                INSERT INTO task AS known
                            (kind, hash, generation, size, store, source, plan, priority, actor,
                             reason)
                     SELECT kind, hash, generation, size, store, source, plan, 5, $2, $3
                       FROM plan_step
                      WHERE plan = $1
                   ORDER BY hash, store
                \(takingPlaceOfFailed)
                  RETURNING 1
            )
            SELECT count(*) FROM made
            """, [.int64(plan.number), .text(actor), .text(plan.reason)],
            timeout: manyRowsTimeout)[0][0]
    }

    private static func setWant(
        _ want: Int, of plan: PlanRecord, _ transaction: PostgresTransaction
    ) async throws {
        try await transaction.query(
            """
            WITH chosen AS MATERIALIZED (
                  SELECT content.hash
                    FROM content
                   WHERE want <> $2
                     AND EXISTS (SELECT FROM plan_step AS step
                                  WHERE step.plan = $1 AND step.hash = content.hash
                                    AND step.generation = content.generation)
                ORDER BY content.hash
                     FOR NO KEY UPDATE
            )
            UPDATE content SET want = $2 FROM chosen WHERE content.hash = chosen.hash
            """, [.int64(plan.number), .int16(Int16(clamping: want))], timeout: manyRowsTimeout)
    }

    /// Deletes the steps of a plan.
    static func forgetSteps(of plan: Int64, _ transaction: PostgresTransaction) async throws {
        try await transaction.query(
            "DELETE FROM plan_step WHERE plan = $1", [.int64(plan)], timeout: manyRowsTimeout)
    }

    /// The error for a plan that is not there.
    static func noPlan(_ number: Int64) -> SFSError {
        SFSError(.notFound, "there is no plan \(number)")
    }
}

/// Why a plan is not applied.
private struct PlanRefusal: Error {
    let problem: String
}

extension PlanKind {
    /// Whether whoever applies the plan carries its steps out, instead of tasks.
    fileprivate var isCarriedOutByStep: Bool {
        switch self {
        case .remove, .undelete: true
        case .clone, .balance, .drain, .verify: false
        }
    }
}
