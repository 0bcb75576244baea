import SFSPostgres

/// Locks on all tasks of some contents, for what changes many of them at once.
extension Catalog {
    /// Keeps tasks as they are until `transaction` ends; waits for whoever is changing them.
    ///
    /// It comes before the lock on contents or tombstones, `lockNewTasks` after it.
    static func lockTasks(
        of hashes: [[UInt8]], _ transaction: PostgresTransaction
    ) async throws {
        try await transaction.query(
            "SELECT FROM task WHERE hash = ANY ($1) ORDER BY hash, store FOR UPDATE",
            [.bytesArray(hashes)])
    }

    /// Does the same for the tasks that came since, without waiting; returns the contents that are
    /// to be restored.
    ///
    /// Who has such a task may be waiting for a content that is locked here. Then the whole
    /// transaction begins anew, as after any conflict: waiting would be for each other.
    static func lockNewTasks(
        of hashes: [[UInt8]], _ transaction: PostgresTransaction
    ) async throws -> Set<[UInt8]> {
        let rows = try await transaction.query(
            """
              SELECT hash, kind = 'restore' AS is_restored FROM task
               WHERE hash = ANY ($1) ORDER BY hash, store FOR UPDATE SKIP LOCKED
            """, [.bytesArray(hashes)])
        let count: Int64 = try await transaction.query(
            "SELECT count(*) FROM task WHERE hash = ANY ($1)", [.bytesArray(hashes)])[0][0]
        if count > Int64(rows.count) {
            try await transaction.query(
                """
                DO $do$ BEGIN
                    RAISE EXCEPTION 'tasks came in between' USING ERRCODE = 'serialization_failure';
                END $do$
                """)
        }
        return Set(try rows.filter { try $0["is_restored"] }.map { try $0["hash"] })
    }
}
