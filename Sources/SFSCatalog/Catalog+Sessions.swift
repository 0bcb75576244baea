package import SFSCore
import SFSPostgres

extension Catalog {
    /// Opens a session for an account that may log in; a permanent one has a line in the audit.
    ///
    /// `tokenHash` is the SHA-256 of its token. `life` counts only when it is not permanent.
    /// `passwordChanged` is what the record said with which the password was checked: a password
    /// that was set meanwhile lets no session in with the old one. `nil` does not ask.
    ///
    /// - Throws: `SFSError` with code `.notFound` when the account is not there, may not log in or
    ///   has another password by now.
    package func createSession(
        tokenHash: [UInt8], account: AccountName, passwordChanged: Timestamp? = nil,
        isPermanent: Bool, life: Duration, address: String, actor: String
    ) async throws -> SessionRecord {
        let rows = try await database.query(
            """
            WITH owner AS (
                SELECT number AS owner, name, roles
                  FROM account
                 WHERE name = $2 AND is_enabled
                   AND date_trunc('milliseconds', password_changed_at)
                       = coalesce($7::timestamptz, date_trunc('milliseconds', password_changed_at))
                   FOR SHARE
            ), added AS (
                INSERT INTO session (token_hash, account, is_permanent, expires_at, address)
                     SELECT $1, owner, $3,
                            CASE WHEN NOT $3 THEN now() + $4 * interval '1 second' END, $5
                       FROM owner
                  RETURNING number, is_permanent, expires_at, created_at, address
            ), line AS (
                INSERT INTO audit (actor, action, subject, reason)
                     SELECT $6, 'create-session', $2, 'permanent' FROM added WHERE is_permanent
            )
            SELECT * FROM added, owner
            """,
            [
                .bytes(tokenHash), .text(account.text), .bool(isPermanent),
                .double(life / .seconds(1)), .text(address), .text(actor),
                passwordChanged.map { .timestamp($0) } ?? .null,
            ], writes: true)
        guard let row = rows.first else {
            throw SFSError(.notFound, "there is no account '\(account)' that may log in so")
        }
        return try Self.sessionRecord(row)
    }

    /// The session whose token has this SHA-256; `nil` when it is unknown or has expired, or its
    /// account may not log in.
    package func session(tokenHash: [UInt8]) async throws -> SessionRecord? {
        try await database.query(
            """
            SELECT \(Self.sessionColumns)
              FROM session JOIN account ON account.number = session.account
             WHERE token_hash = $1 AND is_enabled AND \(Self.sessionIsLive)
            """, [.bytes(tokenHash)], retry: .idempotent
        ).first.map(Self.sessionRecord)
    }

    /// The open sessions of `account`, or of all for `nil`, oldest first.
    package func sessions(of account: AccountName?) async throws -> [SessionRecord] {
        try await database.query(
            """
              SELECT \(Self.sessionColumns)
                FROM session JOIN account ON account.number = session.account
               WHERE name = coalesce($1::text, name) AND \(Self.sessionIsLive)
            ORDER BY session.number
            """, [.optional(account?.text)], retry: .idempotent
        ).map(Self.sessionRecord)
    }

    /// Ends the session whose token has this SHA-256; `false` when there is none.
    @discardableResult
    package func endSession(tokenHash: [UInt8]) async throws -> Bool {
        try await !database.query(
            "DELETE FROM session WHERE token_hash = $1 RETURNING number", [.bytes(tokenHash)],
            writes: true
        ).isEmpty
    }

    /// Ends a session, with a line in the audit; `false` when there is none.
    package func endSession(number: Int64, actor: String) async throws -> Bool {
        try await !database.query(
            """
            WITH ended AS (
                DELETE FROM session USING account
                      WHERE session.number = $1 AND account.number = session.account
                  RETURNING session.number, name
            ), line AS (
                INSERT INTO audit (actor, action, subject, reason)
                     SELECT $2, 'end-session', name, 'session ' || number FROM ended
            )
            SELECT number FROM ended
            """, [.int64(number), .text(actor)], writes: true
        ).isEmpty
    }

    /// Ends all sessions of an account, with a line in the audit when there were any; returns
    /// their number.
    ///
    /// - Throws: `SFSError` with code `.notFound`.
    package func endSessions(of account: AccountName, actor: String) async throws -> Int64 {
        let rows = try await database.query(
            """
            WITH ended AS (
                DELETE FROM session USING account
                      WHERE account.name = $1 AND session.account = account.number
                  RETURNING session.number
            ), line AS (
                INSERT INTO audit (actor, action, subject, reason)
                     SELECT $2, 'end-sessions', $1, count(*) || ' sessions'
                       FROM ended HAVING count(*) > 0
            )
            SELECT (SELECT count(*) FROM ended) AS count FROM account WHERE name = $1
            """, [.text(account.text), .text(actor)], writes: true)
        guard let row = rows.first else { throw Self.noAccount(account) }
        return try row["count"]
    }

    /// Forgets the sessions that have expired; returns their number, or with `dryRun` how many it
    /// would be.
    package func pruneSessions(dryRun: Bool = false) async throws -> Int64 {
        try await prune("session WHERE expires_at <= now()", [], dryRun: dryRun)
    }

    private static let sessionColumns =
        "session.number, name, roles, is_permanent, expires_at, session.created_at, address"

    private static let sessionIsLive = "(expires_at IS NULL OR expires_at > now())"

    private static func sessionRecord(_ row: PostgresRow) throws(SFSError) -> SessionRecord {
        SessionRecord(
            number: try row["number"], account: try AccountName(parsing: try row["name"] as String),
            roles: try accountRoles(row), isPermanent: try row["is_permanent"],
            expires: try row["expires_at"], created: try row["created_at"],
            address: try row["address"])
    }
}
