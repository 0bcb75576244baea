package import SFSCore
package import SFSWire

extension PrismClient {
    /// Makes an account.
    ///
    /// - Throws: `SFSError` with code `.conflict` when the name is taken, `.usage` for a password
    ///   that is too short or too long.
    package func createAccount(_ order: AccountOrder) async throws -> AccountReply {
        let request = try HTTPRequestParts(.post, Routes.accounts).with(json: order)
        return try await transport.send(request, for: AccountReply.self)
    }

    /// All accounts, by name.
    package func accounts() async throws -> [AccountReply] {
        let request = HTTPRequestParts(.get, Routes.accounts)
        return try await transport.send(request, for: AccountList.self).accounts
    }

    /// Gives an account another password; all its sessions end.
    ///
    /// - Throws: `SFSError` with code `.notFound`, or `.usage` as `createAccount(_:)`.
    package func setPassword(of name: AccountName, to password: String) async throws {
        let order = PasswordOrder(password: password)
        let request = try HTTPRequestParts(.post, Routes.password(name)).with(json: order)
        try await transport.order(request)
    }

    /// Lets an account log in again; does nothing to one that may.
    ///
    /// - Throws: `SFSError` with code `.notFound`.
    package func enableAccount(_ name: AccountName) async throws {
        try await transport.order(HTTPRequestParts(.post, Routes.enable(name)))
    }

    /// Refuses an account and its sessions until it is enabled again.
    ///
    /// - Throws: `SFSError` with code `.notFound`.
    package func disableAccount(_ name: AccountName) async throws {
        try await transport.order(HTTPRequestParts(.post, Routes.disable(name)))
    }

    /// Removes an account and its sessions; its purchases stay.
    ///
    /// - Throws: `SFSError` with code `.notFound`.
    package func removeAccount(_ name: AccountName) async throws {
        try await transport.order(HTTPRequestParts(.delete, Routes.account(name)))
    }
}
