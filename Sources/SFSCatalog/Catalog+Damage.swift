import SFSPostgres

extension Catalog {
    /// Contents whose last replica is bad, by hash; up to `limit`.
    package func damaged(limit: Int) async throws -> [ContentRecord] {
        try await database.query(
            """
              SELECT \(Self.columns) FROM content WHERE state = 2 ORDER BY hash LIMIT $1
            """, [.int32(Int32(clamping: max(limit, 0)))], retry: .idempotent
        ).map(Self.record)
    }

    /// How many contents have only a bad replica.
    package func damagedCount() async throws -> Int64 {
        try await database.query(
            "SELECT count(*) FROM content WHERE state = 2", retry: .idempotent)[0][0]
    }
}
