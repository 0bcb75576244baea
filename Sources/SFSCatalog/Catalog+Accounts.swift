package import SFSCore
import SFSPostgres

extension Catalog {
    /// Adds an account that may log in at once, with a line in the audit.
    ///
    /// `password` is what `crypt(5)` describes, never the password itself.
    ///
    /// - Throws: `SFSError` with code `.conflict` when the name is taken.
    package func createAccount(
        _ name: AccountName, password: String, roles: Set<AccountRole>, actor: String
    ) async throws -> AccountRecord {
        do {
            let row = try await database.query(
                """
                WITH added AS (
                    INSERT INTO account (name, password, roles) VALUES ($1, $2, $3)
                      RETURNING \(Self.accountColumns)
                ), line AS (
                    INSERT INTO audit (actor, action, subject, reason)
                         SELECT $4, 'create-account', name, array_to_string(roles, ',') FROM added
                )
                SELECT * FROM added
                """,
                [
                    .text(name.text), .text(password),
                    .textArray(roles.map(\.rawValue).sorted()), .text(actor),
                ], writes: true)[0]
            return try Self.accountRecord(row)
        } catch let error as SFSError where error.code == .conflict {
            throw SFSError(
                .conflict, "there is an account '\(name)' already; choose another name",
                cause: error)
        }
    }

    /// All accounts, by name.
    package func accounts() async throws -> [AccountRecord] {
        try await database.query(
            "SELECT \(Self.accountColumns) FROM account ORDER BY name COLLATE \"C\"",
            retry: .idempotent
        ).map(Self.accountRecord)
    }

    /// The account called `name` with its `crypt(5)` string; `nil` when there is none.
    package func account(
        _ name: AccountName
    ) async throws -> (record: AccountRecord, password: String)? {
        try await database.query(
            "SELECT \(Self.accountColumns), password FROM account WHERE name = $1",
            [.text(name.text)], retry: .idempotent
        ).first.map { row in (try Self.accountRecord(row), try row["password"]) }
    }

    /// Sets the `crypt(5)` string of an account and ends its sessions, with a line in the audit.
    ///
    /// - Throws: `SFSError` with code `.notFound`.
    package func setPassword(
        _ password: String, of name: AccountName, actor: String
    ) async throws {
        // Two statements: the second sees the sessions that were opened while the first waited.
        try await database.transaction { transaction in
            let rows = try await transaction.query(
                """
                WITH changed AS (
                       UPDATE account
                          SET password = $2, password_changed_at = now(), updated_at = now()
                        WHERE name = $1
                    RETURNING number
                ), line AS (
                    INSERT INTO audit (actor, action, subject, reason)
                         SELECT $3, 'set-password', $1, '' FROM changed
                )
                SELECT number FROM changed
                """, [.text(name.text), .text(password), .text(actor)])
            guard let row = rows.first else { throw Self.noAccount(name) }
            try await transaction.query(
                "DELETE FROM session WHERE account = $1", [.int32(try row["number"])])
        }
    }

    /// Keeps the same password in a better `crypt(5)` string, unless it was changed meanwhile.
    ///
    /// Sessions go on, and nothing is audited: nobody decided anything.
    package func upgradePassword(
        _ password: String, of name: AccountName, from old: String
    ) async throws {
        try await database.query(
            """
            UPDATE account SET password = $2, updated_at = now() WHERE name = $1 AND password = $3
            """, [.text(name.text), .text(password), .text(old)], writes: true, retry: .idempotent)
    }

    /// Lets an account log in, or not any more; while it may not, its sessions are of no use.
    ///
    /// - Throws: `SFSError` with code `.notFound`.
    package func setEnabled(_ isEnabled: Bool, _ name: AccountName, actor: String) async throws {
        let rows = try await database.query(
            """
            WITH changed AS (
                   UPDATE account SET is_enabled = $2, updated_at = now() WHERE name = $1
                RETURNING number
            ), line AS (
                INSERT INTO audit (actor, action, subject, reason)
                     SELECT $3, $4, $1, '' FROM changed
            )
            SELECT number FROM changed
            """,
            [
                .text(name.text), .bool(isEnabled), .text(actor),
                .text(isEnabled ? "enable-account" : "disable-account"),
            ], writes: true, retry: .idempotent)
        if rows.isEmpty { throw Self.noAccount(name) }
    }

    /// Removes an account and its sessions, with a line in the audit; its purchases stay.
    ///
    /// - Throws: `SFSError` with code `.notFound`.
    package func removeAccount(_ name: AccountName, actor: String) async throws {
        let rows = try await database.query(
            """
            WITH removed AS (
                DELETE FROM account WHERE name = $1 RETURNING number
            ), line AS (
                INSERT INTO audit (actor, action, subject, reason)
                     SELECT $2, 'remove-account', $1, '' FROM removed
            )
            SELECT number FROM removed
            """, [.text(name.text), .text(actor)], writes: true)
        if rows.isEmpty { throw Self.noAccount(name) }
    }

    /// Counts a login that succeeded or failed; an unknown account changes nothing.
    package func recordLogin(_ name: AccountName, success: Bool) async throws {
        try await database.query(
            success
                ? "UPDATE account SET logins = logins + 1, last_login_at = now() WHERE name = $1"
                : "UPDATE account SET failures = failures + 1, last_failure_at = now() "
                    + "WHERE name = $1", [.text(name.text)], writes: true)
    }

    /// The roles in the column `roles`.
    static func accountRoles(_ row: PostgresRow) throws(SFSError) -> Set<AccountRole> {
        Set((try row["roles"] as [String]).compactMap { AccountRole(rawValue: $0) })
    }

    /// What is thrown for a `name` that is not there.
    static func noAccount(_ name: AccountName) -> SFSError {
        SFSError(.notFound, "there is no account '\(name)'")
    }

    private static let accountColumns = """
        number, name, roles, is_enabled, created_at, password_changed_at, last_login_at, logins, \
        last_failure_at, failures
        """

    private static func accountRecord(_ row: PostgresRow) throws(SFSError) -> AccountRecord {
        AccountRecord(
            number: try row["number"], name: try AccountName(parsing: try row["name"] as String),
            roles: try accountRoles(row), isEnabled: try row["is_enabled"],
            created: try row["created_at"], passwordChanged: try row["password_changed_at"],
            lastLogin: try row["last_login_at"], logins: try row["logins"],
            lastFailure: try row["last_failure_at"], failures: try row["failures"])
    }
}
