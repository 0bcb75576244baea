import ArgumentParser
import SFSClient
import SFSCore

/// `sfs account disable NAME`: refuses an account until it is enabled again.
struct AccountDisable: Verb {
    static let configuration = CommandConfiguration(
        commandName: "disable", abstract: "Refuse an account, and its sessions, for a time.")

    @Argument(help: ArgumentHelp("Its name.", valueName: "name"))
    var name: String

    @OptionGroup var global: GlobalOptions

    func run(_ session: Session) async throws -> Answer {
        let name = try AccountName(parsing: name)
        try await session.prism.disableAccount(name)
        try AccountChange(name: name, enabled: false).show("is disabled", session.output)
        return .yes
    }
}
