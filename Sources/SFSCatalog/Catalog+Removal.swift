package import SFSCore
import SFSPostgres

/// What became of the order to take a store off a content.
package enum ReplicaRemoval: Sendable, Hashable {
    /// The store is not counted any more.
    case removed
    /// The store was not counted.
    case unknown
    /// Refused: too few others would be left.
    case refused
}

extension Catalog {
    /// Forgets marks of removals that no put can be older than; returns their number, or with
    /// `dryRun` how many it would be.
    package func pruneRemovals(dryRun: Bool = false) async throws -> Int64 {
        try await prune("removal WHERE removed_at < now() - interval '7 days'", [], dryRun: dryRun)
    }

    /// Takes a store off a content before it gives its good replica up, with a line in the audit,
    /// but only while at least `minimum` other stores of `proven`, and as many as its rules want,
    /// are still counted (promises.md r1), and no rule keeps it there.
    ///
    /// `proven` verified their replicas just now. Of two stores that prove each other only one may
    /// go. With a `task` it is refused unless that belongs to the caller.
    package func beginRemoval(
        of hash: ContentHash, generation: Int32, from store: StoreNumber, proven: [StoreNumber],
        minimum: Int, task: TaskRecord? = nil, actor: String, reason: String
    ) async throws -> ReplicaRemoval {
        let others = proven.filter { $0 != store }
        return try await database.transaction { transaction in
            if let task {
                // Before the content, and until the end: nobody cancels what has begun.
                let isOurs = try await !transaction.query(
                    "SELECT FROM task WHERE \(Self.taskIsOurs) FOR SHARE",
                    Self.claimValues(of: task)
                ).isEmpty
                guard isOurs else { return .refused }
            }
            return try await Self.takeOff(
                store, of: hash,
                when: """
                    generation = $5
                    AND cardinality(\(Self.common("$6"))) >= greatest(
                        $7, (SELECT copy_minimum FROM rule WHERE rule.hash = $1))
                    AND NOT EXISTS (SELECT FROM rule
                                     WHERE rule.hash = $1
                                       AND (is_forced OR is_protected OR $2 = ANY (forced_stores)
                                            OR $2 = ANY (protected_stores)))
                    """, actor: actor, action: "give-replica-up", reason: reason,
                [
                    .int32(generation), .int16Array(others.map(\.value)),
                    .int16(Int16(clamping: minimum)),
                ], transaction)
        }
    }

    /// Takes a store off a content because its replica is bad, unless it is the only one that is
    /// counted; with a line in the audit.
    ///
    /// The only one stays on the row, and the content is marked as damaged (promises.md "Verify").
    package func removeBadReplica(
        of hash: ContentHash, on store: StoreNumber, actor: String, reason: String
    ) async throws -> ReplicaRemoval {
        try await database.transaction { transaction in
            let removal = try await Self.takeOff(
                store, of: hash, when: "cardinality(stores) > 1", actor: actor,
                action: "remove-replica", reason: reason, [], transaction)
            if removal == .refused {
                try await transaction.query(
                    "UPDATE content SET state = 2 WHERE hash = $1", [.bytes(hash.bytes)])
            }
            return removal
        }
    }

    /// Takes `store` off when `condition` (with values from `$5` on) holds; the content's row is
    /// locked then until `transaction` ends.
    ///
    /// An extra replica there is none any more in any case: its file is gone, or it is counted.
    private static func takeOff(
        _ store: StoreNumber, of hash: ContentHash, when condition: String, actor: String,
        action: String, reason: String, _ values: [PostgresValue],
        _ transaction: PostgresTransaction
    ) async throws -> ReplicaRemoval {
        // First of all, though the row may not name the store: who is about to add it has the row
        // until that is committed, and the next statement sees it. Else the store would hear that
        // it is not counted, throw its file away, and be counted a moment later.
        try await transaction.query(
            "SELECT FROM content WHERE hash = $1 FOR NO KEY UPDATE", [.bytes(hash.bytes)])
        let row = try await transaction.query(
            """
            WITH changed AS (
                   UPDATE content SET stores = array_remove(stores, $2)
                    WHERE hash = $1 AND $2 = ANY (stores) AND \(condition)
                RETURNING encode(hash, 'hex') AS subject
            ), marked AS (
                INSERT INTO removal AS known (hash, store, removed_at)
                     SELECT $1, $2::smallint, clock_timestamp()
                      WHERE EXISTS (SELECT FROM changed)
                         OR NOT EXISTS (SELECT FROM content
                                         WHERE hash = $1 AND $2 = ANY (stores))
                ON CONFLICT (hash, store) DO UPDATE SET removed_at = excluded.removed_at
            ), forgotten AS (
                DELETE FROM extra_replica WHERE hash = $1 AND store = $2
            ), written AS (
                INSERT INTO audit (actor, action, subject, reason)
                     SELECT $3, '\(action)', subject || ' on ' || $2::smallint, $4 FROM changed
            )
            SELECT EXISTS (SELECT FROM changed) AS is_removed,
                   EXISTS (SELECT FROM content WHERE hash = $1 AND $2 = ANY (stores)) AS was_known
            """,
            [.bytes(hash.bytes), .int16(store.value), .text(actor), .text(reason)] + values)[0]
        if try row["is_removed"] { return .removed }
        return try row["was_known"] ? .refused : .unknown
    }

    /// SQL for the elements that the row's stores and the array `values` have in common.
    private static func common(_ values: String) -> String {
        "ARRAY (SELECT unnest(stores) INTERSECT SELECT unnest(\(values)::smallint[]))"
    }
}
