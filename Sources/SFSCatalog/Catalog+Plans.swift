package import SFSCore
import SFSPostgres

extension Catalog {
    /// How many steps a plan may have.
    package static let planStepsMaximum = 100_000

    /// Keeps a plan to be shown, with all its steps, and returns its number.
    ///
    /// `summary` is JSON of what it says it will do; `members` a digest of the stores, zones and
    /// roles that it was made for. With `want` its contents want so many replicas once it is
    /// applied. `bandwidth` is in bytes a second for each store, `concurrency` in tasks.
    ///
    /// - Throws: `SFSError` with code `.tooLarge` for more than `planStepsMaximum` steps.
    package func savePlan(
        _ kind: PlanKind, actor: String, reason: String, summary: String, members: String,
        bandwidth: Int64?, concurrency: Int?, want: Int? = nil, steps: [PlanStep]
    ) async throws -> Int64 {
        guard steps.count <= Self.planStepsMaximum else {
            throw SFSError(
                .tooLarge,
                "a plan of \(steps.count) steps; plan up to \(Self.planStepsMaximum) at a time")
        }
        let bytes = steps.reduce(0) { $0 + ($1.kind.countsBytes ? $1.size : 0) }
        return try await database.transaction { transaction in
            try await Self.allowTime(transaction)
            let number: Int64 = try await transaction.query(
                """
                INSERT INTO plan (kind, actor, reason, summary, members, bandwidth, concurrency,
                                  want, tasks, bytes)
                     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
                  RETURNING number
                """,
                [
                    .text(kind.rawValue), .text(actor), .text(reason), .text(summary),
                    .text(members), .optional(bandwidth), .optional(concurrency), .optional(want),
                    .int64(Int64(steps.count)), .int64(bytes),
                ])[0][0]
            for start in stride(from: 0, to: steps.count, by: Self.stepsPerStatement) {
                let end = min(start + Self.stepsPerStatement, steps.count)
                try await Self.save(steps[start..<end], of: number, transaction)
            }
            return number
        }
    }

    /// The plan of that number; `nil` when there is none.
    package func plan(_ number: Int64) async throws -> PlanRecord? {
        try await database.query(
            "SELECT \(Self.planColumns) FROM plan WHERE number = $1", [.int64(number)],
            retry: .idempotent
        ).first.map(Self.planRecord)
    }

    /// Plans in `state`, or in any for `nil`, the newest first; up to `limit` of them.
    package func plans(state: PlanState?, limit: Int) async throws -> [PlanRecord] {
        try await database.transaction { transaction in
            try await transaction.query(
                """
                  SELECT \(Self.planColumns)
                    FROM plan
                   WHERE state = coalesce($1::text, state)
                ORDER BY number DESC
                   LIMIT $2
                """, [.optional(state?.rawValue), .int64(Int64(limit))])
        }.map(Self.planRecord)
    }

    /// Steps of a plan that was not applied yet, by hash and store, of the contents after `hash`:
    /// `limit` of them, and what is left of the last content.
    package func planSteps(
        _ number: Int64, after hash: ContentHash?, limit: Int
    ) async throws -> [PlanStep] {
        try await database.transaction { transaction in
            try await transaction.query(
                """
                SELECT hash, kind, store, source, size, generation, stores
                  FROM (SELECT *
                          FROM plan_step
                         WHERE plan = $1 AND hash > coalesce($2::bytea, '')
                      ORDER BY hash
                         FETCH FIRST $3 ROWS WITH TIES) AS page
                ORDER BY hash, store
                """, [.int64(number), .optional(hash), .int64(Int64(limit))])
        }.map(Self.planStep)
    }

    /// Takes the steps of contents off a plan that is carried out step by step, since they are
    /// done; see `applyPlan`.
    package func endPlanSteps(_ number: Int64, of hashes: [ContentHash]) async throws {
        _ = try await database.transaction { transaction in
            try await transaction.query(
                "DELETE FROM plan_step WHERE plan = $1 AND hash = ANY ($2)",
                [.int64(number), .bytesArray(hashes.map(\.bytes))])
        }
    }

    // MARK: Rows

    private static let stepsPerStatement = 5000

    /// For SELECT and RETURNING, where the table is called `plan`.
    static let planColumns = """
        plan.number, plan.kind, plan.state, plan.actor, plan.reason, plan.summary, plan.members, \
        plan.bandwidth, plan.concurrency, plan.want, plan.tasks, plan.bytes, plan.done, \
        plan.bytes_done, plan.problem, plan.created_at, plan.applied_at, plan.ended_at, \
        (SELECT count(*) FROM task WHERE task.plan = plan.number AND task.state = 'failed') \
        AS failed
        """

    static func planRecord(_ row: PostgresRow) throws(SFSError) -> PlanRecord {
        let kind: String = try row["kind"]
        let state: String = try row["state"]
        guard let kind = PlanKind(rawValue: kind) else { throw unknown("kind of plan", kind) }
        guard let state = PlanState(rawValue: state) else { throw unknown("state of plans", state) }
        return PlanRecord(
            number: try row["number"], kind: kind, state: state, actor: try row["actor"],
            reason: try row["reason"], summary: try row["summary"], members: try row["members"],
            bandwidth: try row["bandwidth"], concurrency: try row["concurrency"],
            want: try row["want"], tasks: try row["tasks"], tasksDone: try row["done"],
            tasksFailed: try row["failed"], bytes: try row["bytes"],
            bytesDone: try row["bytes_done"], problem: try row["problem"],
            created: try row["created_at"], applied: try row["applied_at"],
            ended: try row["ended_at"])
    }

    private static func planStep(_ row: PostgresRow) throws(SFSError) -> PlanStep {
        PlanStep(
            hash: try ContentHash(bytes: try row["hash"]), kind: try taskKind(row["kind"]),
            store: StoreNumber(try row["store"]),
            source: (try row["source"] as Int16?).map { StoreNumber($0) }, size: try row["size"],
            generation: try row["generation"],
            stores: (try row["stores"] as [Int16]).map { StoreNumber($0) })
    }

    private static func save(
        _ steps: ArraySlice<PlanStep>, of plan: Int64, _ transaction: PostgresTransaction
    ) async throws {
        try await transaction.query(
            """
            INSERT INTO plan_step (plan, hash, kind, store, source, size, generation, stores)
                 SELECT $1, hash, kind, store, nullif(source, 0), size, generation,
                        stores::smallint[]
                   FROM unnest($2::bytea[], $3::text[], $4::smallint[], $5::smallint[],
                               $6::bigint[], $7::bigint[], $8::text[])
                        AS step (hash, kind, store, source, size, generation, stores)
            """,
            [
                .int64(plan), .bytesArray(steps.map(\.hash.bytes)),
                .textArray(steps.map(\.kind.rawValue)), .int16Array(steps.map(\.store.value)),
                .int16Array(steps.map { $0.source?.value ?? 0 }), .int64Array(steps.map(\.size)),
                .int64Array(steps.map { Int64($0.generation) }),
                // Arrays of arrays have rows of one length only: these go as text.
                .textArray(
                    steps.map { step in
                        "{\(step.stores.map { "\($0)" }.joined(separator: ","))}"
                    }),
            ], timeout: manyRowsTimeout)
    }
}
