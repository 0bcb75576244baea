import SFSCore
package import SFSWire
import Synchronization

/// The accounts and sessions of a stand-in.
package final class AccountBook: Sendable {
    private struct State {
        var accounts: [String: AccountReply] = [:]
        var passwords: [String: String] = [:]
        var sessions: [SessionReply] = []
        var logins: [LoginOrder] = []
    }

    private let state = Mutex(State())

    /// The password of each account.
    package var passwords: [String: String] { state.withLock { $0.passwords } }

    /// Every attempt to log in.
    package var logins: [LoginOrder] { state.withLock { $0.logins } }

    /// The account of that name.
    package func account(_ name: String) -> AccountReply? { state.withLock { $0.accounts[name] } }

    /// What `head` with `body` is answered with; `nil` when it is no route of this book.
    func answer(_ head: RawRequest, _ body: () throws -> [UInt8]) throws -> StandInAnswer? {
        let parts = head.path.split(separator: "/").dropFirst().map(String.init)
        switch (head.method, parts.first, parts.count) {
        case ("POST", "accounts", 1): return try .json(create(try body()))
        case ("GET", "accounts", 1):
            let accounts = state.withLock {
                $0.accounts.values.sorted { $0.name.text < $1.name.text }
            }
            return try .json(AccountList(accounts: accounts))
        case (_, "accounts", 2...3):
            try change(parts[1], parts.count == 3 ? parts[2] : "", head.method, body)
            return .nothing
        case ("POST", "sessions", 1): return try .json(login(try body()))
        case ("GET", "sessions", 1):
            return try .json(SessionList(sessions: sessions(of: head.query("account"))))
        case ("DELETE", "sessions", 1): return try .json(revoke { $0.account.text == head.account })
        case ("DELETE", "sessions", 2):
            guard try revoke({ "\($0.id)" == parts[1] }).count > 0 else {
                throw SFSError(.notFound, "there is no session '\(parts[1])'")
            }
            return .nothing
        default: return nil
        }
    }

    private func create(_ body: [UInt8]) throws -> AccountReply {
        let order = try JSON.decode(AccountOrder.self, from: body)
        let account = AccountReply(
            name: order.name, roles: order.roles ?? AccountRole.allCases, enabled: true,
            createdAt: Timestamp(milliseconds: 0), secretChangedAt: Timestamp(milliseconds: 0))
        try state.withLock { state in
            guard state.accounts.updateValue(account, forKey: order.name.text) == nil else {
                throw SFSError(.conflict, "there is an account '\(order.name)' already")
            }
            state.passwords[order.name.text] = order.password
        }
        return account
    }

    private func change(
        _ name: String, _ what: String, _ method: String, _ body: () throws -> [UInt8]
    ) throws {
        let password = what == "password" ? try JSON.decode(PasswordOrder.self, from: body()) : nil
        try state.withLock { state in
            guard state.accounts[name] != nil else {
                throw SFSError(.notFound, "there is no account '\(name)'")
            }
            switch (method, what) {
            case ("DELETE", ""): state.accounts[name] = nil
            case ("POST", "enable"): state.accounts[name]?.enabled = true
            case ("POST", "disable"): state.accounts[name]?.enabled = false
            case ("POST", "password"): state.passwords[name] = password?.password
            default: throw SFSError(.usage, "no route '\(method) \(what)'")
            }
        }
    }

    private func login(_ body: [UInt8]) throws -> LoginReply {
        let order = try JSON.decode(LoginOrder.self, from: body)
        return try state.withLock { state in
            state.logins.append(order)
            guard state.passwords[order.name] == order.password else {
                throw SFSError(.unauthenticated, "invalid name or secret")
            }
            let session = SessionReply(
                id: Int64(state.logins.count), account: try AccountName(parsing: order.name),
                permanent: order.permanent,
                expiresAt: order.permanent ? nil : Timestamp(milliseconds: 86_400_000),
                createdAt: Timestamp(milliseconds: 0), ip: "127.0.0.1")
            state.sessions.append(session)
            return LoginReply(token: "token-\(session.id)", session: session)
        }
    }

    private func sessions(of account: String?) -> [SessionReply] {
        state.withLock { state in
            state.sessions.filter { account == nil || $0.account.text == account }
        }
    }

    private func revoke(_ isMeant: (SessionReply) -> Bool) throws -> CountReply {
        state.withLock { state in
            let count = state.sessions.count
            state.sessions.removeAll(where: isMeant)
            return CountReply(count: Int64(count - state.sessions.count))
        }
    }
}

extension RawRequest {
    fileprivate var account: String? { query("account") }
}
