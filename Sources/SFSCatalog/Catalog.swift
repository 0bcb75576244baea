package import Logging
package import SFSCore
package import SFSPostgres

/// What all nodes of a cluster agree on: members, contents and where their replicas are.
///
/// A query stands in the function that runs it. The database's clock decides every time.
package final class Catalog: Sendable {
    let database: PostgresDatabase
    let logger: Logger
    /// Look-ups before puts, puts, and purchases that come at the same time.
    let lookups: PostgresGathering<ContentHash, ContentLookup>
    let records: PostgresGathering<NewContent, RecordedContent>
    let sales: PostgresGathering<Sale, Purchase>

    /// A catalog in `database`, to be opened before use.
    package init(database: PostgresDatabase, logger: Logger) {
        self.database = database
        self.logger = logger
        lookups = PostgresGathering(database, Self.lookupPlan)
        records = PostgresGathering(database, Self.recordPlan)
        sales = PostgresGathering(database, Self.salePlan)
    }

    /// Creates or updates the schema and, the first time, names the cluster.
    ///
    /// `knownID` is what volumes of the cluster say that it is: with it a catalog that names none
    /// takes the place of one that was lost, and is being rebuilt until `endRebuild()`.
    ///
    /// - Throws: `SFSError` with code `.configuration` when the catalog is of another cluster, its
    ///   schema is newer than this program, or the server does not keep what it has committed.
    package func open(
        cluster name: MemberName, knownID: String? = nil
    ) async throws -> ClusterIdentity {
        try await checkDurability()
        try await Schema(database: database, logger: logger).update()
        return try await database.transaction { transaction in
            try await transaction.query(
                """
                INSERT INTO cluster (name, id, is_rebuilding)
                     VALUES ($1, coalesce($2::text::uuid, gen_random_uuid()), $2 IS NOT NULL)
                ON CONFLICT DO NOTHING
                """, [.text(name.text), .optional(knownID)])
            let row = try await transaction.query("SELECT id::text, name FROM cluster")[0]
            let known: String = try row["name"]
            guard known == name.text else {
                throw SFSError(
                    .configuration,
                    "the catalog is of the cluster '\(known)', not '\(name)'; check 'catalog.url'")
            }
            return ClusterIdentity(id: try row["id"], name: name)
        }
    }

    /// Returns when the database answers.
    ///
    /// - Throws: `SFSError`, mostly `.unavailable`, within two seconds when it does not.
    package func ping() async throws {
        try await database.query("SELECT 1", retry: .idempotent)
    }

    /// Adds a line to the audit: who did what to what, and why.
    package func audit(
        _ actor: String, _ action: String, _ subject: String, _ reason: String
    ) async throws {
        try await database.query(
            "INSERT INTO audit (actor, action, subject, reason) VALUES ($1, $2, $3, $4)",
            [.text(actor), .text(action), .text(subject), .text(reason)], writes: true)
    }

    /// How long a statement on many rows may take.
    static let manyRowsTimeout: Duration = .seconds(60)

    /// Lets the statements of `transaction` take `manyRowsTimeout`.
    static func allowTime(_ transaction: PostgresTransaction) async throws {
        try await transaction.query("SET LOCAL statement_timeout = '60s'")
    }

    /// An acknowledged put rests on a commit that is on disk (promise D1).
    private func checkDurability() async throws {
        let row = try await database.query(
            """
            SELECT current_setting('synchronous_commit') AS synchronous_commit,
                   current_setting('fsync') AS fsync
            """, retry: .idempotent)[0]
        let synchronousCommit: String = try row["synchronous_commit"]
        let fsync: String = try row["fsync"]
        guard synchronousCommit != "off", fsync == "on" else {
            throw SFSError(
                .configuration,
                "the catalog's database may lose what it has committed; set 'fsync' and "
                    + "'synchronous_commit' to 'on'")
        }
    }
}
