package import SFSCore
import SFSPostgres

extension Catalog {
    /// Gives roles to a member and takes others from it, with a line in the audit.
    ///
    /// - Throws: `SFSError` with code `.notFound` when no member in service has that name;
    ///   `.usage` when `online` is among them: the cluster decides that.
    package func setRoles(
        of member: MemberName, add: Set<Role>, remove: Set<Role>, actor: String
    ) async throws {
        guard !add.union(remove).contains(.online) else {
            throw SFSError(.usage, "'online' is not for people to give or take")
        }
        let row = try await database.query(
            """
            WITH store_changed AS (
                   UPDATE store SET roles = \(Self.rolesChanged)
                    WHERE name = $1 AND retired_at IS NULL
                RETURNING name
            ), prism_changed AS (
                   UPDATE prism SET roles = \(Self.rolesChanged) WHERE name = $1
                RETURNING name
            ), changed AS (
                SELECT name FROM store_changed UNION SELECT name FROM prism_changed
            ), written AS (
                INSERT INTO audit (actor, action, subject, reason)
                     SELECT $4, 'set-roles', name, $5 FROM changed
            )
            SELECT count(*) FROM changed
            """,
            [
                .text(member.text), .textArray(add.map(\.rawValue)),
                .textArray(remove.map(\.rawValue)), .text(actor),
                .text((Self.signed("+", add) + Self.signed("-", remove)).joined(separator: " ")),
            ], writes: true, retry: .idempotent)[0]
        guard try row[0] as Int64 > 0 else {
            throw SFSError(.notFound, "there is no member '\(member)' in service")
        }
    }

    /// Says whether the replicas of a store are to go elsewhere, with a line in the audit.
    ///
    /// - Throws: `SFSError` with code `.notFound` when no store in service has that name.
    package func setDraining(_ store: MemberName, _ flag: Bool, actor: String) async throws {
        let rows = try await database.query(
            """
            WITH changed AS (
                   UPDATE store SET is_draining = $2 WHERE name = $1 AND retired_at IS NULL
                RETURNING name
            ), written AS (
                INSERT INTO audit (actor, action, subject, reason)
                     SELECT $3, $4, name, '' FROM changed
            )
            SELECT FROM changed
            """,
            [
                .text(store.text), .bool(flag), .text(actor),
                .text(flag ? "drain-store" : "undrain-store"),
            ], writes: true, retry: .idempotent)
        if rows.isEmpty { throw Self.noStore(store) }
    }

    /// What is thrown for the name of a store that is not in service.
    static func noStore(_ name: MemberName) -> SFSError {
        SFSError(.notFound, "there is no store '\(name)' in service")
    }

    /// SQL for `roles` with those of `$2` and without those of `$3`.
    private static let rolesChanged = """
        ARRAY (SELECT unnest(roles || $2::text[]) EXCEPT SELECT unnest($3::text[]) ORDER BY 1)
        """

    private static func signed(_ sign: String, _ roles: Set<Role>) -> [String] {
        roles.map { "\(sign)\($0.rawValue)" }.sorted()
    }
}
