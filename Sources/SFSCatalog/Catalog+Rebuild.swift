import SFSPostgres

extension Catalog {
    /// Ends the rebuild of a catalog that was lost: each content wants as many replicas as were
    /// found, if that is more than it wanted already, and files are adopted as usual again.
    ///
    /// Done twice it is the same as done once.
    package func endRebuild() async throws {
        // What was put while the tombstones of its volume came in.
        try await raiseGenerations("", [])
        var changed: Int64 = 1
        while changed > 0 {
            changed = try await database.transaction { transaction in
                try await Self.allowTime(transaction)
                return try await transaction.query(
                    """
                    WITH chosen AS MATERIALIZED (
                          SELECT hash FROM content
                           WHERE cardinality(stores) > want
                           LIMIT \(Self.rebuiltPerTransaction)
                             FOR UPDATE SKIP LOCKED
                    ), changed AS (
                           UPDATE content SET want = cardinality(stores)
                            WHERE hash IN (SELECT hash FROM chosen)
                        RETURNING 1
                    )
                    SELECT count(*) FROM changed
                    """, timeout: Self.manyRowsTimeout)[0][0]
            }
        }
        try await database.query(
            "UPDATE cluster SET is_rebuilding = false", writes: true, retry: .idempotent)
    }

    private static let rebuiltPerTransaction = 10_000
}
