import ArgumentParser
import SFSClient
import SFSCore

/// `sfs account enable NAME`: lets an account log in again.
struct AccountEnable: Verb {
    static let configuration = CommandConfiguration(
        commandName: "enable", abstract: "Let an account in again that was disabled.")

    @Argument(help: ArgumentHelp("Its name.", valueName: "name"))
    var name: String

    @OptionGroup var global: GlobalOptions

    func run(_ session: Session) async throws -> Answer {
        let name = try AccountName(parsing: name)
        try await session.prism.enableAccount(name)
        try AccountChange(name: name, enabled: true).show("is enabled", session.output)
        return .yes
    }
}
