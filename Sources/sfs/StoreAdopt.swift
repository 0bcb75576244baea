import ArgumentParser
import SFSClient
import SFSCore
import SFSWire

/// `sfs store adopt DIR`: takes over a volume that is there already.
struct StoreAdopt: Verb {
    static let configuration = CommandConfiguration(
        commandName: "adopt", abstract: "Take over a volume that is there already, in place.",
        discussion: """
            Either a folder tree of the original, or a volume of ours from another host. The \
            daemon that is asked must run on the host of the folder.
            """)

    @Argument(help: ArgumentHelp("The folder.", valueName: "folder"), completion: .directory)
    var folder: String

    @Option(
        help: ArgumentHelp(
            "Which store of the configuration; without it, the one that names the folder.",
            valueName: "name"))
    var store: MemberName?

    @Flag(help: "Take a volume of ours though it is another host's; that one is refused then.")
    var takeOver = false

    @OptionGroup var global: GlobalOptions

    func run(_ session: Session) async throws -> Answer {
        let reply = try await session.prism.adoptVolume(
            AdoptOrder(
                folder: try WorkingFolder.absolute(folder), store: store, takesOver: takeOver))
        if session.output.isJSON {
            try session.output.json(reply)
        } else {
            try session.output.line(
                "'\(reply.folder)' is now volume \(reply.volume) of store '\(reply.store)', "
                    + "layout \(reply.layout)")
            session.output.note(
                "what it holds is being counted; see it with "
                    + "'sfs inventory --store \(reply.store) --watch'")
        }
        return .yes
    }
}
