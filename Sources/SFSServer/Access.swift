import Glibc
import SFSCore
import SFSHTTP
import Synchronization

/// Whom a route admits.
enum RouteAccess: Sendable, Hashable {
    /// Everybody.
    case open
    /// Other nodes of the cluster, and who administers it.
    case members
    /// Who administers the cluster.
    case operators
    /// Accounts with this role, HTTP Basic, and who administers the cluster.
    case role(AccountRole)
    /// Accounts with any role, HTTP Basic, and who administers the cluster.
    case account
}

/// Finds out who sends a request, and whether its route admits them.
///
/// Over TCP a bearer token, a session's token or HTTP Basic is needed; on a Unix socket the
/// kernel's word for who connected stands for one.
package struct Access: Sendable {
    /// Finds the account whose session has a token; `nil` when there is none.
    package typealias Sessions = @Sendable (_ token: String) async throws -> Caller?

    /// The field in which clients of the original send the token of their session.
    static let sessionField = "X-STRETCHFS-Token"

    private let operatorTokens: [[UInt8]]
    private let memberToken: [UInt8]?
    private let credentials: [Credentials]
    private let sessions: Sessions
    private let userID: UInt32
    private let operators: OperatorCheck?

    /// `tokens` are those of operators, `memberToken` that of other nodes, `credentials` what HTTP
    /// Basic may show; `operatorGroup` is the numeric id of the group whose members may use the
    /// Unix socket besides root and the daemon's own user.
    package init(
        tokens: [String] = [], memberToken: String? = nil, credentials: [Credentials] = [],
        operatorGroup: UInt32? = nil, sessions: @escaping Sessions = { _ in nil }
    ) {
        operatorTokens = tokens.map { Array($0.utf8) }
        self.memberToken = memberToken.map { Array($0.utf8) }
        self.credentials = credentials
        self.sessions = sessions
        userID = geteuid()
        operators = operatorGroup.map(OperatorCheck.init)
    }

    /// Who sends `request`, admitted by `access`.
    ///
    /// - Throws: `SFSError` with code `.unauthenticated` when nobody who is known, `.denied` when
    ///   somebody who may not; what looking a session up throws.
    func check(_ request: HTTPRequest, _ access: RouteAccess) async throws -> Caller {
        if access == .open { return .anyone }
        let caller = try await identify(request)
        let isAdmitted =
            switch (access, caller) {
            case (.open, _), (_, .operators): true
            case (.members, let caller): caller == .member
            case (.operators, _): false
            // A node acts for itself with its own routes, never for a client.
            case (.role, .member), (.account, .member): false
            case (.role(let role), let caller): caller.may(role)
            case (.account, _): true
            }
        guard isAdmitted else { throw refusal(caller, access) }
        return caller
    }

    /// Admits only who is on this machine and may administer the daemon.
    ///
    /// - Throws: `SFSError` with code `.denied`.
    func checkLocal(_ request: HTTPRequest) throws(SFSError) {
        _ = try local(request)
    }

    private func identify(_ request: HTTPRequest) async throws -> Caller {
        // Clients repeat their fields; the first one counts.
        if let token = request.headers.first(Self.sessionField), !token.isEmpty {
            guard let caller = try await sessions(token) else { throw Self.invalidSession }
            return caller
        }
        if case .unix = request.peer { return try local(request) }
        if let shown = Credentials(request) {
            // All are compared, so that the time tells nothing of which one was nearly right.
            guard credentials.map({ $0.isEqual(shown) }).contains(true) else {
                throw SFSError(.unauthenticated, "name or password is wrong")
            }
            return .basic(shown.name)
        }
        guard let token = request.authorization("Bearer") else {
            throw SFSError(.unauthenticated, "a token is needed: set SFS_TOKEN or use the socket")
        }
        let bytes = Array(token.utf8)
        if operatorTokens.map({ ConstantTime.areEqual($0, bytes) }).contains(true) {
            return .operators("operator")
        }
        if let memberToken, ConstantTime.areEqual(memberToken, bytes) { return .member }
        guard let caller = try await sessions(token) else { throw Self.invalidSession }
        return caller
    }

    private func local(_ request: HTTPRequest) throws(SFSError) -> Caller {
        guard case .unix(let user, let group, _) = request.peer else {
            throw SFSError(.denied, "this is possible on the daemon's Unix socket only")
        }
        let isOperator = operators?.includes(user: user, group: group) ?? false
        guard user == 0 || user == userID || isOperator else {
            throw SFSError(.denied, "user \(user) may not use this socket; see 'operatorGroup'")
        }
        return .operators("uid:\(user)")
    }

    private func refusal(_ caller: Caller, _ access: RouteAccess) -> SFSError {
        switch (access, caller) {
        case (.role(let role), .session(let account, _)):
            SFSError(.denied, "account '\(account)' does not have the role '\(role.rawValue)'")
        default:
            SFSError(
                .denied,
                "this is not for '\(caller.name)' but for operators: use the daemon's Unix socket, "
                    + "or a token of 'tokenFile'")
        }
    }

    private static let invalidSession = SFSError(.unauthenticated, "the token is not known here")
}

/// Whether users belong to one group; asked of the system once per user.
private final class OperatorCheck: Sendable {
    private static let usersMaximum = 1000

    private let group: UInt32
    private let known = Mutex<[UInt32: Bool]>([:])

    init(group: UInt32) {
        self.group = group
    }

    func includes(user: UInt32, group: UInt32) -> Bool {
        if group == self.group { return true }
        if let answer = known.withLock({ $0[user] }) { return answer }
        let answer = isMember(user)
        known.withLock { known in
            if known.count >= Self.usersMaximum { known = [:] }
            known[user] = answer
        }
        return answer
    }

    private func isMember(_ user: UInt32) -> Bool {
        var entry = passwd()
        var found: UnsafeMutablePointer<passwd>?
        var buffer = [CChar](repeating: 0, count: 16 << 10)
        guard getpwuid_r(user, &entry, &buffer, buffer.count, &found) == 0, found != nil else {
            return false
        }
        var count: Int32 = 1024
        var groups = [gid_t](repeating: 0, count: Int(count))
        guard getgrouplist(entry.pw_name, entry.pw_gid, &groups, &count) >= 0 else { return false }
        return groups.prefix(Int(count)).contains(group)
    }
}
