package import SFSCore
import SFSPostgres

extension Catalog {
    /// A page of what a catalog must know to be whole: up to `limit` lines of `part` by hash, after
    /// `hash`, or from the beginning for `nil`.
    ///
    /// Each line is as it is now: what changes between two pages may be in a dump or not.
    package func lines(
        of part: CatalogPart, after hash: ContentHash?, limit: Int
    ) async throws -> [CatalogLine] {
        switch part {
        case .contents:
            try await lines("content", Self.columns, hash, limit) { row in
                .content(try Self.record(row))
            }
        case .tombstones:
            try await lines("tombstone", "hash, generation, deleted_at", hash, limit) { row in
                .tombstone(
                    try ContentHash(bytes: try row["hash"]), generation: try row["generation"],
                    deleted: try row["deleted_at"])
            }
        case .rules:
            try await lines("rule", "hash, \(Self.ruleColumns)", hash, limit) { row in
                .rules(try ContentHash(bytes: try row["hash"]), try Self.rules(row))
            }
        }
    }

    private func lines(
        _ table: String, _ columns: String, _ hash: ContentHash?, _ limit: Int,
        _ parse: (PostgresRow) throws -> CatalogLine
    ) async throws -> [CatalogLine] {
        // In a transaction, though it is one statement: it is too slow for a shared connection.
        try await database.transaction { transaction in
            try await transaction.query(
                """
                  SELECT \(columns) FROM \(table) WHERE hash > $1 ORDER BY hash LIMIT $2
                """, [.bytes(hash?.bytes ?? []), .int32(Int32(clamping: max(limit, 1)))])
        }
        .map(parse)
    }
}
