import SFSCore
import SFSPostgres

/// A selection of purchases as SQL, with its values in `$1` and on; forgotten ones are none.
struct PurchaseCondition {
    let statement: String
    let values: [PostgresValue]

    /// SQL: the after-life of a purchase is not over.
    static let isRemembered = "expires_at + after_life_seconds * interval '1 second' > now()"

    /// `owner` = only what this account bought; `nil` = what anybody did.
    init(_ selection: PurchaseSelection, owner: String? = nil) {
        let chosen: String
        var values: [PostgresValue]
        switch selection {
        case .token(let token):
            chosen = "day = $1 AND token = $2"
            values = [.int32(token.day), .text(token.text)]
        case .hash(let hash):
            chosen = "hash = $1"
            values = [.bytes(hash.bytes)]
        case .account(let account):
            chosen = "account = $1"
            values = [.text(account)]
        case .all:
            chosen = "true"
            values = []
        }
        var conditions = [chosen, Self.isRemembered]
        if let owner {
            values.append(.text(owner))
            conditions.append("account = $\(values.count)")
        }
        self.values = values
        statement = conditions.joined(separator: " AND ")
    }

    /// The name of the parameter that follows those of the selection by `offset`, from 1.
    func parameter(_ offset: Int) -> String { "$\(values.count + offset)" }
}

extension PurchaseSelection {
    /// What the columns `kind` and `subject` of a revocation say.
    var kindAndSubject: (kind: String, subject: String) {
        switch self {
        case .token(let token): ("token", token.text)
        case .hash(let hash): ("hash", hash.hex)
        case .account(let account): ("account", account)
        case .all: ("all", "")
        }
    }

    /// The selection that these columns mean.
    init(kind: String, subject: String) throws(SFSError) {
        switch kind {
        case "token":
            guard let token = PurchaseToken(parsing: subject) else {
                throw SFSError(.internal, "a revocation has no token that can be read")
            }
            self = .token(token)
        case "hash": self = .hash(try ContentHash(parsing: subject))
        case "account": self = .account(subject)
        case "all": self = .all
        default: throw SFSError(.internal, "a revocation has the unknown kind '\(kind)'")
        }
    }

    /// What the audit calls it; enough of a token to find it, not enough to use it.
    var auditSubject: String {
        let (kind, subject) = kindAndSubject
        switch self {
        case .token: return "token \(subject.prefix(8))…"
        case .hash, .account: return "\(kind) \(subject)"
        case .all: return kind
        }
    }
}
