package import SFSCore
import SFSPostgres

extension Catalog {
    /// What is known of those of `hashes` that were ever deleted, by hash; `isRecent` = less than
    /// `grace` ago.
    ///
    /// - Throws: `SFSError` with code `.tooLarge` for more than `contentsPerQuestionMaximum`.
    package func deletedContents(
        _ hashes: [ContentHash], grace: Duration
    ) async throws -> [DeletedContent] {
        guard hashes.count <= Self.contentsPerQuestionMaximum else {
            throw SFSError(
                .tooLarge,
                "\(hashes.count) hashes in one question; ask for up to "
                    + "\(Self.contentsPerQuestionMaximum) at once")
        }
        return try await database.transaction { transaction in
            try await transaction.query(
                """
                  SELECT tombstone.hash, tombstone.generation, tombstone.size,
                         deleted_at > now() - $2 * interval '1 second' AS is_recent,
                         content.hash IS NOT NULL AS is_there,
                         ARRAY (SELECT holder
                                  FROM unnest(tombstone.stores) AS holder
                                 WHERE NOT EXISTS (SELECT FROM store
                                                    WHERE number = holder
                                                      AND retired_at IS NOT NULL)
                              ORDER BY holder) AS holders
                    FROM tombstone LEFT JOIN content ON content.hash = tombstone.hash
                   WHERE tombstone.hash = ANY ($1)
                ORDER BY tombstone.hash
                """, [.bytesArray(hashes.map(\.bytes)), .seconds(grace)])
        }.map { row in
            DeletedContent(
                hash: try ContentHash(bytes: try row["hash"]), generation: try row["generation"],
                size: try row["size"],
                stores: (try row["holders"] as [Int16]).map { StoreNumber($0) },
                isRecent: try row["is_recent"], isThere: try row["is_there"])
        }
    }
}
