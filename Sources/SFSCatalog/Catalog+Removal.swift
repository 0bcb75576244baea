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
    /// Forgets marks of removals that no put can be older than; returns their number.
    package func pruneRemovals() async throws -> Int64 {
        try await database.query(
            """
            WITH forgotten AS (
                DELETE FROM removal WHERE removed_at < now() - interval '7 days' RETURNING hash
            )
            SELECT count(*) FROM forgotten
            """, writes: true, retry: .idempotent)[0][0]
    }

    /// Takes a store off a content before it gives its good replica up, with a line in the audit,
    /// but only while at least `minimum` other stores of `proven` are still counted
    /// (promises.md r1).
    ///
    /// `proven` verified their replicas just now. The row is locked by the same statement, so that
    /// of two stores that prove each other only one may go.
    package func beginRemoval(
        of hash: ContentHash, generation: Int32, from store: StoreNumber, proven: [StoreNumber],
        minimum: Int, actor: String, reason: String
    ) async throws -> ReplicaRemoval {
        let others = proven.filter { $0 != store }
        return try await takeOff(
            store, of: hash, when: "generation = $5 AND cardinality(\(Self.common("$6"))) >= $7",
            actor: actor, action: "give-replica-up", reason: reason,
            [
                .int32(generation), .int16Array(others.map(\.value)),
                .int16(Int16(clamping: minimum)),
            ])
    }

    /// Takes a store off a content because its replica is bad, unless it is the only one that is
    /// counted; with a line in the audit.
    ///
    /// The only one stays on the row, and the content is marked as damaged (promises.md "Verify").
    package func removeBadReplica(
        of hash: ContentHash, on store: StoreNumber, actor: String, reason: String
    ) async throws -> ReplicaRemoval {
        let removal = try await takeOff(
            store, of: hash, when: "cardinality(stores) > 1", actor: actor,
            action: "remove-replica", reason: reason, [])
        guard removal == .refused else { return removal }
        let damaged = try await database.query(
            """
               UPDATE content SET state = 2 WHERE hash = $1 AND stores = ARRAY[$2]::smallint[]
            RETURNING hash
            """, [.bytes(hash.bytes), .int16(store.value)], writes: true, retry: .idempotent)
        // Others came to it in between: it is not the only one any more.
        return damaged.isEmpty
            ? try await takeOff(
                store, of: hash, when: "cardinality(stores) > 1", actor: actor,
                action: "remove-replica", reason: reason, []) : .refused
    }

    /// One statement: takes `store` off when `condition` (with values from `$5` on) holds.
    private func takeOff(
        _ store: StoreNumber, of hash: ContentHash, when condition: String, actor: String,
        action: String, reason: String, _ values: [PostgresValue]
    ) async throws -> ReplicaRemoval {
        // A retry that finds its first try done says `.unknown`: the store is off either way.
        let row = try await database.query(
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
            ), written AS (
                INSERT INTO audit (actor, action, subject, reason)
                     SELECT $3, '\(action)', subject || ' on ' || $2::smallint, $4 FROM changed
            )
            SELECT EXISTS (SELECT FROM changed) AS is_removed,
                   EXISTS (SELECT FROM content WHERE hash = $1 AND $2 = ANY (stores)) AS was_known
            """,
            [.bytes(hash.bytes), .int16(store.value), .text(actor), .text(reason)] + values,
            writes: true, retry: .idempotent)[0]
        if try row["is_removed"] { return .removed }
        return try row["was_known"] ? .refused : .unknown
    }

    /// SQL for the elements that the row's stores and the array `values` have in common.
    private static func common(_ values: String) -> String {
        "ARRAY (SELECT unnest(stores) INTERSECT SELECT unnest(\(values)::smallint[]))"
    }
}
