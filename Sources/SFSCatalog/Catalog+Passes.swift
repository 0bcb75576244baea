package import SFSCore
import SFSPostgres

extension Catalog {
    /// Asks a store to go over its volume; `false` when it is asked already, or at it: that goes
    /// on as it is.
    ///
    /// With `replaces` it ends, and this one comes in its place.
    package func requestPass(
        _ kind: PassKind, of store: StoreNumber, orders: String, replaces: Bool = false
    ) async throws -> Bool {
        // In milliseconds, since it is compared with what was read; never the same twice.
        try await !database.query(
            """
            INSERT INTO pass AS known (store, kind, orders, requested_at)
                 VALUES ($1, $2, $3, date_trunc('milliseconds', clock_timestamp()))
            ON CONFLICT (store, kind) DO UPDATE
                    SET state = 'waiting', orders = excluded.orders, position = 0,
                        counters = '{}', problem = NULL, started_at = NULL, ended_at = NULL,
                        updated_at = now(),
                        requested_at = greatest(excluded.requested_at,
                                                known.requested_at + interval '1 millisecond')
                  WHERE known.state IN ('done', 'failed') OR $4
              RETURNING store
            """,
            [.int16(store.value), .text(kind.rawValue), .text(orders), .bool(replaces)],
            writes: true
        ).isEmpty
    }

    /// The pass that `store` is to do now, from its `position` on; `nil` when there is none.
    ///
    /// One that was running is so again: its process has ended.
    package func claimPass(_ kind: PassKind, of store: StoreNumber) async throws -> PassRecord? {
        try await database.query(
            """
               UPDATE pass
                  SET state = 'running', started_at = coalesce(started_at, now()),
                      updated_at = now()
                WHERE store = $1 AND kind = $2 AND state IN ('waiting', 'running')
            RETURNING \(Self.passColumns)
            """, [.int16(store.value), .text(kind.rawValue)], writes: true, retry: .idempotent
        ).first.map(Self.passRecord)
    }

    /// Keeps how far a pass is; returns what it is by now.
    ///
    /// Whatever is not `.running` means that somebody changed it: its store stops, and asks with
    /// `claimPass` whether to go on. One that was cancelled or replaced is `.failed`.
    package func savePass(
        _ pass: PassRecord, position: Int, counters: String
    ) async throws -> PassState {
        let rows = try await database.query(
            """
               UPDATE pass
                  SET position = CASE WHEN \(Self.isUnderWay) THEN $4 ELSE position END,
                      counters = CASE WHEN \(Self.isUnderWay) THEN $5 ELSE counters END,
                      updated_at = now()
                WHERE \(Self.isThisPass)
            RETURNING state
            """, Self.values(pass) + [.int32(Int32(clamping: position)), .text(counters)],
            writes: true, retry: .idempotent)
        guard let row = rows.first else { return .failed }
        return try Self.passState(row)
    }

    /// Ends a pass as `.done` or `.failed`, unless it was changed meanwhile.
    package func endPass(
        _ pass: PassRecord, state: PassState, counters: String, problem: String?
    ) async throws {
        try await database.query(
            """
            UPDATE pass
               SET state = $4, counters = $5, problem = $6, ended_at = now(), updated_at = now(),
                   position = CASE WHEN $4 = 'done' THEN 65536 ELSE position END
             WHERE \(Self.isThisPass) AND state = 'running'
            """,
            Self.values(pass) + [
                .text(state.rawValue), .text(counters), .optional(problem),
            ], writes: true, retry: .idempotent)
    }

    /// The last passes of `kind`, or of all kinds for `nil`, by store.
    package func passes(kind: PassKind? = nil) async throws -> [PassRecord] {
        try await database.query(
            """
              SELECT \(Self.passColumns) FROM pass
               WHERE kind = coalesce($1::text, kind) ORDER BY store, kind
            """, [.optional(kind?.rawValue)], retry: .idempotent
        ).map(Self.passRecord)
    }

    /// Changes a pass where that means anything: a waiting or running one is paused or cancelled,
    /// a paused one goes on, or is cancelled, and a failed one is tried again from where it was;
    /// returns what it is then, `nil` when there is none.
    ///
    /// One that was cancelled has failed, and says so in its problem.
    package func changePass(
        _ kind: PassKind, of store: StoreNumber, _ change: TaskChangeKind
    ) async throws -> PassRecord? {
        let (from, state): ([String], PassState) =
            switch change {
            case .pause: (["waiting", "running"], .paused)
            case .resume: (["paused"], .waiting)
            case .cancel: (["waiting", "running", "paused"], .failed)
            case .retry: (["failed"], .waiting)
            }
        let ends = change == .cancel
        try await database.query(
            """
            UPDATE pass
               SET state = $3, problem = $4, updated_at = now(),
                   ended_at = CASE WHEN $5 THEN now() END
             WHERE store = $1 AND kind = $2 AND state = ANY ($6)
            """,
            [
                .int16(store.value), .text(kind.rawValue), .text(state.rawValue),
                .optional(ends ? "it was cancelled" : nil), .bool(ends), .textArray(from),
            ], writes: true, retry: .idempotent)
        return try await database.query(
            "SELECT \(Self.passColumns) FROM pass WHERE store = $1 AND kind = $2",
            [.int16(store.value), .text(kind.rawValue)], retry: .idempotent
        ).first.map(Self.passRecord)
    }

    // MARK: Rows

    private static let isThisPass = "store = $1 AND kind = $2 AND requested_at = $3"
    private static let isUnderWay = "state NOT IN ('done', 'failed')"

    private static let passColumns = """
        store, kind, state, orders, position, counters, problem, requested_at, started_at, \
        ended_at, updated_at
        """

    private static func values(_ pass: PassRecord) -> [PostgresValue] {
        [.int16(pass.store.value), .text(pass.kind.rawValue), .timestamp(pass.requested)]
    }

    private static func passRecord(_ row: PostgresRow) throws(SFSError) -> PassRecord {
        let text: String = try row["kind"]
        guard let kind = PassKind(rawValue: text) else { throw unknown("kind of pass", text) }
        return PassRecord(
            store: StoreNumber(try row["store"]), kind: kind, state: try passState(row),
            orders: try row["orders"], position: try row["position"],
            counters: try row["counters"], problem: try row["problem"],
            requested: try row["requested_at"], started: try row["started_at"],
            ended: try row["ended_at"], updated: try row["updated_at"])
    }

    private static func passState(_ row: PostgresRow) throws(SFSError) -> PassState {
        let text: String = try row["state"]
        guard let state = PassState(rawValue: text) else { throw unknown("state of passes", text) }
        return state
    }
}
