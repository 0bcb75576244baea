import ArgumentParser
import SFSClient
import SFSCore
import SFSWire

/// `sfs rule show HASH…`: the rules of contents.
struct RuleShow: Verb {
    static let configuration = CommandConfiguration(
        commandName: "show", abstract: "Show the rules of contents.")

    @OptionGroup var contents: HashList
    @OptionGroup var global: GlobalOptions

    func validate() throws { try contents.check() }

    func run(_ session: Session) async throws -> Answer {
        var tally = Tally(output: session.output)
        try await contents.forEach { hash in
            try await tally.attempt {
                try RuleText.show(hash, try await session.prism.rules(of: hash), session.output)
            }
        }
        return tally.answer("contents have no rules to show")
    }
}
