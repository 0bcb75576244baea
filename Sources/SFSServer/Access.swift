import Glibc
package import SFSCore
package import SFSHTTP
import Synchronization

/// Who may use the routes that are not public.
///
/// Over TCP a bearer token is needed; on a Unix socket the kernel's word for who connected stands
/// for one.
package struct Access: Sendable {
    /// Tokens that are good; compared in constant time.
    private let tokens: [[UInt8]]
    private let userID: UInt32
    private let operators: OperatorCheck?

    /// `operatorGroup` = the numeric id of the group whose members may use the Unix socket besides
    /// root and the daemon's own user.
    package init(tokens: [String], operatorGroup: UInt32?) {
        self.tokens = tokens.map { Array($0.utf8) }
        userID = geteuid()
        operators = operatorGroup.map(OperatorCheck.init)
    }

    /// Admits a request or refuses it.
    ///
    /// - Throws: `SFSError` with code `.unauthenticated` or `.denied`.
    package func check(_ request: HTTPRequest) throws(SFSError) {
        switch request.peer {
        case .unix: try checkLocal(request)
        case .address: try checkToken(request)
        }
    }

    /// Admits only who is on this machine and may administer the daemon.
    ///
    /// - Throws: `SFSError` with code `.denied`.
    package func checkLocal(_ request: HTTPRequest) throws(SFSError) {
        guard case .unix(let user, let group, _) = request.peer else {
            throw SFSError(.denied, "this is possible on the daemon's Unix socket only")
        }
        let isOperator = operators?.includes(user: user, group: group) ?? false
        guard user == 0 || user == userID || isOperator else {
            throw SFSError(.denied, "user \(user) may not use this socket; see 'operatorGroup'")
        }
    }

    private func checkToken(_ request: HTTPRequest) throws(SFSError) {
        let value = request.headers.first("Authorization") ?? ""
        let parts = value.split(separator: " ", maxSplits: 1)
        guard parts.count == 2, parts[0].lowercased() == "bearer" else {
            throw SFSError(.unauthenticated, "a token is needed: set SFS_TOKEN or use the socket")
        }
        let token = Array(parts[1].utf8)
        // All tokens are compared, so that the time tells nothing of which one was nearly right.
        let matches = tokens.map { Self.isEqual($0, token) }
        guard matches.contains(true) else {
            throw SFSError(.unauthenticated, "the token is not known here")
        }
    }

    private static func isEqual(_ left: [UInt8], _ right: [UInt8]) -> Bool {
        guard left.count == right.count else { return false }
        return zip(left, right).reduce(0) { $0 | ($1.0 ^ $1.1) } == 0
    }
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
