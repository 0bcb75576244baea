import ArgumentParser
import SFSClient
import SFSCore

/// `sfs account remove NAME`: removes an account and its sessions.
struct AccountRemove: Verb {
    static let configuration = CommandConfiguration(
        commandName: "remove", abstract: "Remove an account and its sessions.",
        discussion: "Asks on a terminal; elsewhere it wants --apply.")

    @Argument(help: ArgumentHelp("Its name.", valueName: "name"))
    var name: String

    @OptionGroup var consent: ApplyOptions
    @OptionGroup var global: GlobalOptions

    func run(_ session: Session) async throws -> Answer {
        let name = try AccountName(parsing: name)
        let plan = "this removes account '\(name)' for good, and ends all its sessions"
        guard try consent.isWanted(plan, session.output) else { return .no }
        try await session.prism.removeAccount(name)
        try AccountChange(name: name).show("is removed", session.output)
        return .yes
    }
}
