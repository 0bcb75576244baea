import SFSCore
import SFSPostgres

extension Catalog {
    /// Pauses, resumes or cancels a plan with its tasks, or retries those of them that failed;
    /// with a line in the audit.
    ///
    /// What is running is taken away from its store. A cancelled plan stays where it is: nothing
    /// is undone. What is so already stays so.
    ///
    /// - Throws: `SFSError` with code `.notFound`; `.conflict` when its state does not allow it.
    package func changePlan(
        _ number: Int64, _ change: TaskChangeKind, actor: String
    ) async throws -> PlanRecord {
        try await database.transaction { transaction in
            try await Self.allowTime(transaction)
            let selection: [PostgresValue] = [.null, .int64(number), .null]
            let count = try await Self.change(change, selection, transaction)
            let plan = try await Self.setState(of: number, change, transaction)
            // A move that ended in between has made a task for its source, which was not there
            // yet. It is now, and no more come: who ends a task of the plan needs the plan's row.
            // (If just then it ends, the two wait for each other; the server stops one, and that
            // is repeated.)
            if change == .pause || change == .cancel {
                _ = try await Self.change(change, selection, transaction)
            }
            if change == .cancel { try await Self.forgetSteps(of: number, transaction) }
            try await transaction.query(
                "INSERT INTO audit (actor, action, subject, reason) VALUES ($1, $2, $3, $4)",
                [
                    .text(actor), .text("\(change.rawValue)-plan"), .text("plan \(number)"),
                    .text("\(count) tasks"),
                ])
            return plan
        }
    }

    /// Ends the plans that run and have nothing left to do; tasks that failed do not count.
    package func endPlans() async throws {
        try await database.transaction { transaction in
            let locked = try await transaction.query(
                """
                  SELECT number
                    FROM plan
                   WHERE \(Self.planHasEnded)
                ORDER BY number
                     FOR NO KEY UPDATE
                """)
            guard !locked.isEmpty else { return }
            // Once more: whoever tried a task anew since then needs the row that is locked now,
            // or had it before, and is seen.
            try await transaction.query(
                """
                UPDATE plan SET state = 'done', ended_at = now()
                 WHERE number = ANY ($1) AND \(Self.planHasEnded)
                """, [.int64Array(try locked.map { try $0[0] })])
        }
    }

    /// Forgets plans that ended, or were shown and not applied, more than `age` ago; returns their
    /// number.
    ///
    /// Those of which tasks are left stay. With `dryRun` it only counts them.
    package func prunePlans(olderThan age: Duration, dryRun: Bool) async throws -> Int64 {
        try await database.transaction { transaction in
            try await Self.allowTime(transaction)
            let isOld = """
                coalesce(ended_at, created_at) < now() - $1 * interval '1 second'
                AND state IN ('shown', 'done', 'cancelled', 'refused')
                AND NOT EXISTS (SELECT FROM task WHERE task.plan = plan.number)
                """
            let numbers: [Int64] = try await transaction.query(
                """
                  SELECT number FROM plan
                   WHERE \(isOld)
                ORDER BY number \(dryRun ? "" : "FOR UPDATE")
                """, [.seconds(age)], timeout: Self.manyRowsTimeout
            ).map { try $0[0] }
            guard !dryRun, !numbers.isEmpty else { return Int64(numbers.count) }
            try await transaction.query(
                "DELETE FROM plan_step WHERE plan = ANY ($1)", [.int64Array(numbers)],
                timeout: Self.manyRowsTimeout)
            try await transaction.query(
                "DELETE FROM plan WHERE number = ANY ($1)", [.int64Array(numbers)])
            return Int64(numbers.count)
        }
    }

    private static let planHasEnded = """
        state = 'running'
        AND NOT EXISTS (SELECT FROM task
                         WHERE task.plan = plan.number AND task.state <> 'failed')
        AND NOT EXISTS (SELECT FROM plan_step WHERE plan_step.plan = plan.number)
        """

    private static func setState(
        of number: Int64, _ change: TaskChangeKind, _ transaction: PostgresTransaction
    ) async throws -> PlanRecord {
        let row = try await transaction.query(
            "SELECT \(planColumns) FROM plan WHERE number = $1 FOR UPDATE", [.int64(number)]
        ).first
        guard let row else { throw noPlan(number) }
        let plan = try planRecord(row)
        let state = try state(of: plan, after: change)
        guard state != plan.state else { return plan }
        return try planRecord(
            await transaction.query(
                """
                   UPDATE plan
                      SET state = $2, ended_at = CASE WHEN $2 = 'cancelled' THEN now() END
                    WHERE number = $1
                RETURNING \(planColumns)
                """, [.int64(number), .text(state.rawValue)])[0])
    }

    private static func state(
        of plan: PlanRecord, after change: TaskChangeKind
    ) throws(SFSError) -> PlanState {
        switch (change, plan.state) {
        case (.pause, .running), (.pause, .paused): return .paused
        case (.resume, .paused), (.resume, .running): return .running
        case (.cancel, .shown), (.cancel, .running), (.cancel, .paused), (.cancel, .cancelled):
            return .cancelled
        case (.retry, .running), (.retry, .paused), (.retry, .done): return plan.state
        case (.pause, _), (.resume, _), (.cancel, _), (.retry, _):
            throw SFSError(
                .conflict,
                "cannot \(change.rawValue) plan \(plan.number): it is \(plan.state.rawValue)")
        }
    }
}
