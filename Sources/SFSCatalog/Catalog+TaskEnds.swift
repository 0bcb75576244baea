package import SFSCore
import SFSPostgres

extension Catalog {
    /// Ends a task that is done, and counts it in its plan; `false` = it does not belong to the
    /// caller any more, or has ended already.
    ///
    /// For `verify`, `remove` and `trash`; what adds a replica ends by `finishClone` or
    /// `finishRestore`.
    @discardableResult
    package func finishTask(_ task: TaskRecord) async throws -> Bool {
        try await database.transaction { transaction in
            guard try await Self.lock(task, transaction) else { return false }
            try await Self.end(task, transaction)
            return true
        }
    }

    /// Ends a task of which nothing is to be done any more, as `note` says in the audit; it counts
    /// as done in its plan.
    ///
    /// One that does not belong to the caller any more stays as it is.
    package func dropTask(_ task: TaskRecord, note: String) async throws {
        try await database.transaction { transaction in
            guard try await Self.lock(task, transaction) else { return }
            try await Self.end(task, transaction)
            try await transaction.query(
                """
                INSERT INTO audit (actor, action, subject, reason)
                     VALUES ($1, 'drop-task', $2, $3)
                """,
                [
                    .text(task.actor), .text("\(task.kind) '\(task.hash)' on \(task.store)"),
                    .text(note),
                ])
        }
    }

    /// Gives a task back that failed: it waits for another try, or is set aside for an hour and
    /// until somebody wants it again.
    ///
    /// The latter after `attemptsMaximum` claims. Returns what it is now; `nil` = it does not
    /// belong to the caller any more.
    @discardableResult
    package func failTask(
        _ task: TaskRecord, problem: String, retryAfter: Duration, attemptsMaximum: Int
    ) async throws -> TaskState? {
        let rows = try await database.transaction { transaction in
            try await transaction.query(
                """
                   UPDATE task
                      SET state = CASE WHEN attempts < $5 THEN 'waiting' ELSE 'failed' END,
                          run_after = now() + CASE WHEN attempts < $5 THEN $6 * interval '1 second'
                                                   ELSE \(Self.rest) END,
                          lease_until = NULL, bytes_done = 0, problem = $7
                    WHERE \(Self.taskIsOurs)
                RETURNING state = 'failed' AS has_failed
                """,
                Self.claimValues(of: task) + [
                    .int32(Int32(clamping: attemptsMaximum)), .seconds(retryAfter), .text(problem),
                ])
        }
        guard let row = rows.first else { return nil }
        return try row["has_failed"] ? .failed : .waiting
    }

    /// Gives a task back that cannot be done now, through no fault of its own: it waits for
    /// `delay`, and this try does not count.
    ///
    /// One that does not belong to the caller any more stays as it is.
    package func postponeTask(
        _ task: TaskRecord, until delay: Duration, problem: String
    ) async throws {
        _ = try await database.transaction { transaction in
            try await transaction.query(
                """
                UPDATE task
                   SET state = 'waiting', run_after = now() + $5 * interval '1 second',
                       attempts = greatest(attempts - 1, 0), lease_until = NULL, bytes_done = 0,
                       problem = $6
                 WHERE \(Self.taskIsOurs)
                """, Self.claimValues(of: task) + [.seconds(delay), .text(problem)])
        }
    }

    /// SQL: how long a task that was set aside rests, before another may take its place.
    static let rest = "interval '1 hour'"

    /// SQL: a task is the one of `claimValues(of:)`, and still belongs to whoever claimed it so.
    ///
    /// The lease may have run out: as long as nobody else has claimed it, it does no harm to end.
    static let taskIsOurs = """
        task.hash = $1 AND task.store = $2 AND task.number = $3 AND task.fence = $4
        AND task.state = 'running'
        """

    /// The values of `taskIsOurs`.
    static func claimValues(of task: TaskRecord) -> [PostgresValue] {
        [
            .bytes(task.hash.bytes), .int16(task.store.value), .int64(task.number),
            .int64(task.fence),
        ]
    }

    /// Locks the task until `transaction` ends; `false` = it does not belong to the caller now.
    ///
    /// With a `move` also what its source has to do with the content, since it may make a task
    /// there: in the order of stores, as all do, and before the content.
    static func lock(
        _ task: TaskRecord, _ transaction: PostgresTransaction
    ) async throws -> Bool {
        let other = task.kind == .move ? task.source ?? task.store : task.store
        return try await transaction.query(
            """
              SELECT (\(taskIsOurs)) AS is_ours
                FROM task
               WHERE hash = $1 AND store IN ($2, $5)
            ORDER BY store
                 FOR UPDATE
            """, claimValues(of: task) + [.int16(other.value)]
        ).contains { try $0["is_ours"] }
    }

    /// Deletes a task whose row is locked, and counts it in its plan; `more` is the number of
    /// tasks that came of it.
    static func end(
        _ task: TaskRecord, more: Int64 = 0, _ transaction: PostgresTransaction
    ) async throws {
        try await transaction.query(
            "DELETE FROM task WHERE hash = $1 AND store = $2",
            [.bytes(task.hash.bytes), .int16(task.store.value)])
        guard let plan = task.plan else { return }
        // Last of all: every task of the plan that ends has to have this row.
        try await transaction.query(
            """
            UPDATE plan
               SET done = done + 1, bytes_done = bytes_done + $2, tasks = tasks + $3
             WHERE number = $1
            """, [.int64(plan), .int64(task.planBytes), .int64(more)])
    }
}
