import SFSCore
import SFSPostgres

/// The deletion of some contents in one transaction, for the same reason.
///
/// Rows are locked in the order that holds everywhere: tasks, contents, plans.
struct Deletion {
    /// How many contents one transaction takes.
    static let contentsMaximum = 1000

    /// Only contents that have theirs go; `nil` = whatever they have.
    let generations: [ContentHash: Int32]?
    let plan: Int64?
    let actor: String
    let reason: String
    let transaction: PostgresTransaction

    /// Deletes those of `hashes` that are there; returns their number.
    func run(_ hashes: [[UInt8]]) async throws -> Int64 {
        try await Catalog.allowTime(transaction)
        try await Catalog.lockTasks(of: hashes, transaction)
        var gone = try await lockContents(hashes)
        let returning = try await Catalog.lockNewTasks(of: hashes, transaction)
        // What comes back has another generation than it had.
        if generations == nil {
            gone.formUnion(try await anticipate(returning.subtracting(gone)))
        }
        try await delete(Array(gone), of: hashes)
        return Int64(gone.count)
    }

    /// Deletes the contents `gone`, whose rows are locked as those of their tasks are.
    private func delete(_ gone: [[UInt8]], of hashes: [[UInt8]]) async throws {
        try await bury(gone)
        try await countTasks(of: gone)
        let tasks = try await orderTrash(gone)
        // Of what is not there nothing is to be done, either.
        try await Catalog.endSteps(of: plan, hashes, madeInto: tasks, transaction)
        guard !gone.isEmpty else { return }
        for table in ["extra_replica", "rule", "content"] {
            try await transaction.query(
                "DELETE FROM \(table) WHERE hash = ANY ($1)", [.bytesArray(gone)])
        }
        try await transaction.query(
            """
            INSERT INTO audit (actor, action, subject, reason)
                 SELECT $2, 'delete-content', encode(hash, 'hex'), $3
                   FROM unnest($1::bytea[]) AS hash ORDER BY hash
            """, [.bytesArray(gone), .text(actor), .text(reason)])
        try await revokePurchases(of: gone)
    }

    /// Keeps the contents as they are until the end; returns those that go.
    ///
    /// What is done next is done to these, and not to one that is put meanwhile.
    private func lockContents(_ hashes: [[UInt8]]) async throws -> Set<[UInt8]> {
        let rows = try await transaction.query(
            """
            SELECT hash, generation FROM content WHERE hash = ANY ($1) ORDER BY hash FOR UPDATE
            """, [.bytesArray(hashes)])
        let meant = try rows.filter { row in
            guard let generations else { return true }
            return try generations[ContentHash(bytes: row["hash"])] == row["generation"] as Int32
        }
        return Set(try meant.map { try $0["hash"] })
    }

    private func bury(_ hashes: [[UInt8]]) async throws {
        try await transaction.query(
            """
            INSERT INTO tombstone AS known
                        (hash, generation, size, created_at, want, stores, extension, media_type)
                 SELECT hash, generation, size, created_at, want, stores, extension, media_type
                   FROM content WHERE hash = ANY ($1) ORDER BY hash
            ON CONFLICT (hash) DO UPDATE
                    SET generation = greatest(known.generation, excluded.generation),
                        deleted_at = excluded.deleted_at, size = excluded.size,
                        created_at = excluded.created_at, want = excluded.want,
                        stores = excluded.stores, extension = excluded.extension,
                        media_type = excluded.media_type
            """, [.bytesArray(hashes)])
    }

    /// Has contents that are coming back be there at once, to be deleted as any other: what was
    /// restored already is of that generation.
    ///
    /// A put of the same generation that is not committed yet is waited for, and one that comes
    /// later waits for this. Nobody ever sees these rows, nor that all have the same algorithm.
    private func anticipate(_ hashes: Set<[UInt8]>) async throws -> Set<[UInt8]> {
        guard !hashes.isEmpty else { return [] }
        let hashes = Array(hashes)
        try await transaction.query(
            """
            INSERT INTO content (hash, algorithm, size, extension, media_type, created_at,
                                 generation, want, stores)
                 SELECT hash, 1, coalesce(size, 0), coalesce(extension, ''),
                        coalesce(media_type, ''), coalesce(created_at, deleted_at),
                        generation + 1, coalesce(want, 1), coalesce(stores, '{}')
                   FROM tombstone WHERE hash = ANY ($1) ORDER BY hash
            ON CONFLICT DO NOTHING
            """, [.bytesArray(hashes)])
        return try await lockContents(hashes)
    }

    /// What was to be done with the contents counts as done: there is nothing left to do.
    private func countTasks(of hashes: [[UInt8]]) async throws {
        let gone = """
            SELECT plan, size, kind FROM task
             WHERE hash = ANY ($1) AND plan <> coalesce($2, 0)
            """
        try await transaction.query(
            Catalog.countingAsDone("(\(gone)) AS gone"),
            [.bytesArray(hashes), .optional(plan)])
    }

    /// Returns the number of tasks.
    ///
    /// Who is to take a replica, or has lost one from the row, may have a file, too.
    private func orderTrash(_ hashes: [[UInt8]]) async throws -> Int {
        try await transaction.query(
            """
            INSERT INTO task AS known
                        (hash, store, kind, generation, size, plan, priority, actor, reason)
                 SELECT tombstone.hash, holder, 'trash', generation, coalesce(size, 0), $2, 0, $3,
                        $4
                   FROM tombstone
             CROSS JOIN LATERAL (
                        SELECT unnest(stores) FROM content WHERE content.hash = tombstone.hash
                        UNION
                        SELECT store FROM extra_replica WHERE extra_replica.hash = tombstone.hash
                        UNION
                        SELECT store FROM task WHERE task.hash = tombstone.hash) AS holders (holder)
                  WHERE tombstone.hash = ANY ($1)
               ORDER BY tombstone.hash, holder
            ON CONFLICT (hash, store) DO UPDATE SET \(Self.renewedTask)
              RETURNING 1
            """,
            [
                .bytesArray(hashes), .optional(plan), .text(actor), .text(reason),
            ]
        ).count
    }

    /// As `Catalog.revokePurchases` does, for reasons that stand there.
    private func revokePurchases(of hashes: [[UInt8]]) async throws {
        try await transaction.query("LOCK TABLE ONLY purchase IN SHARE ROW EXCLUSIVE MODE")
        let count: Int64 = try await transaction.query(
            """
            WITH ended AS (
                DELETE FROM purchase WHERE hash = ANY ($1) RETURNING hash, expires_at
            ), told AS (
                INSERT INTO revocation (kind, subject, revoked_at, until_at)
                     SELECT 'hash', encode(hash, 'hex'), clock_timestamp(), max(expires_at)
                       FROM ended GROUP BY hash
            )
            SELECT count(*) FROM ended
            """, [.bytesArray(hashes)], timeout: Catalog.manyRowsTimeout)[0][0]
        if count > 0 { try await transaction.query("SELECT pg_sleep(0.002)") }
    }

    /// SQL: a task that takes the place of another; who works on that may not finish it.
    static let renewedTask = """
        kind = excluded.kind, generation = excluded.generation, size = excluded.size, \
        plan = excluded.plan, priority = excluded.priority, actor = excluded.actor, \
        reason = excluded.reason, source = NULL, is_extra = false, state = 'waiting', \
        fence = known.fence + 1, attempts = 0, bytes_done = 0, run_after = now(), \
        lease_until = NULL, created_at = now(), problem = NULL
        """
}
