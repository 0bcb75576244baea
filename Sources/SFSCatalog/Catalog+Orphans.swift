import SFSPostgres

extension Catalog {
    /// Forgets what is about contents that are not there any more: rules, extra replicas, tasks
    /// but those that put files into the trash or take them back, and traffic; returns the number
    /// of rows, or with `dryRun` how many it would be.
    package func pruneOrphans(dryRun: Bool = false) async throws -> Int64 {
        var count = try await pruneTasks(dryRun: dryRun)
        for table in ["rule", "extra_replica", "traffic"] {
            count += try await prune(
                "\(table) WHERE \(Self.isOrphan(table))", [], dryRun: dryRun)
        }
        return count
    }

    private func pruneTasks(dryRun: Bool) async throws -> Int64 {
        let condition = "kind NOT IN ('trash', 'restore') AND \(Self.isOrphan("task"))"
        guard !dryRun else { return try await prune("task WHERE \(condition)", [], dryRun: true) }
        return try await database.transaction { transaction in
            try await Self.allowTime(transaction)
            return try await transaction.query(
                Self.dropTasks(condition), timeout: Self.manyRowsTimeout)[0][0]
        }
    }

    private static func isOrphan(_ table: String) -> String {
        "NOT EXISTS (SELECT FROM content WHERE content.hash = \(table).hash)"
    }

    /// Deletes rows, named as `table WHERE condition`; returns their number, or with `dryRun` how
    /// many it would be.
    func prune(
        _ rows: String, _ values: [PostgresValue], dryRun: Bool
    ) async throws -> Int64 {
        try await database.transaction { transaction in
            try await Self.allowTime(transaction)
            return try await transaction.query(
                dryRun
                    ? "SELECT count(*) FROM \(rows)"
                    : "WITH pruned AS (DELETE FROM \(rows) RETURNING 1) SELECT count(*) FROM pruned",
                values, timeout: Self.manyRowsTimeout)[0][0]
        }
    }

    /// SQL that deletes the tasks of which `condition` holds, counts them as done in their plans,
    /// and returns their number: there is nothing left to do for them.
    static func dropTasks(_ condition: String) -> String {
        """
        WITH gone AS (
            DELETE FROM task WHERE \(condition) RETURNING plan, size, kind
        ), counted AS (
            \(countingAsDone("gone"))
        )
        SELECT count(*) FROM gone
        """
    }

    /// SQL that counts tasks as done in their plans, as `end(_:more:_:)` does with one.
    static func countingAsDone(_ tasks: String) -> String {
        """
        UPDATE plan SET done = plan.done + ended.tasks, bytes_done = plan.bytes_done + ended.bytes
          FROM (SELECT plan, count(*) AS tasks,
                       coalesce(sum(size) FILTER (WHERE kind IN ('clone', 'move', 'verify')), 0)
                           ::bigint AS bytes
                  FROM \(tasks)
                 WHERE plan IS NOT NULL
              GROUP BY plan) AS ended
         WHERE number = ended.plan
        """
    }
}
