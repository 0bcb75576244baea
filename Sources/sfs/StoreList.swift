import ArgumentParser
import SFSClient
import SFSCore
import SFSWire

/// `sfs store list`: a line for each store.
struct StoreList: Verb {
    static let configuration = CommandConfiguration(
        commandName: "list", abstract: "List the stores.")

    @Flag(help: "Also those that were retired.")
    var retired = false

    @OptionGroup var global: GlobalOptions

    func run(_ session: Session) async throws -> Answer {
        let stores = try await session.prism.members().filter { member in
            member.type == .store && (retired || member.condition != .retired)
        }
        if session.output.isJSON {
            for store in stores { try session.output.json(store) }
        } else {
            try session.output.line(Self.lines(for: stores).joined(separator: "\n"))
        }
        return .yes
    }

    /// The list for a person; what has no fixed width stands at the end.
    static func lines(for stores: [MemberReply]) -> [String] {
        let heading = [
            "STORE", "ZONE", "HOST", "STATE", "FILL", "FREE", "TOTAL", "CONTENTS", "ROLES",
            "PROBLEM",
        ]
        let rows = stores.map { store in
            [
                store.name.text, store.zone.text, store.host.text, MemberText.state(store),
                MemberText.fill(store), MemberText.size(store.freeBytes),
                MemberText.size(store.totalBytes), store.contents.map { "\($0)" } ?? "-",
                MemberText.roles(store), store.problem.map { Printable.line($0) } ?? "-",
            ]
        }
        return Table.lines([heading] + rows)
    }
}
