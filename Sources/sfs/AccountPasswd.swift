import ArgumentParser
import SFSClient
import SFSCore

/// `sfs account passwd NAME`: gives an account another password.
struct AccountPasswd: Verb {
    static let configuration = CommandConfiguration(
        commandName: "passwd", abstract: "Change the password of an account.",
        discussion: "All its sessions end.")

    @Argument(help: ArgumentHelp("Its name.", valueName: "name"))
    var name: String

    @OptionGroup var secret: PasswordOptions
    @OptionGroup var global: GlobalOptions

    func run(_ session: Session) async throws -> Answer {
        let name = try AccountName(parsing: name)
        let password = try secret.password(of: name.text, isNew: true)
        try await session.prism.setPassword(of: name, to: password)
        try AccountChange(name: name).show(
            "has its new password, and no session any more", session.output)
        return .yes
    }
}
