package import SFSCore
import SFSPostgres

extension Catalog {
    /// Pauses, resumes, cancels or retries tasks, with a line in the audit; returns how many it
    /// changed.
    ///
    /// Meant are those that all of `numbers`, `plan` and `state` describe which are given. What is
    /// running is taken away from its store, which hears of it when it renews its lease. A plan
    /// that is done runs again when tasks of it are tried anew.
    ///
    /// - Throws: `SFSError` with code `.usage` when none is given, `.tooLarge` for more than
    ///   `newTasksMaximum` numbers.
    package func changeTasks(
        _ change: TaskChangeKind, numbers: [Int64]?, plan: Int64?, state: TaskState?,
        actor: String
    ) async throws -> Int64 {
        guard numbers != nil || plan != nil || state != nil else {
            throw SFSError(.usage, "no tasks to \(change.rawValue); name some, a plan or a state")
        }
        guard numbers?.count ?? 0 <= Self.newTasksMaximum else {
            throw SFSError(
                .tooLarge, "too many tasks at once; name up to \(Self.newTasksMaximum)")
        }
        let values: [PostgresValue] = [
            numbers.map { .int64Array($0) } ?? .null, .optional(plan), .optional(state?.rawValue),
        ]
        let subject = [
            numbers.map { "\($0.count) by number" }, plan.map { "plan \($0)" },
            state.map { "\($0.rawValue) ones" },
        ].compactMap(\.self).joined(separator: ", ")
        return try await database.transaction { transaction in
            try await Self.allowTime(transaction)
            let count = try await Self.change(change, values, transaction)
            if count > 0 {
                try await transaction.query(
                    "INSERT INTO audit (actor, action, subject, reason) VALUES ($1, $2, $3, $4)",
                    [
                        .text(actor), .text("\(change.rawValue)-tasks"), .text(subject),
                        .text("\(count) tasks"),
                    ])
            }
            return count
        }
    }

    /// Changes the tasks that `values` (numbers, plan, state) describe; returns how many.
    static func change(
        _ change: TaskChangeKind, _ values: [PostgresValue], _ transaction: PostgresTransaction
    ) async throws -> Int64 {
        let row = try await transaction.query(
            """
            WITH chosen AS MATERIALIZED (
                  SELECT hash, store
                    FROM task
                   WHERE ($1::bigint[] IS NULL OR number = ANY ($1))
                     AND ($2::bigint IS NULL OR plan = $2)
                     AND ($3::text IS NULL OR state = $3)
                     AND state IN (\(states(for: change)))
                ORDER BY hash, store
                     FOR UPDATE
            ), changed AS (
                \(statement(for: change))
                    WHERE task.hash = chosen.hash AND task.store = chosen.store
                RETURNING task.plan
            )
            SELECT count(*) AS count,
                   coalesce(array_agg(DISTINCT plan) FILTER (WHERE plan IS NOT NULL), '{}') AS plans
              FROM changed
            """, values, timeout: manyRowsTimeout)[0]
        if change == .retry { try await reopenPlans(row["plans"], transaction) }
        return try row["count"]
    }

    /// SQL: the states of tasks that a change is for.
    private static func states(for change: TaskChangeKind) -> String {
        switch change {
        case .pause: "'waiting', 'running'"
        case .resume: "'paused'"
        case .cancel: "'waiting', 'running', 'paused', 'failed'"
        case .retry: "'waiting', 'failed'"
        }
    }

    /// SQL that changes the tasks in `chosen`.
    private static func statement(for change: TaskChangeKind) -> String {
        let update =
            switch change {
            case .pause: "state = 'paused'"
            case .resume: "state = 'waiting', run_after = now()"
            case .cancel: ""
            case .retry:
                """
                run_after = now(), attempts = 0,
                state = CASE WHEN EXISTS (SELECT FROM plan
                                           WHERE plan.number = task.plan AND plan.state = 'paused')
                             THEN 'paused' ELSE 'waiting' END
                """
            }
        return change == .cancel
            ? "DELETE FROM task USING chosen"
            : """
            UPDATE task SET \(update), fence = task.fence + 1, lease_until = NULL, bytes_done = 0
              FROM chosen
            """
    }

    /// Has plans run again that are done.
    ///
    /// All are locked, whatever they are: `endPlans` may be about to end one, and has looked for
    /// tasks before these were there.
    private static func reopenPlans(
        _ plans: [Int64], _ transaction: PostgresTransaction
    ) async throws {
        guard !plans.isEmpty else { return }
        try await transaction.query(
            "SELECT FROM plan WHERE number = ANY ($1) ORDER BY number FOR NO KEY UPDATE",
            [.int64Array(plans)])
        try await transaction.query(
            """
            UPDATE plan SET state = 'running', ended_at = NULL
             WHERE number = ANY ($1) AND state = 'done'
            """, [.int64Array(plans)])
    }
}
