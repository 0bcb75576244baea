import ArgumentParser
import SFSClient
import SFSCore
import SFSWire

/// `sfs account create NAME`: makes an account.
struct AccountCreate: Verb {
    static let configuration = CommandConfiguration(
        commandName: "create", abstract: "Make an account.",
        discussion: "Asks for its password at the terminal, or reads it from standard input.")

    @Argument(help: ArgumentHelp("Its name.", valueName: "name"))
    var name: String

    @Option(
        help: ArgumentHelp(
            "What it may do, separated by commas: \(AccountRole.names). Without it, all.",
            valueName: "roles"),
        completion: .list(AccountRole.allCases.map(\.rawValue)))
    var role: [String] = []

    @OptionGroup var secret: PasswordOptions
    @OptionGroup var global: GlobalOptions

    func run(_ session: Session) async throws -> Answer {
        let name = try AccountName(parsing: name)
        let roles = try AccountRole.parse(role)
        let order = AccountOrder(
            name: name, password: try secret.password(of: name.text, isNew: true),
            roles: roles.isEmpty ? nil : roles)
        let account = try await session.prism.createAccount(order)
        if session.output.isJSON {
            try session.output.json(account)
        } else {
            try session.output.line("account '\(account.name)' is made")
        }
        return .yes
    }
}

extension AccountRole {
    fileprivate static var names: String { allCases.map(\.rawValue).joined(separator: ", ") }

    /// The roles in `texts`, each of them one or several with commas between, each once.
    fileprivate static func parse(_ texts: [String]) throws(SFSError) -> [AccountRole] {
        var roles: [AccountRole] = []
        for text in texts {
            for word in text.split(separator: ",", omittingEmptySubsequences: false) {
                guard let role = AccountRole(rawValue: String(word)) else {
                    throw SFSError(.usage, "'\(word)' is not a role; use \(names)")
                }
                if !roles.contains(role) { roles.append(role) }
            }
        }
        return roles
    }
}
