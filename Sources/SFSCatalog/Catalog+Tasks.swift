package import SFSCore
import SFSPostgres

extension Catalog {
    /// How many tasks may be added at once.
    package static let newTasksMaximum = 10_000

    /// Adds tasks, all or none, and returns how many.
    ///
    /// One that has the content and store of another that is there already is left out; but it
    /// takes the place of one that failed and whose rest is over.
    ///
    /// - Throws: `SFSError` with code `.tooLarge` for more than `newTasksMaximum`.
    package func addTasks(_ tasks: [NewTask]) async throws -> Int {
        guard tasks.count <= Self.newTasksMaximum else {
            throw SFSError(
                .tooLarge,
                "\(tasks.count) tasks at once; add up to \(Self.newTasksMaximum) at a time")
        }
        guard !tasks.isEmpty else { return 0 }
        return try await database.transaction { transaction in
            try await Self.allowTime(transaction)
            let rows = try await transaction.query(
                """
                WITH added AS (
                    INSERT INTO task AS known
                                (kind, hash, generation, size, store, source, is_extra, plan,
                                 priority, actor, reason)
                         SELECT DISTINCT ON (hash, store)
                                kind, hash, generation, size, store, nullif(source, 0),
                                is_extra = 1, nullif(plan, 0), priority, actor, reason
                           FROM unnest($1::text[], $2::bytea[], $3::bigint[], $4::bigint[],
                                       $5::smallint[], $6::smallint[], $7::smallint[],
                                       $8::bigint[], $9::smallint[], $10::text[], $11::text[])
                                AS task (kind, hash, generation, size, store, source, is_extra,
                                         plan, priority, actor, reason)
                       ORDER BY hash, store, priority
                    \(Self.takingPlaceOfFailed)
                      RETURNING plan, kind, size
                ), counted AS (
                    UPDATE plan
                       SET tasks = tasks + more.count, bytes = plan.bytes + more.bytes
                      FROM (SELECT plan, count(*),
                                   coalesce(sum(size) FILTER (
                                       WHERE kind IN ('clone', 'move', 'verify')), 0) AS bytes
                              FROM added GROUP BY plan) AS more
                     WHERE plan.number = more.plan
                )
                SELECT count(*) FROM added
                """, Self.values(of: tasks), timeout: Self.manyRowsTimeout)
            return try rows[0][0]
        }
    }

    /// A task that is not done; `nil` when there is none of that number.
    package func task(_ number: Int64) async throws -> TaskRecord? {
        try await database.query(
            "SELECT \(Self.taskColumns) FROM task WHERE number = $1", [.int64(number)],
            retry: .idempotent
        ).first.map(Self.taskRecord)
    }

    /// Tasks by number: those of a plan, of a store, in a state, after a number, each unless it is
    /// `nil`; up to `limit` of them.
    package func tasks(
        plan: Int64?, store: StoreNumber?, state: TaskState?, after: Int64?, limit: Int
    ) async throws -> [TaskRecord] {
        // On a connection of its own: it may have to look through many.
        try await database.transaction { transaction in
            try await transaction.query(
                """
                  SELECT \(Self.taskColumns)
                    FROM task
                   WHERE ($1::bigint IS NULL OR plan = $1)
                     AND ($2::smallint IS NULL OR store = $2)
                     AND ($3::text IS NULL OR state = $3)
                     AND number > coalesce($4::bigint, 0)
                ORDER BY number
                   LIMIT $5
                """,
                [
                    .optional(plan), store.map { .int16($0.value) } ?? .null,
                    .optional(state?.rawValue), .optional(after), .int64(Int64(limit)),
                ])
        }.map(Self.taskRecord)
    }

    /// How many tasks there are, in each state; reads all of them.
    package func taskTotals() async throws -> TaskTally {
        let row = try await database.transaction { transaction in
            try await transaction.query(
                """
                SELECT count(*) FILTER (WHERE state = 'waiting') AS waiting,
                       count(*) FILTER (WHERE state = 'running') AS running,
                       count(*) FILTER (WHERE state = 'paused') AS paused,
                       count(*) FILTER (WHERE state = 'failed') AS failed,
                       coalesce(sum(size - least(size, bytes_done)) FILTER (
                           WHERE state IN ('waiting', 'running') AND kind IN ('clone', 'move')),
                           0)::bigint AS bytes
                  FROM task
                """)
        }[0]
        return TaskTally(
            waiting: try row["waiting"], running: try row["running"], paused: try row["paused"],
            failed: try row["failed"], bytes: try row["bytes"])
    }

    // MARK: Rows

    /// SQL for the end of an INSERT into `task AS known`: one that is there stays, unless it
    /// failed and its rest is over.
    ///
    /// Only such as nothing depends on: orders to trash and to restore stay until somebody looks.
    static let takingPlaceOfFailed = """
        ON CONFLICT (hash, store) DO UPDATE
                SET kind = excluded.kind, generation = excluded.generation,
                    size = excluded.size, source = excluded.source,
                    is_extra = excluded.is_extra, plan = excluded.plan,
                    priority = excluded.priority, actor = excluded.actor,
                    reason = excluded.reason, state = 'waiting', attempts = 0,
                    fence = known.fence + 1, run_after = now(), lease_until = NULL,
                    bytes_done = 0, problem = NULL
              WHERE known.state = 'failed' AND known.run_after <= now()
                AND known.kind NOT IN ('trash', 'restore')
        """

    /// SQL: a task is in the way of others for the same content and store.
    static let taskIsInTheWay = """
        (task.state <> 'failed' OR task.run_after > now() OR task.kind IN ('trash', 'restore'))
        """

    /// For SELECT and RETURNING, where the table is called `task`.
    static let taskColumns = """
        task.number, task.kind, task.hash, task.generation, task.size, task.store, task.source, \
        task.is_extra, task.plan, task.priority, task.state, task.attempts, task.fence, \
        task.bytes_done, task.created_at, task.run_after, task.actor, task.reason, task.problem
        """

    static func taskRecord(_ row: PostgresRow) throws(SFSError) -> TaskRecord {
        TaskRecord(
            number: try row["number"], kind: try taskKind(row["kind"]),
            hash: try ContentHash(bytes: try row["hash"]), generation: try row["generation"],
            size: try row["size"], store: StoreNumber(try row["store"]),
            source: (try row["source"] as Int16?).map { StoreNumber($0) },
            isExtra: try row["is_extra"], plan: try row["plan"], priority: try row["priority"],
            state: try taskState(row["state"]), attempts: try row["attempts"],
            fence: try row["fence"], bytesDone: try row["bytes_done"],
            created: try row["created_at"], runAfter: try row["run_after"],
            actor: try row["actor"], reason: try row["reason"], problem: try row["problem"])
    }

    static func taskKind(_ text: String) throws(SFSError) -> TaskKind {
        guard let kind = TaskKind(rawValue: text) else { throw unknown("kind of task", text) }
        return kind
    }

    /// The error for a word in the catalog that this program does not know.
    static func unknown(_ subject: String, _ text: String) -> SFSError {
        SFSError(.internal, "the catalog has a \(subject) '\(text)' that is not known")
    }

    private static func taskState(_ text: String) throws(SFSError) -> TaskState {
        guard let state = TaskState(rawValue: text) else { throw unknown("state of tasks", text) }
        return state
    }

    /// One array for each column; arrays have no NULL, 0 stands for none.
    private static func values(of tasks: [NewTask]) -> [PostgresValue] {
        [
            .textArray(tasks.map(\.kind.rawValue)), .bytesArray(tasks.map(\.hash.bytes)),
            .int64Array(tasks.map { Int64($0.generation) }), .int64Array(tasks.map(\.size)),
            .int16Array(tasks.map(\.store.value)), .int16Array(tasks.map { $0.source?.value ?? 0 }),
            .int16Array(tasks.map { $0.isExtra ? 1 : 0 }), .int64Array(tasks.map { $0.plan ?? 0 }),
            .int16Array(tasks.map { Int16(clamping: $0.priority) }),
            .textArray(tasks.map(\.actor)), .textArray(tasks.map(\.reason)),
        ]
    }
}
