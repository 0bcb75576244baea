import ArgumentParser
import SFSClient
import SFSCore
import SFSWire

/// `sfs member list`: a line for each prism and store.
struct MemberList: Verb {
    static let configuration = CommandConfiguration(
        commandName: "list", abstract: "List the prisms and stores.")

    @OptionGroup var global: GlobalOptions

    func run(_ session: Session) async throws -> Answer {
        let members = try await session.prism.members().filter { $0.condition != .retired }
        if session.output.isJSON {
            for member in members { try session.output.json(member) }
        } else {
            try session.output.line(Self.lines(for: members).joined(separator: "\n"))
        }
        return .yes
    }

    /// The list for a person; what has no fixed width stands at the end.
    static func lines(for members: [MemberReply]) -> [String] {
        let heading = [
            "MEMBER", "TYPE", "ZONE", "HOST", "STATE", "SILENT", "VOTES", "VERSION", "ROLES", "URL",
        ]
        let rows = members.map { member in
            [
                member.name.text, member.type.rawValue, member.zone.text, member.host.text,
                MemberText.state(member), Clock.text(seconds: member.silentSeconds),
                "\(member.votes.count)", member.version.map { Printable.line($0) } ?? "-",
                MemberText.roles(member), member.url.map { Printable.line($0) } ?? "-",
            ]
        }
        return Table.lines([heading] + rows)
    }
}
