package import SFSCore

/// The order to open a session.
package struct LoginOrder: Sendable, Hashable, Codable {
    package var name: String
    package var password: String
    /// A permanent session has no end; others end after a day.
    package var permanent: Bool

    package init(name: String, password: String, permanent: Bool) {
        self.name = name
        self.password = password
        self.permanent = permanent
    }
}

/// A session that was just opened: the only time that its token is shown.
package struct LoginReply: Sendable, Hashable, Codable {
    /// What the client sends from now on, as a bearer token or in `X-STRETCHFS-Token`.
    package var token: String
    package var session: SessionReply

    package init(token: String, session: SessionReply) {
        self.token = token
        self.session = session
    }
}

/// A session as the API shows it.
package struct SessionReply: Sendable, Hashable, Codable {
    /// By which it can be revoked.
    package var id: Int64
    package var account: AccountName
    package var permanent: Bool
    /// `nil` = never.
    package var expiresAt: Timestamp?
    package var createdAt: Timestamp
    /// From where it was opened.
    package var ip: String

    package init(
        id: Int64, account: AccountName, permanent: Bool, expiresAt: Timestamp?,
        createdAt: Timestamp, ip: String
    ) {
        self.id = id
        self.account = account
        self.permanent = permanent
        self.expiresAt = expiresAt
        self.createdAt = createdAt
        self.ip = ip
    }
}

/// All sessions, oldest first.
package struct SessionList: Sendable, Hashable, Codable {
    package var sessions: [SessionReply]

    package init(sessions: [SessionReply]) {
        self.sessions = sessions
    }
}
