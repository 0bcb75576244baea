package import SFSCore
import SFSPostgres

extension Catalog {
    /// The generations of `hashes` that were deleted last; those that never were are absent.
    ///
    /// - Throws: `SFSError` with code `.tooLarge` for more than `contentsPerQuestionMaximum`.
    package func tombstones(_ hashes: [ContentHash]) async throws -> [ContentHash: Int32] {
        guard hashes.count <= Self.contentsPerQuestionMaximum else {
            throw SFSError(
                .tooLarge,
                "\(hashes.count) hashes in one question; ask for up to "
                    + "\(Self.contentsPerQuestionMaximum) at once")
        }
        let rows = try await database.query(
            "SELECT hash, generation FROM tombstone WHERE hash = ANY ($1)",
            [.bytesArray(hashes.map(\.bytes))], retry: .idempotent)
        return try Dictionary(
            uniqueKeysWithValues: rows.map { row in
                (try ContentHash(bytes: try row["hash"]), try row["generation"])
            })
    }

    /// Takes in what a volume remembers of deletions that a catalog which was lost knew; a
    /// generation that is known to be deleted is never lowered.
    ///
    /// A content that is there at that generation or below was put since the catalog was lost:
    /// it stays, with the generation after it.
    package func addTombstones(_ stones: [(ContentHash, Int32)]) async throws {
        var generations: [ContentHash: Int32] = [:]
        for (hash, generation) in stones {
            generations[hash] = max(generation, generations[hash] ?? 1)
        }
        for batch in Self.batches(Array(generations.keys), of: Self.contentsPerQuestionMaximum) {
            let numbers = try batch.map { hash in
                Int64(generations[try ContentHash(bytes: hash)] ?? 1)
            }
            try await database.transaction { transaction in
                try await Self.allowTime(transaction)
                try await transaction.query(
                    """
                    INSERT INTO tombstone AS known (hash, generation)
                         SELECT hash, generation::integer
                           FROM unnest($1::bytea[], $2::bigint[]) AS added (hash, generation)
                       ORDER BY hash
                    ON CONFLICT (hash) DO UPDATE SET generation = excluded.generation
                          WHERE known.generation < excluded.generation
                    """, [.bytesArray(batch), .int64Array(numbers)])
            }
            // Not in the same transaction: it sees the puts that came while that was committed.
            try await raiseGenerations("AND content.hash = ANY ($1)", [.bytesArray(batch)])
        }
    }

    /// Gives contents that live under their tombstones the generation after them; `condition`
    /// narrows them.
    func raiseGenerations(_ condition: String, _ values: [PostgresValue]) async throws {
        try await database.transaction { transaction in
            try await Self.allowTime(transaction)
            try await transaction.query(
                """
                UPDATE content SET generation = tombstone.generation + 1
                  FROM tombstone
                 WHERE tombstone.hash = content.hash
                   AND content.generation <= tombstone.generation \(condition)
                """, values, timeout: Self.manyRowsTimeout)
        }
    }
}
