import ArgumentParser
import SFSClient
import SFSCore
import SFSWire

/// `sfs store undrain STORE`: has a store take contents again.
struct StoreUndrain: Verb {
    static let configuration = CommandConfiguration(
        commandName: "undrain", abstract: "Have a store take contents again.",
        discussion: "The plan that drains it is cancelled; what was moved stays where it is.")

    @Argument(
        help: ArgumentHelp("Which.", valueName: "store"), completion: LiveNames.stores.completion)
    var store: MemberName

    @OptionGroup var global: GlobalOptions

    func run(_ session: Session) async throws -> Answer {
        let member = try await session.prism.undrain(store)
        if session.output.isJSON {
            try session.output.json(member)
        } else {
            try session.output.line("store '\(member.name)' takes contents again")
        }
        return .yes
    }
}
