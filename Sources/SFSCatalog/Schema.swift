import Logging
import SFSCore
import SFSPostgres

/// Brings the tables of a catalog to what this program expects.
struct Schema: Sendable {
    let database: PostgresDatabase
    let logger: Logger

    /// Applies the migrations that are missing, all or none.
    ///
    /// Whoever comes first does it; the others wait for that.
    ///
    /// - Throws: `SFSError` with code `.configuration` when the schema is newer than this program
    ///   or was made by other migrations.
    func update(_ migrations: [Migration] = Migration.all) async throws {
        try await database.transaction { transaction in
            try await begin(transaction)
            var applied: [Int32: String] = [:]
            for row in try await transaction.query("SELECT number, checksum FROM migration") {
                applied[try row["number"]] = try row["checksum"] as String
            }
            if let newest = applied.keys.max(), newest > migrations.last?.number ?? 0 {
                throw SFSError(
                    .configuration,
                    "the catalog's schema (\(newest)) is newer than this sfsd; update sfsd")
            }
            for migration in migrations {
                try await apply(migration, unless: applied[migration.number], transaction)
            }
        }
    }

    private static let timeout: Duration = .seconds(600)
    /// Any number that nothing else locks in this database.
    private static let lock: Int64 = 0x5346_535f_6d69_6772

    private func begin(_ transaction: PostgresTransaction) async throws {
        try await transaction.query("SET LOCAL statement_timeout = '600s'")
        try await transaction.query("SET LOCAL lock_timeout = '600s'")
        try await transaction.query(
            "SELECT pg_advisory_xact_lock($1)", [.int64(Self.lock)], timeout: Self.timeout)
        try await transaction.query(
            """
            CREATE TABLE IF NOT EXISTS migration (
                number     integer     NOT NULL,
                name       text        NOT NULL,
                checksum   text        NOT NULL,
                applied_at timestamptz NOT NULL DEFAULT now(),
                PRIMARY KEY (number)
            )
            """)
        try await transaction.query(
            "COMMENT ON TABLE migration IS 'The steps that made this schema.'")
    }

    private func apply(
        _ migration: Migration, unless applied: String?, _ transaction: PostgresTransaction
    ) async throws {
        let checksum: String = try await transaction.query(
            "SELECT encode(sha256(convert_to($1, 'UTF8')), 'hex')", [.text(migration.statements)]
        )[0][0]
        if let applied {
            guard applied == checksum else {
                throw SFSError(
                    .configuration,
                    "the catalog was made by another migration \(migration.number) than this sfsd's"
                )
            }
            return
        }
        // One message carries one statement; EXECUTE takes as many as a migration has.
        let tag = "$migration_\(checksum.prefix(16))$"
        try await transaction.query(
            "DO $do$ BEGIN EXECUTE \(tag)\(migration.statements)\(tag); END $do$",
            timeout: Self.timeout)
        try await transaction.query(
            "INSERT INTO migration (number, name, checksum) VALUES ($1, $2, $3)",
            [.int32(migration.number), .text(migration.name), .text(checksum)])
        logger.notice("migrated the catalog", metadata: ["migration": "\(migration.name)"])
    }
}
