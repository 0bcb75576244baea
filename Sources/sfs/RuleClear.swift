import ArgumentParser
import SFSClient
import SFSCore
import SFSWire

/// `sfs rule clear HASH…`: takes all rules off contents.
struct RuleClear: Verb {
    static let configuration = CommandConfiguration(
        commandName: "clear", abstract: "Take all rules off contents.")

    @OptionGroup var contents: HashList
    @OptionGroup var global: GlobalOptions

    func validate() throws { try contents.check() }

    func run(_ session: Session) async throws -> Answer {
        var tally = Tally(output: session.output)
        try await contents.forEach { hash in
            try await tally.attempt {
                try await session.prism.clearRules(of: hash)
                try RuleText.show(hash, RulesMessage(), session.output)
            }
        }
        return tally.answer("contents had no rules")
    }
}
