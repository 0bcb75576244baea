package import SFSCore
import SFSPostgres

extension Catalog {
    /// Contents that were read at least `hits` times within the last `span`, whole hours, the
    /// most read first; up to `limit` of them.
    package func hotContents(
        hits: Int64, within span: Duration, limit: Int
    ) async throws -> [HotContent] {
        let rows = try await database.transaction { transaction in
            try await Self.allowTime(transaction)
            return try await transaction.query(
                """
                WITH hot AS MATERIALIZED (
                      SELECT hash, sum(hits)::bigint AS hits
                        FROM traffic
                       WHERE \(Self.hourIsWithin("$2"))
                    GROUP BY hash
                      HAVING sum(hits) >= $1
                )
                  SELECT hot.hits, \(Self.planningColumns)
                    FROM hot
                    JOIN content ON content.hash = hot.hash
                    LEFT JOIN rule ON rule.hash = content.hash
                ORDER BY hot.hits DESC, hot.hash
                   LIMIT $3
                """, [.int64(hits), .seconds(span), .int64(Int64(limit))],
                timeout: Self.manyRowsTimeout)
        }
        return try rows.map {
            HotContent(content: try Self.planningContent($0), hits: try $0["hits"])
        }
    }

    /// Extra replicas of contents that were read less than `hits` times within the last `span`,
    /// whole hours, the least read first; up to `limit` of them, none that a task is about.
    package func coldExtras(
        hitsBelow hits: Int64, within span: Duration, limit: Int
    ) async throws -> [ExtraReplica] {
        let rows = try await database.transaction { transaction in
            try await Self.allowTime(transaction)
            return try await transaction.query(
                """
                  SELECT hash, store, size
                    FROM extra_replica AS extra,
                         LATERAL (SELECT coalesce(sum(traffic.hits), 0) AS hits
                                    FROM traffic
                                   WHERE traffic.hash = extra.hash
                                     AND \(Self.hourIsWithin("$2"))) AS carried
                   WHERE carried.hits < $1
                     AND NOT EXISTS (SELECT FROM task
                                      WHERE task.hash = extra.hash AND task.store = extra.store
                                        AND \(Self.taskIsInTheWay))
                ORDER BY carried.hits, hash, store
                   LIMIT $3
                """, [.int64(hits), .seconds(span), .int64(Int64(limit))],
                timeout: Self.manyRowsTimeout)
        }
        return try rows.map { row in
            ExtraReplica(
                hash: try ContentHash(bytes: try row["hash"]), store: StoreNumber(try row["store"]),
                size: try row["size"])
        }
    }

    /// Bytes of all extra replicas.
    package func extraBytes() async throws -> Int64 {
        try await database.transaction { transaction in
            try await transaction.query(
                "SELECT coalesce(sum(size), 0)::bigint FROM extra_replica")[0][0]
        }
    }

    /// Forgets an extra replica before its store gives it up; `false` = the file must stay.
    ///
    /// It must when the store counts as holding the content, and when the content is not known.
    /// Called again after a crash it answers as before. A put that saw the file before will not
    /// count it.
    package func beginExtraRemoval(
        of hash: ContentHash, from store: StoreNumber
    ) async throws -> Bool {
        let values: [PostgresValue] = [.bytes(hash.bytes), .int16(store.value)]
        return try await database.transaction { transaction in
            // Who counts the store has the row until that is committed, and looks for marks of
            // removals while it has it: either it is seen here, or it sees the mark.
            let rows = try await transaction.query(
                """
                SELECT $2 = ANY (stores) AS is_counted FROM content WHERE hash = $1
                   FOR NO KEY UPDATE
                """, values)
            try await transaction.query(
                "DELETE FROM extra_replica WHERE hash = $1 AND store = $2", values)
            guard let row = rows.first, try !(row["is_counted"] as Bool) else { return false }
            try await transaction.query(
                """
                INSERT INTO removal AS known (hash, store, removed_at)
                     VALUES ($1, $2, clock_timestamp())
                ON CONFLICT (hash, store) DO UPDATE SET removed_at = excluded.removed_at
                """, values)
            return true
        }
    }

    /// SQL: a part of an hour of `traffic` is within the last `seconds`.
    private static func hourIsWithin(_ seconds: String) -> String {
        "hour > now() - \(seconds) * interval '1 second' - interval '1 hour'"
    }
}
