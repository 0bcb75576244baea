import ArgumentParser

/// `sfs rule …`: where single contents must be, must stay and must not be.
struct RuleVerbs: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "rule", abstract: "Say where single contents must be, or must not be.",
        subcommands: [RuleShow.self, RuleSet.self, RuleClear.self, RuleList.self])
}
