package import SFSCore
import SFSPostgres

extension Catalog {
    /// Adds counts, all or none; each key stands in `batch` once at most.
    ///
    /// Contents are counted in the hour by the database's clock. Purchases that are gone are left
    /// out. A viewer's slot lives for `slotLife` from its first hit. When the answer got lost nobody knows whether it was counted.
    package func add(
        _ batch: TrafficBatch, slotLife: Duration = .seconds(14_400)
    ) async throws {
        // All batches take their rows in the same order, so that no two wait for each other.
        let contents = batch.contents.sorted { ($0.hash, $0.store) < ($1.hash, $1.store) }
        let purchases = Dictionary(grouping: batch.purchases, by: \.token.day)
        let slots = batch.slots.sorted { left, right in
            if left.hash != right.hash { return left.hash < right.hash }
            if left.viewer == right.viewer { return left.store < right.store }
            return left.viewer.lexicographicallyPrecedes(right.viewer)
        }
        try await database.transaction { transaction in
            if !contents.isEmpty { try await Self.add(contents, transaction) }
            for (day, counts) in purchases.sorted(by: { $0.key < $1.key }) {
                try await Self.add(counts, day: day, transaction)
            }
            if !slots.isEmpty { try await Self.add(slots, life: slotLife, transaction) }
        }
    }

    /// What went out of each of `hashes` in the hours that are kept; those without are absent.
    ///
    /// - Throws: `SFSError` with code `.tooLarge` for more than `contentsPerQuestionMaximum`.
    package func traffic(
        of hashes: [ContentHash]
    ) async throws -> [ContentHash: ContentTotals] {
        guard hashes.count <= Self.contentsPerQuestionMaximum else {
            throw SFSError(
                .tooLarge,
                "\(hashes.count) hashes in one question; ask for up to "
                    + "\(Self.contentsPerQuestionMaximum) at once")
        }
        // On a connection of its own: a content has many hours.
        let rows = try await database.transaction { transaction in
            try await transaction.query(
                """
                  SELECT hash, store, sum(hits)::bigint AS hits, sum(bytes)::bigint AS bytes
                    FROM traffic
                   WHERE hash = ANY ($1)
                GROUP BY hash, store
                """, [.bytesArray(hashes.map(\.bytes))])
        }
        var totals: [ContentHash: ContentTotals] = [:]
        for row in rows {
            let hash = try ContentHash(bytes: try row["hash"])
            let count = TrafficCount(hits: try row["hits"], bytes: try row["bytes"])
            totals[hash, default: ContentTotals()].total.add(count)
            totals[hash]?.perStore[StoreNumber(try row["store"])] = count
        }
        return totals
    }

    /// Forgets the hours that ended more than `age` ago; returns the number of rows, or with
    /// `dryRun` how many it would be.
    package func pruneTraffic(
        olderThan age: Duration, dryRun: Bool = false
    ) async throws -> Int64 {
        try await prune(
            "traffic WHERE hour + interval '1 hour' < now() - $1 * interval '1 second'",
            [.seconds(age)], dryRun: dryRun)
    }

    /// Forgets the slots whose time is over; returns their number, or with `dryRun` how many it
    /// would be.
    package func pruneSlots(dryRun: Bool = false) async throws -> Int64 {
        try await prune("slot WHERE expires_at <= now()", [], dryRun: dryRun)
    }

    private static func add(
        _ counts: [ContentTraffic], _ transaction: PostgresTransaction
    ) async throws {
        try await transaction.query(
            """
            INSERT INTO traffic AS known (hash, store, hour, hits, bytes)
                 SELECT hash, store, date_trunc('hour', now()), hits, bytes
                   FROM unnest($1::bytea[], $2::smallint[], $3::bigint[], $4::bigint[])
                        WITH ORDINALITY AS added (hash, store, hits, bytes, place)
               ORDER BY place
            ON CONFLICT (hash, store, hour) DO UPDATE
                    SET hits = known.hits + excluded.hits, bytes = known.bytes + excluded.bytes
            """,
            [
                .bytesArray(counts.map(\.hash.bytes)), .int16Array(counts.map(\.store.value)),
                .int64Array(counts.map(\.count.hits)), .int64Array(counts.map(\.count.bytes)),
            ])
    }

    private static func add(
        _ counts: [PurchaseTraffic], day: Int32, _ transaction: PostgresTransaction
    ) async throws {
        try await transaction.query(
            """
            WITH added AS (
                SELECT *
                  FROM unnest($2::text[], $3::bigint[], $4::bigint[]) AS added (token, hits, bytes)
            ), locked AS MATERIALIZED (
                  SELECT token
                    FROM purchase
                   WHERE day = $1 AND token = ANY ($2)
                ORDER BY token
                     FOR NO KEY UPDATE
            )
            UPDATE purchase
               SET hits = purchase.hits + added.hits, bytes = purchase.bytes + added.bytes
              FROM added JOIN locked USING (token)
             WHERE day = $1 AND purchase.token = added.token
            """,
            [
                .int32(day), .textArray(counts.map(\.token.text)),
                .int64Array(counts.map(\.count.hits)), .int64Array(counts.map(\.count.bytes)),
            ])
    }

    private static func add(
        _ counts: [SlotTraffic], life: Duration, _ transaction: PostgresTransaction
    ) async throws {
        try await transaction.query(
            """
            INSERT INTO slot AS known (hash, viewer, store, hits, bytes, expires_at)
                 SELECT hash, viewer, store, hits, bytes, now() + $6 * interval '1 second'
                   FROM unnest($1::bytea[], $2::bytea[], $3::smallint[], $4::bigint[],
                               $5::bigint[])
                        WITH ORDINALITY AS added (hash, viewer, store, hits, bytes, place)
               ORDER BY place
            ON CONFLICT (hash, viewer, store) DO UPDATE
                    SET hits = CASE WHEN known.expires_at > now() THEN known.hits ELSE 0 END
                               + excluded.hits,
                        bytes = CASE WHEN known.expires_at > now() THEN known.bytes ELSE 0 END
                                + excluded.bytes,
                        expires_at = CASE WHEN known.expires_at > now() THEN known.expires_at
                                          ELSE excluded.expires_at END
            """,
            [
                .bytesArray(counts.map(\.hash.bytes)), .bytesArray(counts.map(\.viewer)),
                .int16Array(counts.map(\.store.value)), .int64Array(counts.map(\.count.hits)),
                .int64Array(counts.map(\.count.bytes)), .int64(life.components.seconds),
            ])
    }
}
