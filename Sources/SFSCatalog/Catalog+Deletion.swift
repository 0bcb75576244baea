package import SFSCore
import SFSPostgres

extension Catalog {
    /// Deletes contents for good, with a line in the audit for each; returns how many were there.
    ///
    /// Each gets a tombstone of its generation, so that no old disk brings it back, and loses its
    /// rules and purchases. Every store that may have a file of it gets a task that puts it into
    /// the trash, in place of what else it was to do; those are of `plan`, in place of
    /// its steps. What is put afterwards
    /// has the next generation. An undelete that is under way ends.
    ///
    /// With `generations` only those go that have theirs: an order that is carried out late does
    /// not touch what was put since.
    ///
    /// All or none of 1000 contents at a time: after a failure some are deleted and some are not.
    package func deleteContents(
        _ hashes: [ContentHash], generations: [ContentHash: Int32]? = nil, plan: Int64? = nil,
        actor: String, reason: String
    ) async throws -> Int64 {
        var count: Int64 = 0
        for batch in Self.batches(hashes, of: Deletion.contentsMaximum) {
            count += try await database.transaction { transaction in
                let deletion = Deletion(
                    generations: generations, plan: plan, actor: actor, reason: reason,
                    transaction: transaction)
                return try await deletion.run(batch)
            }
        }
        return count
    }

    /// Takes the steps of `hashes` off a plan that is carried out step by step, and counts the
    /// tasks that came of them in their place.
    static func endSteps(
        of plan: Int64?, _ hashes: [[UInt8]], madeInto tasks: Int,
        _ transaction: PostgresTransaction
    ) async throws {
        guard let plan else { return }
        try await transaction.query(
            """
            WITH ended AS (
                DELETE FROM plan_step WHERE plan = $1 AND hash = ANY ($2) RETURNING 1
            )
            UPDATE plan SET tasks = greatest(tasks - (SELECT count(*) FROM ended) + $3, 0)
             WHERE number = $1
            """, [.int64(plan), .bytesArray(hashes), .int64(Int64(tasks))])
    }

    /// The distinct `hashes`, ascending, by `count`: all transactions lock rows in this order.
    static func batches(_ hashes: [ContentHash], of count: Int) -> [[[UInt8]]] {
        let ordered = Set(hashes).sorted().map(\.bytes)
        return stride(from: 0, to: ordered.count, by: count).map { start in
            Array(ordered[start..<min(start + count, ordered.count)])
        }
    }
}
