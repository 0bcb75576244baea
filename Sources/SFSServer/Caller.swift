package import SFSCore

/// Who a request comes from, as far as its route wanted to know.
package enum Caller: Sendable, Hashable {
    /// Somebody; nothing was asked.
    case anyone
    /// Who administers the cluster: by a token of the configuration, or on the Unix socket.
    case operators(String)
    /// Another node of the cluster.
    case member
    /// A program that knows this node's own name and password (HTTP Basic).
    case basic(String)
    /// An account that has logged in.
    case session(AccountName, Set<AccountRole>)

    /// Whom the audit names.
    package var name: String {
        switch self {
        case .anyone: "anyone"
        case .operators(let name): name
        case .member: "member"
        case .basic(let name): "basic:\(name)"
        case .session(let account, _): account.text
        }
    }

    /// The account that buys; `""` when it is none.
    package var account: String {
        if case .session(let account, _) = self { account.text } else { "" }
    }

    /// The account whose purchases it may see and change; `nil` = those of all.
    var owner: String? {
        if case .session(let account, _) = self { account.text } else { nil }
    }

    /// Whether it may do what `role` names: an account must have it, all others may.
    func may(_ role: AccountRole) -> Bool {
        switch self {
        case .anyone: false
        case .operators, .member, .basic: true
        case .session(_, let roles): roles.contains(role)
        }
    }
}
