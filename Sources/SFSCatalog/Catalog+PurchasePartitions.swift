import Logging
import SFSPostgres

extension Catalog {
    /// Drops the partitions in which nothing is remembered any more, and forgets the revocations
    /// that are of no use; returns the number of partitions, or with `dryRun` how many it would
    /// be.
    ///
    /// A partition is looked at from the day that its tokens name.
    package func prunePurchases(dryRun: Bool = false) async throws -> Int {
        var dropped = 0
        for day in try await duePartitions() where try await isDead(day) {
            guard !dryRun else {
                dropped += 1
                continue
            }
            let isDropped = try await database.transaction { transaction -> Bool in
                // Who waits for this lock makes all others wait: give up soon, try again later.
                try await transaction.query("SET LOCAL lock_timeout = '200ms'")
                return try await transaction.query(
                    "SELECT drop_purchase_partition($1)", [.int32(day)])[0][0]
            }
            if isDropped { dropped += 1 }
        }
        guard !dryRun else { return dropped }
        try await database.query(
            "DELETE FROM revocation WHERE NOT \(Self.revocationIsOfUse)", writes: true,
            retry: .idempotent)
        return dropped
    }

    /// Makes the partition of `day`; done at the same time by many it is made once.
    func makePurchasePartition(_ day: Int32) async throws {
        _ = try await database.transaction { transaction in
            try await transaction.query("SELECT make_purchase_partition($1)", [.int32(day)])
        }
        logger.info("made a partition for purchases", metadata: ["day": "\(day)"])
    }

    /// The days up to today that have partitions.
    private func duePartitions() async throws -> [Int32] {
        try await database.query(
            """
                SELECT day
                  FROM pg_inherits
                  JOIN pg_class ON pg_class.oid = inhrelid
            CROSS JOIN LATERAL (SELECT substring(relname FROM '^purchase_([0-9]+)$')::integer)
                       AS named (day)
                 WHERE inhparent = 'purchase'::regclass
                   AND day <= floor(extract(epoch FROM now()) / 86400)
              ORDER BY day
            """, retry: .idempotent
        ).map { row in try row["day"] }
    }

    /// Whether nothing in the partition of `day` is remembered, for a minute by now.
    ///
    /// It stays so: only what lives is extended. The minute is for an extension that began while
    /// its purchase lived and is not committed yet.
    private func isDead(_ day: Int32) async throws -> Bool {
        try await database.transaction { transaction in
            try await Self.allowTime(transaction)
            return try await transaction.query(
                """
                SELECT NOT EXISTS (
                    SELECT FROM purchase
                     WHERE day = $1
                       AND expires_at + after_life_seconds * interval '1 second'
                           > now() - interval '1 minute')
                """, [.int32(day)], timeout: Self.manyRowsTimeout)[0][0]
        }
    }
}
