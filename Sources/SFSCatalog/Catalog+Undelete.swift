package import SFSCore
import SFSPostgres

extension Catalog {
    /// Begins to bring contents back that were deleted less than `grace` ago, with a line in the
    /// audit for each; returns what became of each.
    ///
    /// Every store that held one gets a task of `plan` to take its file back from the trash, for
    /// the generation after the deleted one. The content is there when the first of them is done.
    /// Purchases that ended stay so.
    package func undelete(
        _ hashes: [ContentHash], grace: Duration, plan: Int64? = nil, actor: String, reason: String
    ) async throws -> [ContentHash: UndeleteStart] {
        var starts: [ContentHash: UndeleteStart] = [:]
        for batch in Self.batches(hashes, of: Self.undeletesPerTransaction) {
            let found = try await database.transaction { transaction in
                let states = try await Self.undeleteStates(batch, grace, transaction)
                let begun = states.filter { $0.value == .begun(stores: 0) }.map(\.key.bytes)
                let tasks = try await Self.orderRestores(
                    begun, plan: plan, actor: actor, reason: reason, transaction)
                try await Self.endSteps(of: plan, batch, madeInto: tasks, transaction)
                let stores = try await Self.begin(
                    begun, actor: actor, reason: reason, transaction)
                return states.merging(stores) { $1 }
            }
            // Where nobody has its file any more nothing was begun.
            starts.merge(found.mapValues { $0 == .begun(stores: 0) ? .unknown : $0 }) { $1 }
        }
        return starts
    }

    private static let undeletesPerTransaction = 1000

    /// Keeps tasks and tombstones as they are; what can be begun is `.begun` by no stores yet.
    private static func undeleteStates(
        _ hashes: [[UInt8]], _ grace: Duration, _ transaction: PostgresTransaction
    ) async throws -> [ContentHash: UndeleteStart] {
        try await allowTime(transaction)
        try await lockTasks(of: hashes, transaction)
        try await transaction.query(
            "SELECT FROM tombstone WHERE hash = ANY ($1) ORDER BY hash FOR UPDATE",
            [.bytesArray(hashes)])
        _ = try await lockNewTasks(of: hashes, transaction)
        let rows = try await transaction.query(
            """
               SELECT asked.hash, content.hash IS NOT NULL AS is_there,
                      tombstone.stores IS NOT NULL AS is_known,
                      deleted_at > now() - $2 * interval '1 second' AS is_recent
                 FROM unnest($1::bytea[]) AS asked (hash)
            LEFT JOIN content ON content.hash = asked.hash
            LEFT JOIN tombstone ON tombstone.hash = asked.hash
            """, [.bytesArray(hashes), .seconds(grace)])
        var states: [ContentHash: UndeleteStart] = [:]
        for row in rows {
            let start: UndeleteStart =
                if try row["is_there"] {
                    .alreadyThere
                } else if try !row["is_known"] {
                    .unknown
                } else if try row["is_recent"] {
                    .begun(stores: 0)
                } else {
                    .tooLate
                }
            states[try ContentHash(bytes: try row["hash"])] = start
        }
        return states
    }

    /// Returns the number of new tasks: one that looks for a file already goes on, unless it was
    /// set aside.
    private static func orderRestores(
        _ hashes: [[UInt8]], plan: Int64?, actor: String, reason: String,
        _ transaction: PostgresTransaction
    ) async throws -> Int {
        try await transaction.query(
            """
            INSERT INTO task AS known
                        (hash, store, kind, generation, size, plan, priority, actor, reason)
                 SELECT hash, holder, 'restore', generation + 1, size, $2, 0, $3, $4
                   FROM tombstone CROSS JOIN unnest(stores) AS holder
                  WHERE hash = ANY ($1)
                    AND NOT EXISTS (SELECT FROM store
                                     WHERE number = holder AND retired_at IS NOT NULL)
               ORDER BY hash, holder
            ON CONFLICT (hash, store) DO UPDATE SET \(Deletion.renewedTask)
                  WHERE known.kind <> 'restore' OR known.state = 'failed'
              RETURNING 1
            """,
            [
                .bytesArray(hashes), .optional(plan), .text(actor), .text(reason),
            ]
        ).count
    }

    /// How many stores are to restore each of `hashes`; those that nobody can are absent.
    private static func begin(
        _ hashes: [[UInt8]], actor: String, reason: String, _ transaction: PostgresTransaction
    ) async throws -> [ContentHash: UndeleteStart] {
        let rows = try await transaction.query(
            """
            WITH begun AS (
                  SELECT hash, count(*) AS stores FROM task
                   WHERE hash = ANY ($1) AND kind = 'restore' GROUP BY hash
            ), written AS (
                INSERT INTO audit (actor, action, subject, reason)
                     SELECT $2, 'undelete-content', encode(hash, 'hex'), $3
                       FROM begun ORDER BY hash
            )
            SELECT hash, stores FROM begun
            """, [.bytesArray(hashes), .text(actor), .text(reason)])
        return try Dictionary(
            uniqueKeysWithValues: rows.map { row in
                (try ContentHash(bytes: try row["hash"]), .begun(stores: try row["stores"]))
            })
    }
}
