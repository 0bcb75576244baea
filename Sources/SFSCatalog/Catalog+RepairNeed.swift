package import SFSCore
import SFSPostgres

extension Catalog {
    /// How much there is to repair when replicas on the stores in `lost` do not count; quick while
    /// few contents lack anything.
    ///
    /// Contents without a live replica are left out: there is nothing to copy.
    package func repairNeed(lost: [StoreNumber]) async throws -> RepairNeed {
        let row = try await database.transaction { transaction in
            try await Self.allowTime(transaction)
            // What is lost changes the best plan: none or one store against half of them.
            try await transaction.query("SET LOCAL plan_cache_mode = force_custom_plan")
            return try await transaction.query(
                """
                WITH suspect AS (
                    SELECT hash, size, want, stores FROM content WHERE stores && $1
                     UNION ALL
                    SELECT hash, size, want, stores FROM content
                     WHERE cardinality(stores) < want AND NOT stores && $1
                     UNION ALL
                    SELECT content.hash, size, want, stores
                      FROM rule JOIN content ON content.hash = rule.hash
                     WHERE copy_minimum IS NOT NULL AND cardinality(stores) < copy_minimum
                       AND cardinality(stores) >= want AND NOT stores && $1
                ), need AS (
                    SELECT size, live,
                           greatest(1, least(greatest(want, copy_minimum), copy_maximum)) AS wanted
                      FROM suspect
                      LEFT JOIN rule ON rule.hash = suspect.hash,
                           LATERAL (SELECT count(*) AS live FROM unnest(stores) AS number
                                     WHERE number <> ALL ($1)) AS alive
                )
                SELECT count(*) AS contents,
                       coalesce(sum(size * (wanted - live)), 0)::bigint AS bytes
                  FROM need
                 WHERE live > 0 AND live < wanted
                """, [.int16Array(lost.map(\.value))], timeout: Self.manyRowsTimeout)
        }[0]
        return RepairNeed(contents: try row["contents"], bytes: try row["bytes"])
    }
}
