package import SFSCore
import SFSPostgres

extension Catalog {
    /// What the replicas of a deleted content carried, with the generation that was deleted; `nil`
    /// when it never was, or the catalog was lost since.
    package func deletedAttributes(of hash: ContentHash) async throws -> ContentAttributes? {
        try await database.query(
            """
            SELECT extension, media_type, created_at, generation
              FROM tombstone
             WHERE hash = $1 AND extension IS NOT NULL AND media_type IS NOT NULL
                   AND created_at IS NOT NULL
            """, [.bytes(hash.bytes)], retry: .idempotent
        ).first.map { row in
            ContentAttributes(
                fileExtension: try row["extension"], mediaType: try row["media_type"],
                created: try row["created_at"], generation: try row["generation"])
        }
    }
}
