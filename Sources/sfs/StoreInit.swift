import ArgumentParser
import SFSClient
import SFSCore
import SFSWire

/// `sfs store init DIR`: makes a volume of an empty folder.
struct StoreInit: Verb {
    static let configuration = CommandConfiguration(
        commandName: "init", abstract: "Make a volume of an empty folder.",
        discussion: "The daemon that is asked must run on the host of the folder.")

    @Argument(
        help: ArgumentHelp("The empty folder.", valueName: "folder"), completion: .directory)
    var folder: String

    @Option(
        help: ArgumentHelp(
            "Which store of the configuration; without it, the one that names the folder.",
            valueName: "name"))
    var store: MemberName?

    @OptionGroup var global: GlobalOptions

    func run(_ session: Session) async throws -> Answer {
        let reply = try await session.prism.initialiseStore(
            folder: try WorkingFolder.absolute(folder), store: store)
        if session.output.isJSON {
            try session.output.json(reply)
        } else {
            try session.output.line(
                "'\(reply.folder)' is now volume \(reply.volume) of store '\(reply.store)'")
        }
        return .yes
    }
}
