package import SFSCore
import SFSPostgres

extension Catalog {
    /// Claims tasks for the store that does them: up to `limit` that are due, the most urgent
    /// first, each with a new fence.
    ///
    /// Due is what waits and may be tried, and what runs with a lease that ran out; not those
    /// numbered in `besides`, which the caller is doing. No more of a plan run at once on the
    /// store than its `concurrency` says. Until its lease runs out, or it is taken away, nobody
    /// else gets a task that was claimed.
    ///
    /// With `volume` there are none unless the number is that volume's; see `report`.
    package func claimTasks(
        of store: StoreNumber, volume: String? = nil, limit: Int, lease: Duration,
        besides: [Int64]
    ) async throws -> [TaskRecord] {
        let values: [PostgresValue] = [.int16(store.value), .int64Array(besides)]
        guard limit > 0 else { return [] }
        // Mostly there is nothing to do; then nothing is locked, and nothing waits for the disk.
        guard
            try await !database.query(
                "SELECT FROM task WHERE store = $1 AND \(Self.taskIsDue) LIMIT 1", values,
                retry: .idempotent
            ).isEmpty
        else { return [] }
        return try await database.transaction { transaction -> [PostgresRow] in
            // Claims of one store come one after the other, each with a look at what those before
            // it left: else two could each find the same room in a plan, and fill it twice. Claims
            // wait for nothing else (SKIP LOCKED), so nobody waits for one that waits for him.
            let isOurs = try await !transaction.query(
                """
                SELECT FROM store WHERE number = $1 AND ($2::text IS NULL OR volume = $2)
                   FOR NO KEY UPDATE
                """, [values[0], .optional(volume)]
            ).isEmpty
            guard isOurs || volume == nil else { return [] }
            let room = try await Self.room(values, transaction)
            // The index has them in order. A server that does not know yet how many there are
            // would rather take all, and sort them.
            try await transaction.query(
                """
                SELECT set_config('enable_seqscan', 'off', true),
                       set_config('enable_bitmapscan', 'off', true)
                """)
            return try await transaction.query(
                Self.claimStatement,
                values + [
                    .int64(Int64(limit)), .seconds(lease), .int64Array(room.map(\.plan)),
                    .int64Array(room.map(\.free)),
                ])
        }.map(Self.taskRecord).sorted {
            ($0.priority, $0.runAfter, $0.number) < ($1.priority, $1.runAfter, $1.number)
        }
    }

    /// Prolongs the leases of tasks and notes how far they are; returns the numbers of those
    /// that still belong to the caller: it must stop the others at once.
    package func renewTasks(
        _ held: [(number: Int64, fence: Int64, bytesDone: Int64)], lease: Duration
    ) async throws -> Set<Int64> {
        guard !held.isEmpty else { return [] }
        let rows = try await database.transaction { transaction in
            try await transaction.query(
                """
                WITH ours AS MATERIALIZED (
                      SELECT hash, store, held.bytes_done
                        FROM unnest($1::bigint[], $2::bigint[], $3::bigint[])
                             AS held (number, fence, bytes_done)
                        JOIN task USING (number, fence)
                       WHERE state = 'running'
                    ORDER BY hash, store
                         FOR UPDATE OF task
                )
                   UPDATE task
                      SET lease_until = now() + $4 * interval '1 second',
                          bytes_done = greatest(ours.bytes_done, 0)
                     FROM ours
                    WHERE task.hash = ours.hash AND task.store = ours.store
                RETURNING task.number
                """,
                [
                    .int64Array(held.map(\.number)), .int64Array(held.map(\.fence)),
                    .int64Array(held.map(\.bytesDone)), .seconds(lease),
                ])
        }
        return Set(try rows.map { try $0[0] })
    }

    /// Takes all running tasks of a store from their claimant, so that they can be claimed at
    /// once, and returns their number.
    ///
    /// For a store that starts: whoever ran them is gone. One that was claimed too often without
    /// an end is set aside, since it may be what ends the process. With `volume` only if the
    /// number is that volume's.
    package func releaseTasks(
        of store: StoreNumber, volume: String? = nil
    ) async throws -> Int64 {
        try await database.transaction { transaction in
            try await transaction.query(
                """
                WITH ours AS MATERIALIZED (
                      SELECT hash, store
                        FROM task
                       WHERE store = $1 AND state = 'running'
                         AND ($3::text IS NULL
                              OR EXISTS (SELECT FROM store WHERE number = $1 AND volume = $3))
                    ORDER BY hash
                         FOR UPDATE
                ), released AS (
                       UPDATE task
                          SET fence = fence + 1, lease_until = NULL, bytes_done = 0,
                              state = CASE WHEN attempts < $2 THEN 'waiting' ELSE 'failed' END,
                              run_after = CASE WHEN attempts < $2 THEN now()
                                               ELSE now() + \(Self.rest) END,
                              problem = CASE WHEN attempts < $2 THEN problem
                                             ELSE 'the store stopped each time while doing it' END
                         FROM ours
                        WHERE task.hash = ours.hash AND task.store = ours.store
                    RETURNING 1
                )
                SELECT count(*) FROM released
                """, [.int16(store.value), .int32(Self.claimsMaximum), .optional(volume)])[0][0]
        }
    }

    /// How often a task may be claimed without any end.
    private static let claimsMaximum: Int32 = 20

    /// SQL: a task may be claimed by one who does those numbered in `$2`.
    private static let taskIsDue = """
        task.state IN ('waiting', 'running')
        AND CASE task.state WHEN 'waiting' THEN task.run_after <= now()
                            ELSE task.lease_until <= now() END
        AND task.number <> ALL ($2::bigint[])
        """

    /// Which plans bound how many tasks of them a store may do at once, and how many more that
    /// is now.
    private static func room(
        _ values: [PostgresValue], _ transaction: PostgresTransaction
    ) async throws -> [(plan: Int64, free: Int64)] {
        try await transaction.query(
            """
            SELECT number, greatest(0, concurrency - (
                       SELECT count(*)
                         FROM task
                        WHERE task.store = $1 AND task.plan = plan.number
                          AND task.state = 'running'
                          AND (task.lease_until > now() OR task.number = ANY ($2::bigint[]))
                   )) AS free
              FROM plan
             WHERE concurrency IS NOT NULL AND state IN ('running', 'paused')
            """, values
        ).map { (try $0["number"], try $0["free"]) }
    }

    /// SQL that claims up to `$3` due tasks for `$4` seconds, of the plans in `$5` up to as many
    /// as `$6` says.
    ///
    /// It goes from plan to plan, 0 for none, and takes the first of each in the order of an
    /// index, so that it is quick however many there are. What is chosen is locked, and looked at
    /// again: whoever changed it meanwhile is not undone.
    private static let claimStatement = """
        WITH RECURSIVE held (plan) AS (
            SELECT min(coalesce(plan, 0))
              FROM task
             WHERE store = $1 AND state IN ('waiting', 'running')
             UNION ALL
            SELECT (SELECT min(coalesce(plan, 0))
                      FROM task
                     WHERE store = $1 AND state IN ('waiting', 'running')
                       AND coalesce(plan, 0) > held.plan)
              FROM held
             WHERE held.plan IS NOT NULL
        ), candidate AS (
            SELECT next.number, next.priority, next.run_after
              FROM held
              LEFT JOIN unnest($5::bigint[], $6::bigint[]) AS bound (plan, free) USING (plan),
                   LATERAL (SELECT number, priority, run_after
                              FROM task
                             WHERE store = $1 AND coalesce(task.plan, 0) = held.plan
                               AND \(taskIsDue)
                          ORDER BY priority, run_after, number
                             LIMIT least(free, $3)) AS next
        ), chosen AS MATERIALIZED (
            SELECT hash, store
              FROM task
             WHERE number = ANY (ARRAY (SELECT number
                                          FROM candidate
                                      ORDER BY priority, run_after, number
                                         LIMIT $3))
               AND \(taskIsDue)
               FOR UPDATE SKIP LOCKED
        )
           UPDATE task
              SET state = 'running', fence = task.fence + 1, attempts = task.attempts + 1,
                  lease_until = now() + $4 * interval '1 second', bytes_done = 0
             FROM chosen
            WHERE task.hash = chosen.hash AND task.store = chosen.store
        RETURNING \(taskColumns)
        """
}
