package import ProcessFixture

/// What the catalog says, read with psql and not through sfsd.
package struct CatalogRows: Sendable {
    /// For each content, the names of the stores that are said to hold it.
    package let holders: [String: Set<String>]

    /// Reads all rows of `database`.
    package static func read(
        _ server: PostgresServer, _ database: String
    ) async throws -> CatalogRows {
        let rows = try await server.query(query, in: database)
        return CatalogRows(
            holders: Dictionary(
                uniqueKeysWithValues: rows.map { row in
                    (row[0], Set(row[1].split(separator: ",").map(String.init)))
                }))
    }

    /// Sentences on rows that name a store without a good copy.
    package func violations(against disks: DiskAudit.Findings) -> [String] {
        holders.flatMap { hash, stores in
            stores.subtracting(disks.holders[hash] ?? []).sorted().map { store in
                "the catalog has '\(hash)' on '\(store)', which has no good copy"
            }
        }
    }

    private static let query = """
        SELECT encode(c.hash, 'hex'),
               (SELECT string_agg(s.name, ',') FROM store s WHERE s.number = ANY (c.stores))
          FROM content c
        """
}
