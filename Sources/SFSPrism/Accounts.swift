import SFSCatalog
package import SFSCore
import SFSFiles
import SFSPasswords
package import SFSWire

extension Prism {
    /// Makes an account, with all roles unless some are named.
    ///
    /// - Throws: `SFSError` with code `.conflict` when the name is taken, `.usage` when the password
    ///   is too short or too long.
    package func createAccount(
        _ name: AccountName, password: String, roles: [AccountRole]?, actor: String
    ) async throws -> AccountReply {
        let kept = try await keep(password)
        let record = try await catalog.createAccount(
            name, password: kept, roles: Set(roles ?? AccountRole.allCases), actor: actor)
        return AccountReply(record)
    }

    /// All accounts, by name.
    package func accounts() async throws -> AccountList {
        AccountList(accounts: try await catalog.accounts().map { AccountReply($0) })
    }

    /// Sets an account's password; its sessions end.
    ///
    /// - Throws: `SFSError` with code `.notFound`, or `.usage` as in `createAccount`.
    package func setPassword(
        _ password: String, of name: AccountName, actor: String
    ) async throws {
        let kept = try await keep(password)
        try await catalog.setPassword(kept, of: name, actor: actor)
        services.sessions.removeAll()
    }

    /// Lets an account log in and use its sessions, or keeps it from both.
    ///
    /// - Throws: `SFSError` with code `.notFound`.
    package func setEnabled(_ isEnabled: Bool, _ name: AccountName, actor: String) async throws {
        try await catalog.setEnabled(isEnabled, name, actor: actor)
        services.sessions.removeAll()
    }

    /// Removes an account and its sessions; its purchases live on.
    ///
    /// - Throws: `SFSError` with code `.notFound`.
    package func removeAccount(_ name: AccountName, actor: String) async throws {
        try await catalog.removeAccount(name, actor: actor)
        services.sessions.removeAll()
    }

    /// What is kept of a password.
    func keep(_ password: String) async throws -> String {
        try await services.passwordQueue.run { try PasswordHash.make(password) }
    }
}

extension AccountReply {
    fileprivate init(_ record: AccountRecord) {
        self.init(
            name: record.name, roles: record.roles.sorted { $0.rawValue < $1.rawValue },
            enabled: record.isEnabled, createdAt: record.created,
            secretChangedAt: record.passwordChanged, lastLoginAt: record.lastLogin,
            loginCount: record.logins, lastFailedLoginAt: record.lastFailure,
            failedLoginCount: record.failures)
    }
}
