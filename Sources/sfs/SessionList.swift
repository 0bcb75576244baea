import ArgumentParser
import SFSClient
import SFSCore
import SFSWire

/// `sfs session list`: who is logged in.
struct SessionList: Verb {
    static let configuration = CommandConfiguration(
        commandName: "list", abstract: "List the sessions, oldest first.")

    @Option(help: ArgumentHelp("Only those of this account.", valueName: "name"))
    var account: String?

    @OptionGroup var global: GlobalOptions

    func run(_ session: Session) async throws -> Answer {
        let account = try account.map { name throws(SFSError) in try AccountName(parsing: name) }
        let sessions = try await session.prism.sessions(of: account)
        if session.output.isJSON {
            for found in sessions { try session.output.json(found) }
        } else {
            for line in Self.lines(for: sessions) { try session.output.line(line) }
        }
        return .yes
    }

    /// The list for a person.
    static func lines(for sessions: [SessionReply]) -> [String] {
        let rows = sessions.map { session in
            [
                "\(session.id)", session.account.text,
                session.permanent ? "permanent" : "temporary",
                session.createdAt.description, session.expiresAt?.description ?? "never",
                Printable.line(session.ip),
            ]
        }
        return Table.lines([["ID", "ACCOUNT", "KIND", "OPENED", "ENDS", "FROM"]] + rows)
    }
}
