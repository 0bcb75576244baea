package import SFSCore
import SFSPostgres

extension Catalog {
    /// What tasks are about to change on each store, and what it gave up within `trashGrace`;
    /// reads all tasks.
    ///
    /// Tasks that failed do not count: nobody knows whether they will ever be done.
    package func storeMovements(
        trashGrace: Duration
    ) async throws -> [StoreNumber: StoreMovement] {
        let rows = try await database.transaction { transaction in
            try await Self.allowTime(transaction)
            return try await transaction.query(
                """
                WITH change (store, arriving, extra, leaving, trash, tasks) AS (
                      SELECT store,
                             sum(size) FILTER (WHERE kind IN ('clone', 'move') AND NOT is_extra),
                             sum(size) FILTER (WHERE kind = 'clone' AND is_extra),
                             sum(size) FILTER (WHERE kind = 'remove' AND NOT is_extra),
                             0,
                             count(*) FILTER (WHERE kind = 'clone' AND plan IS NULL
                                                AND state IN ('waiting', 'running'))
                        FROM task
                       WHERE state <> 'failed'
                    GROUP BY store
                   UNION ALL
                      SELECT source, 0, 0, sum(size), 0, 0
                        FROM task
                       WHERE state <> 'failed' AND kind = 'move'
                    GROUP BY source
                   UNION ALL
                      SELECT removal.store, 0, 0, 0, sum(content.size), 0
                        FROM removal JOIN content ON content.hash = removal.hash
                       WHERE removed_at > now() - $1 * interval '1 second'
                         AND removal.store <> ALL (content.stores)
                    GROUP BY removal.store
                )
                  SELECT store, coalesce(sum(arriving), 0)::bigint AS arriving,
                         coalesce(sum(extra), 0)::bigint AS extra,
                         coalesce(sum(leaving), 0)::bigint AS leaving,
                         coalesce(sum(trash), 0)::bigint AS trash,
                         sum(tasks)::bigint AS tasks
                    FROM change
                GROUP BY store
                """, [.seconds(trashGrace)], timeout: Self.manyRowsTimeout)
        }
        var movements: [StoreNumber: StoreMovement] = [:]
        for row in rows {
            movements[StoreNumber(try row["store"])] = StoreMovement(
                arrivingBytes: try row["arriving"], extraBytes: try row["extra"],
                leavingBytes: try row["leaving"], trashBytes: try row["trash"],
                repairTasks: try row["tasks"])
        }
        return movements
    }
}
