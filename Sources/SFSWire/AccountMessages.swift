package import SFSCore

/// An account as the API shows it; never its password or anything made of it.
package struct AccountReply: Sendable, Hashable, Codable {
    package var name: AccountName
    /// What it may do, in the order of their names.
    package var roles: [AccountRole]
    /// Whether it may log in; its sessions are of no use while it may not.
    package var enabled: Bool
    package var createdAt: Timestamp
    /// When its password was last set.
    package var secretChangedAt: Timestamp
    /// `nil` = never.
    package var lastLoginAt: Timestamp?
    package var loginCount: Int64
    package var lastFailedLoginAt: Timestamp?
    package var failedLoginCount: Int64

    package init(
        name: AccountName, roles: [AccountRole], enabled: Bool, createdAt: Timestamp,
        secretChangedAt: Timestamp, lastLoginAt: Timestamp? = nil, loginCount: Int64 = 0,
        lastFailedLoginAt: Timestamp? = nil, failedLoginCount: Int64 = 0
    ) {
        self.name = name
        self.roles = roles
        self.enabled = enabled
        self.createdAt = createdAt
        self.secretChangedAt = secretChangedAt
        self.lastLoginAt = lastLoginAt
        self.loginCount = loginCount
        self.lastFailedLoginAt = lastFailedLoginAt
        self.failedLoginCount = failedLoginCount
    }
}

/// The order to make an account.
package struct AccountOrder: Sendable, Hashable, Codable {
    package var name: AccountName
    /// 8 to 511 bytes of UTF-8.
    package var password: String
    /// Absent = all.
    package var roles: [AccountRole]?

    package init(name: AccountName, password: String, roles: [AccountRole]? = nil) {
        self.name = name
        self.password = password
        self.roles = roles
    }
}

/// The order to change a password; all sessions of the account end.
package struct PasswordOrder: Sendable, Hashable, Codable {
    package var password: String

    package init(password: String) {
        self.password = password
    }
}

/// All accounts, by name.
package struct AccountList: Sendable, Hashable, Codable {
    package var accounts: [AccountReply]

    package init(accounts: [AccountReply]) {
        self.accounts = accounts
    }
}

/// How many things an order changed.
package struct CountReply: Sendable, Hashable, Codable {
    package var count: Int64

    package init(count: Int64) {
        self.count = count
    }
}
