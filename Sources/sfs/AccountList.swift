import ArgumentParser
import SFSClient
import SFSCore
import SFSWire

/// `sfs account list`: who may use the cluster.
struct AccountList: Verb {
    static let configuration = CommandConfiguration(
        commandName: "list", abstract: "List the accounts.")

    @OptionGroup var global: GlobalOptions

    func run(_ session: Session) async throws -> Answer {
        let accounts = try await session.prism.accounts()
        if session.output.isJSON {
            for account in accounts { try session.output.json(account) }
        } else {
            for line in Self.lines(for: accounts) { try session.output.line(line) }
        }
        return .yes
    }

    /// The list for a person.
    static func lines(for accounts: [AccountReply]) -> [String] {
        let rows = accounts.map { account in
            [
                account.name.text, account.enabled ? "enabled" : "DISABLED",
                account.roles.isEmpty ? "-" : account.roles.map(\.rawValue).joined(separator: ","),
                account.lastLoginAt?.description ?? "never", "\(account.failedLoginCount)",
            ]
        }
        return Table.lines([["NAME", "STATE", "ROLES", "LAST LOGIN", "FAILED LOGINS"]] + rows)
    }
}
