import ArgumentParser
import SFSClient
import SFSCore
import SFSWire

/// `sfs member remove NAME`: takes a prism out of the catalog that is gone for good.
struct MemberRemove: Verb {
    static let configuration = CommandConfiguration(
        commandName: "remove", abstract: "Take a prism out of the catalog that is gone for good.",
        discussion: "A store is retired instead. Asks on a terminal; elsewhere it wants --apply.")

    @Argument(
        help: ArgumentHelp("Which.", valueName: "name"), completion: LiveNames.prisms.completion)
    var name: MemberName

    @OptionGroup var consent: ApplyOptions
    @OptionGroup var global: GlobalOptions

    func run(_ session: Session) async throws -> Answer {
        let question = "this takes prism '\(name)' out of the catalog"
        guard try consent.isWanted(question, session.output) else { return .no }
        try await session.prism.removeMember(name)
        if session.output.isJSON {
            try session.output.json(Report(name: name))
        } else {
            try session.output.line("prism '\(name)' is removed")
        }
        return .yes
    }

    /// What was removed; one JSON object.
    private struct Report: Encodable {
        let name: MemberName
    }
}
