package import SFSCore
import SFSPostgres

extension Catalog {
    /// How much the cluster holds; reads the whole table.
    package func totals() async throws -> CatalogTotals {
        // In a transaction, though it is one statement: it is too slow for a shared connection.
        let row = try await database.transaction { transaction in
            try await transaction.query(
                "SELECT count(*) AS contents, coalesce(sum(size), 0)::bigint AS bytes FROM content")
        }[0]
        return CatalogTotals(contents: try row["contents"], bytes: try row["bytes"])
    }

    /// How many contents would be short of replicas without the stores in `down`; only those that
    /// `store` holds count, if it is given.
    package func risk(
        down: [StoreNumber], holding store: StoreNumber? = nil
    ) async throws -> CatalogRisk {
        let row = try await database.transaction { transaction in
            try await transaction.query(
                """
                SELECT count(*) FILTER (WHERE live < want) AS at_risk,
                       count(*) FILTER (WHERE live = 0) AS out_of_reach
                  FROM (SELECT want,
                               (SELECT count(*) FROM unnest(stores) AS number
                                 WHERE number <> ALL ($1)) AS live
                          FROM content
                         WHERE (stores && $1 OR cardinality(stores) < want)
                           AND ($2::smallint IS NULL OR stores @> ARRAY[$2]::smallint[])
                       ) AS touched
                """,
                [.int16Array(down.map(\.value)), store.map { .int16($0.value) } ?? .null])
        }[0]
        return CatalogRisk(atRisk: try row["at_risk"], outOfReach: try row["out_of_reach"])
    }
}
