package import SFSCore
package import SFSWire

extension PrismClient {
    /// Opens a session.
    ///
    /// The client's own token is not sent along: it may have ended, which is why somebody logs in.
    ///
    /// - Throws: `SFSError` with code `.unauthenticated`, which does not say whether it was the name
    ///   or the password.
    package func login(_ order: LoginOrder) async throws -> LoginReply {
        let request = try HTTPRequestParts(.post, Routes.sessions).with(json: order).anonymous()
        return try await transport.send(request, for: LoginReply.self)
    }

    /// All sessions, or those of `account`, oldest first.
    package func sessions(of account: AccountName? = nil) async throws -> [SessionReply] {
        let request = HTTPRequestParts(
            .get, Routes.sessions, query: [("account", account?.text)])
        return try await transport.send(request, for: SessionList.self).sessions
    }

    /// Ends one session.
    ///
    /// - Throws: `SFSError` with code `.notFound`.
    package func revokeSession(_ id: Int64) async throws {
        try await transport.order(HTTPRequestParts(.delete, Routes.session(id)))
    }

    /// Ends all sessions of `account`; how many there were.
    package func revokeSessions(of account: AccountName) async throws -> Int64 {
        let request = HTTPRequestParts(
            .delete, Routes.sessions, query: [("account", account.text)])
        return try await transport.send(request, for: CountReply.self).count
    }
}
