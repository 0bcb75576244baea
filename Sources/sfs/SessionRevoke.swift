import ArgumentParser
import SFSClient
import SFSCore
import SFSWire

/// `sfs session revoke`: ends sessions, by their numbers or all of one account.
struct SessionRevoke: Verb {
    static let configuration = CommandConfiguration(
        commandName: "revoke", abstract: "End sessions; their tokens are refused from then on.")

    @Argument(help: ArgumentHelp("Which, as 'sfs session list' shows them.", valueName: "id"))
    var ids: [String] = []

    @Option(help: ArgumentHelp("All those of this account.", valueName: "name"))
    var account: String?

    @OptionGroup var global: GlobalOptions

    func validate() throws {
        if account != nil, !ids.isEmpty {
            throw ValidationError("--account and arguments exclude each other")
        }
        if account == nil, ids.isEmpty { throw ValidationError("nothing is named") }
    }

    func run(_ session: Session) async throws -> Answer {
        if let account {
            let count = try await session.prism.revokeSessions(of: AccountName(parsing: account))
            try show(count, session.output)
            return .yes
        }
        // All of them, before the first is gone.
        let ids = try ids.map { text throws(SFSError) in try Self.id(text) }
        var tally = Tally(output: session.output)
        var count: Int64 = 0
        for id in ids {
            try await tally.attempt {
                try await session.prism.revokeSession(id)
                count += 1
            }
        }
        try show(count, session.output)
        return tally.answer("sessions were not revoked")
    }

    private func show(_ count: Int64, _ output: Output) throws {
        if output.isJSON {
            try output.json(CountReply(count: count))
        } else {
            try output.line("sessions revoked: \(count)")
        }
    }

    private static func id(_ text: String) throws(SFSError) -> Int64 {
        guard let id = Int64(text), id > 0 else {
            throw SFSError(
                .usage, "'\(text)' is not the number of a session; see 'sfs session list'")
        }
        return id
    }
}
