import ArgumentParser
import SFSClient
import SFSCore
import SFSWire

/// `sfs store retire STORE`: takes a store out of the cluster for good.
struct StoreRetire: Verb {
    static let configuration = CommandConfiguration(
        commandName: "retire", abstract: "Take a store out of the cluster for good.",
        discussion: """
            Refused while a content needs it. Asks on a terminal; elsewhere it wants --apply.
            """)

    @Argument(
        help: ArgumentHelp("Which.", valueName: "store"), completion: LiveNames.stores.completion)
    var store: MemberName

    @OptionGroup var consent: ApplyOptions
    @OptionGroup var global: GlobalOptions

    func run(_ session: Session) async throws -> Answer {
        let question = "this takes store '\(store)' out of the cluster for good"
        guard try consent.isWanted(question, session.output) else { return .no }
        let member = try await session.prism.retire(store)
        if session.output.isJSON {
            try session.output.json(member)
        } else {
            try session.output.line("store '\(member.name)' is retired")
        }
        return .yes
    }
}
