import SFSCore
import SFSPostgres

extension Catalog {
    /// Looks how the database is doing.
    ///
    /// - Throws: `SFSError` with code `.unavailable` when it does not answer.
    package func condition() async throws -> CatalogCondition {
        try await database.transaction { transaction in
            let row = try await transaction.query(
                """
                SELECT clock_timestamp() AS now,
                       current_setting('server_version') AS version,
                       current_setting('server_version_num')::integer / 10000 AS major,
                       current_setting('synchronous_commit') <> 'off'
                       AND current_setting('fsync') = 'on' AS is_durable,
                       (SELECT max(number) FROM migration) AS schema,
                       pg_database_size(current_database()) AS bytes,
                       (SELECT count(*) FROM pg_stat_activity
                         WHERE backend_type = 'client backend') AS connections,
                       current_setting('max_connections')::bigint AS connections_maximum,
                       2000000000 - (SELECT max(age(datfrozenxid)) FROM pg_database)::bigint
                       AS transactions_left,
                       (SELECT is_rebuilding FROM cluster) AS is_rebuilding
                """)[0]
            return CatalogCondition(
                now: try row["now"], serverVersion: try row["version"],
                serverMajor: Int(try row["major"] as Int32), isDurable: try row["is_durable"],
                schema: try row["schema"], schemaKnown: Migration.all.last?.number ?? 0,
                bytes: try row["bytes"], connections: try row["connections"],
                connectionsMaximum: try row["connections_maximum"],
                transactionsLeft: try row["transactions_left"],
                worn: try await Self.wornTables(transaction),
                isRebuilding: try row["is_rebuilding"])
        }
    }

    /// Tables with more dead rows than a third of the live ones, small ones left out.
    private static func wornTables(
        _ transaction: PostgresTransaction
    ) async throws -> [WornTable] {
        try await transaction.query(
            """
              SELECT relname, n_live_tup, n_dead_tup,
                     extract(epoch FROM clock_timestamp()
                             - greatest(last_vacuum, last_autovacuum))::float8 AS since_vacuum
                FROM pg_stat_user_tables
               WHERE n_dead_tup > 50000 AND n_dead_tup > n_live_tup / 3
            ORDER BY n_dead_tup DESC
               LIMIT 10
            """
        ).map { row in
            WornTable(
                name: try row["relname"], liveRows: try row["n_live_tup"],
                deadRows: try row["n_dead_tup"], secondsSinceVacuum: try row["since_vacuum"])
        }
    }
}
