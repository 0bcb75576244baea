package import SFSCore
import SFSPostgres

extension Catalog {
    /// Contents that repair has to look after: those with fewer live replicas than they should
    /// have, but at least one, the riskiest first.
    ///
    /// The replicas on the stores in `lost` do not count. Riskiest is fewest live replicas, then
    /// fewest zones, then the smallest. Left out are contents that a task on another store is
    /// already to bring a replica, or has failed to bring one within the last hour; damaged ones,
    /// of which there is no good replica to copy; and the first `offset`, for a caller that can do
    /// nothing for those. Quick while few contents lack anything.
    package func contentsAtRisk(
        lost: [StoreNumber], limit: Int, offset: Int = 0
    ) async throws -> [PlanningContent] {
        try await database.transaction { transaction in
            try await Self.allowTime(transaction)
            // What is lost changes the best plan: none or one store against half of them. And
            // compiling it takes longer than it saves.
            try await transaction.query(
                """
                SELECT set_config('plan_cache_mode', 'force_custom_plan', true),
                       set_config('jit', 'off', true)
                """)
            let zones = try await Self.zones(transaction)
            return try await transaction.query(
                Self.contentsAtRiskStatement,
                [
                    .int16Array(lost.map(\.value)), .int16Array(zones), .int64(Int64(limit)),
                    .int64(Int64(offset)),
                ], timeout: Self.manyRowsTimeout)
        }.map(Self.planningContent)
    }

    /// A number for the zone of each store, in the order of the stores' numbers from 1 on.
    private static func zones(_ transaction: PostgresTransaction) async throws -> [Int16] {
        let rows = try await transaction.query(
            """
              SELECT number, dense_rank() OVER (ORDER BY zone)::smallint AS zone
                FROM store
            ORDER BY number
            """)
        var zones: [Int16] = []
        for row in rows {
            let number: Int = try row["number"]
            zones += [Int16](repeating: 0, count: number - 1 - zones.count)
            zones.append(try row["zone"])
        }
        return zones
    }

    /// SQL: `$1` are lost stores, `$2` the zones of all stores, `$3` a limit, `$4` an offset.
    ///
    /// Three indexes find the suspects: by lost store, by replicas lacking, by rule.
    static let contentsAtRiskStatement = """
        WITH suspect AS (
            SELECT hash, size, want, stores
              FROM content
             WHERE stores && $1 AND state = 1
             UNION ALL
            SELECT hash, size, want, stores
              FROM content
             WHERE cardinality(stores) < want AND state = 1 AND NOT stores && $1
             UNION ALL
            SELECT content.hash, size, want, stores
              FROM rule JOIN content ON content.hash = rule.hash
             WHERE copy_minimum IS NOT NULL AND cardinality(stores) < copy_minimum
               AND cardinality(stores) >= want AND state = 1 AND NOT stores && $1
        ), risky AS (
            SELECT suspect.hash, suspect.size, live, zones
              FROM suspect
              LEFT JOIN rule ON rule.hash = suspect.hash,
                   LATERAL (SELECT count(*) AS live, count(DISTINCT ($2)[number]) AS zones
                              FROM unnest(stores) AS number
                             WHERE number <> ALL ($1)) AS alive
             WHERE live > 0
               AND live < greatest(1, least(greatest(want, copy_minimum), copy_maximum))
               AND NOT EXISTS (SELECT FROM task
                                WHERE task.hash = suspect.hash AND NOT is_extra
                                  AND kind IN ('clone', 'move', 'restore')
                                  AND task.store <> ALL ($1)
                                  AND (task.state IN ('waiting', 'running')
                                       OR task.state = 'failed' AND run_after > now()))
          ORDER BY live, zones, suspect.size, suspect.hash
             LIMIT $3 OFFSET $4
        )
          SELECT \(planningColumns)
            FROM risky
            JOIN content ON content.hash = risky.hash
            LEFT JOIN rule ON rule.hash = content.hash
        ORDER BY live, zones, risky.size, risky.hash
        """
}
