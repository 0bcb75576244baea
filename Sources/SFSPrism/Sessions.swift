import Logging
import SFSCatalog
package import SFSCore
import SFSFiles
import SFSPasswords
package import SFSWire

/// An account that has logged in.
package struct AccountSession: Sendable, Hashable {
    package let account: AccountName
    package let roles: Set<AccountRole>
    /// As the API shows it.
    package let reply: SessionReply
}

/// A session that was just opened.
package struct OpenedSession: Sendable, Hashable {
    /// Shown this once: only its SHA-256 is kept.
    package let token: String
    package let session: AccountSession
}

extension Prism {
    /// How long what is known of a session may be used without asking the catalog again; a revoked
    /// one is refused after this.
    private static let sessionFreshness: Duration = .milliseconds(500)
    /// Characters of a token: 190 random bits.
    private static let tokenLength = 32

    /// Opens a session for who knows an account's password.
    ///
    /// Every refusal looks the same and takes as long: an unknown name, one that is disabled, a
    /// wrong password.
    ///
    /// - Throws: `SFSError` with code `.unauthenticated`; `.busy` when too many log in at once.
    package func logIn(
        name: String, password: String, permanent: Bool, address: String
    ) async throws -> OpenedSession {
        let session = try await services.loginBrake.slow(account: name, address: address) {
            try await authenticate(name, password)
        }
        guard let known = session else {
            logger.notice("login refused", metadata: ["address": "\(address)"])
            throw SFSError(.unauthenticated, "invalid name or secret")
        }
        let token = RandomText.make(length: Self.tokenLength)
        let record = try await catalog.createSession(
            tokenHash: try Self.hash(of: token), account: known.name,
            passwordChanged: known.passwordChanged, isPermanent: permanent,
            life: settings.logins.sessionLife, address: address, actor: known.name.text)
        return OpenedSession(token: token, session: AccountSession(record))
    }

    /// The session that has `token`; `nil` when there is none, or it has ended.
    package func session(_ token: String) async throws -> AccountSession? {
        guard (1...256).contains(token.utf8.count) else { return nil }
        let key = try Self.hash(of: token)
        if let known = services.sessions[key], known.age < Self.sessionFreshness {
            return known.value.map(AccountSession.init)
        }
        let session = try await catalog.session(tokenHash: key)
        services.sessions.set(key, Known(session))
        return session.map(AccountSession.init)
    }

    /// Ends the session that has `token`, if there is one.
    package func logOut(_ token: String) async throws {
        let key = try Self.hash(of: token)
        try await catalog.endSession(tokenHash: key)
        services.sessions.set(key, nil)
    }

    /// All sessions, or those of one account.
    package func sessions(of account: AccountName?) async throws -> SessionList {
        SessionList(
            sessions: try await catalog.sessions(of: account).map { AccountSession($0).reply })
    }

    /// Ends one session.
    ///
    /// - Throws: `SFSError` with code `.notFound`.
    package func endSession(_ id: Int64, actor: String) async throws {
        guard try await catalog.endSession(number: id, actor: actor) else {
            throw SFSError(.notFound, "session '\(id)' is not there")
        }
        services.sessions.removeAll()
    }

    /// Ends all sessions of an account, and says how many.
    package func endSessions(of account: AccountName, actor: String) async throws -> CountReply {
        let count = try await catalog.endSessions(of: account, actor: actor)
        services.sessions.removeAll()
        return CountReply(count: count)
    }

    /// The account, if `password` is its own.
    private func authenticate(_ name: String, _ password: String) async throws -> AccountRecord? {
        // A name that cannot be one costs the same work as one that is not known.
        let account = try? AccountName(parsing: name)
        let known =
            if let account { try await catalog.account(account) } else {
                nil as (record: AccountRecord, password: String)?
            }
        let kept = known?.password ?? PasswordHash.decoy
        let isRight = try await services.passwordQueue.run {
            // What cannot be a password is a wrong one.
            (try? PasswordHash.verify(password, against: kept)) ?? false
        }
        guard let known, let account else { return nil }
        guard isRight, known.record.isEnabled else {
            try await catalog.recordLogin(account, success: false)
            return nil
        }
        try await catalog.recordLogin(account, success: true)
        if PasswordHash.isOutdated(known.password) {
            let better = try await keep(password)
            try await catalog.upgradePassword(better, of: account, from: known.password)
            return try await catalog.account(account)?.record
        }
        return known.record
    }

    /// What is kept of a token.
    private static func hash(of token: String) throws(SFSError) -> [UInt8] {
        try ContentHasher.sha256(of: token.utf8)
    }
}

extension AccountSession {
    fileprivate init(_ record: SessionRecord) {
        account = record.account
        roles = record.roles
        reply = SessionReply(
            id: record.number, account: record.account, permanent: record.isPermanent,
            expiresAt: record.expires, createdAt: record.created, ip: record.address)
    }
}
