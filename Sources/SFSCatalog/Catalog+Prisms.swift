package import SFSCore
import SFSPostgres

extension Catalog {
    /// Registers a prism, or updates what is known of it; it is online then, and all votes against
    /// it are void.
    package func join(prism: PrismRegistration) async throws -> PrismRecord {
        let values: [PostgresValue] = [
            .text(prism.name.text), .text(prism.zone.text), .text(prism.host.text),
            .optional(prism.url), .optional(prism.version),
        ]
        return try await database.transaction { transaction in
            try await transaction.query(
                "DELETE FROM vote WHERE target = $1", [.text(prism.name.text)])
            let updated = try await transaction.query(
                """
                   UPDATE prism
                      SET zone = $2, host = $3, url = $4, version = $5, seen_at = now(),
                          roles = \(Self.rolesOnline)
                    WHERE name = $1
                RETURNING \(Self.prismColumns)
                """, values)
            if let row = updated.first { return try Self.prismRecord(row) }
            let inserted = try await transaction.query(
                """
                INSERT INTO prism (name, zone, host, url, version, roles)
                     VALUES ($1, $2, $3, $4, $5, '{active,read,write,online}')
                  RETURNING \(Self.prismColumns)
                """, values)
            return try Self.prismRecord(inserted[0])
        }
    }

    /// All prisms, by number.
    package func prisms() async throws -> [PrismRecord] {
        try await database.query(
            "SELECT \(Self.prismColumns) FROM prism ORDER BY number", retry: .idempotent
        ).map(Self.prismRecord)
    }

    /// A prism's heartbeat: it is online, unless others hold it to be down.
    ///
    /// - Throws: `SFSError` with code `.notFound`.
    package func report(prism: PrismNumber) async throws {
        let rows = try await database.query(
            """
               UPDATE prism SET seen_at = now(), roles = \(Self.rolesReported)
                WHERE number = $1
            RETURNING number
            """, [.int16(prism.value)], writes: true, retry: .idempotent)
        if rows.isEmpty { throw Self.noMember("prism", prism.value) }
    }

    /// A prism's clean stop: it is not online any more, and nobody needs to say so.
    package func leave(prism: PrismNumber) async throws {
        try await database.query(
            """
            WITH gone AS (
                   UPDATE prism SET roles = array_remove(roles, 'online') WHERE number = $1
                RETURNING name
            )
            DELETE FROM vote USING gone WHERE target = name
            """, [.int16(prism.value)], writes: true, retry: .idempotent)
    }

    /// Forgets a prism that is out of service, with a line in the audit.
    ///
    /// - Throws: `SFSError` with code `.notFound`; `.conflict` while it is online and reports.
    package func removePrism(_ name: MemberName, actor: String) async throws {
        let row = try await database.query(
            """
            WITH removed AS (
                DELETE FROM prism
                 WHERE name = $1
                   AND NOT ('online' = ANY (roles) AND seen_at > now() - interval '1 minute')
                RETURNING name
            ), unheard AS (
                DELETE FROM vote USING removed WHERE target = name OR voter = name
            ), written AS (
                INSERT INTO audit (actor, action, subject, reason)
                     SELECT $2, 'remove-member', name, 'prism' FROM removed
            )
            SELECT EXISTS (SELECT FROM removed) AS is_removed,
                   EXISTS (SELECT FROM prism WHERE name = $1) AS was_known
            """, [.text(name.text), .text(actor)], writes: true)[0]
        if try row["is_removed"] { return }
        guard try row["was_known"] else {
            throw SFSError(.notFound, "there is no prism '\(name)'")
        }
        throw SFSError(.conflict, "prism '\(name)' is in service; stop it first")
    }

    // MARK: Rows

    private static let prismColumns = """
        number, name, zone, host, url, roles, version, \
        extract(epoch FROM clock_timestamp() - seen_at)::float8 AS seconds_since_seen
        """

    private static func prismRecord(_ row: PostgresRow) throws(SFSError) -> PrismRecord {
        PrismRecord(
            number: PrismNumber(try row["number"]),
            name: try MemberName(parsing: try row["name"] as String),
            zone: try MemberName(parsing: try row["zone"] as String),
            host: try MemberName(parsing: try row["host"] as String),
            url: try row["url"], roles: try roles(row),
            secondsSinceSeen: try row["seconds_since_seen"], version: try row["version"])
    }
}
