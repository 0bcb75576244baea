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
    var store: String?

    @OptionGroup var global: GlobalOptions

    func run(_ session: Session) async throws -> Answer {
        let reply = try await session.prism.initialiseStore(
            folder: try Self.absolute(folder),
            store: try store.map { name throws(SFSError) in try MemberName(parsing: name) })
        if session.output.isJSON {
            try session.output.json(reply)
        } else {
            try session.output.line(
                "'\(reply.folder)' is now volume \(reply.volume) of store '\(reply.store)'")
        }
        return .yes
    }

    /// `folder` from the root; the daemon has another working folder.
    private static func absolute(_ folder: String) throws(SFSError) -> String {
        let bytes = RawText.bytes(of: folder)
        guard let text = String(validating: bytes, as: UTF8.self), !text.isEmpty else {
            throw SFSError(
                .usage, "'\(folder)' is empty or not UTF-8, which a volume's path must be")
        }
        if text.hasPrefix("/") { return text }
        guard let start = WorkingFolder.path else {
            throw SFSError(.usage, "'\(text)' is relative to a folder that is gone")
        }
        return "\(start)/\(text)"
    }
}
