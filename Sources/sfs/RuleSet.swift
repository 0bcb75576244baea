import ArgumentParser
import SFSClient
import SFSCore
import SFSWire

/// `sfs rule set HASH…`: gives contents rules.
struct RuleSet: Verb {
    static let configuration = CommandConfiguration(
        commandName: "set", abstract: "Give contents rules, in place of those that they have.",
        discussion: "What is not said is no rule of theirs any more.")

    @OptionGroup var contents: HashList

    @Option(help: ArgumentHelp("Keep at least so many copies.", valueName: "count"))
    var copyMinimum: Int?

    @Option(help: ArgumentHelp("Keep at most so many copies.", valueName: "count"))
    var copyMaximum: Int?

    @Option(
        help: ArgumentHelp(
            "Have a copy on these stores, with commas between; may be repeated.",
            valueName: "stores"),
        completion: LiveNames.stores.completion)
    var forceOn: [StoreNames] = []

    @Flag(help: "Have a copy on every store that can.")
    var forceAll = false

    @Option(
        help: ArgumentHelp("Never take the copies off these stores.", valueName: "stores"),
        completion: LiveNames.stores.completion)
    var protectOn: [StoreNames] = []

    @Flag(help: "Never take any copy away.")
    var protectAll = false

    @Option(
        help: ArgumentHelp("Never make a copy on these stores.", valueName: "stores"),
        completion: LiveNames.stores.completion)
    var banOn: [StoreNames] = []

    @OptionGroup var global: GlobalOptions

    private static let copiesMaximum = 64

    func validate() throws {
        try contents.check()
        for count in [copyMinimum, copyMaximum].compactMap(\.self)
        where !(1...Self.copiesMaximum).contains(count) {
            throw ValidationError("a number of copies must be from 1 to \(Self.copiesMaximum)")
        }
        if let copyMinimum, let copyMaximum, copyMinimum > copyMaximum {
            throw ValidationError("--copy-minimum is greater than --copy-maximum")
        }
        guard rules != RulesMessage() else {
            throw ValidationError("no rule is named; 'sfs rule clear' takes them all away")
        }
    }

    func run(_ session: Session) async throws -> Answer {
        var tally = Tally(output: session.output)
        try await contents.forEach { hash in
            try await tally.attempt {
                let kept = try await session.prism.setRules(rules, of: hash)
                try RuleText.show(hash, kept, session.output)
            }
        }
        return tally.answer("contents were not given rules")
    }

    private var rules: RulesMessage {
        RulesMessage(
            copyMinimum: copyMinimum, copyMaximum: copyMaximum, forcedAll: forceAll,
            protectedAll: protectAll, forcedStore: forceOn.flatMap(\.names),
            protectedStore: protectOn.flatMap(\.names), bannedStore: banOn.flatMap(\.names))
    }
}

/// Stores with commas between: `s1,s2`.
struct StoreNames: ExpressibleByArgument {
    let names: [MemberName]

    /// `nil` when one of them is no name.
    init?(argument: String) {
        let words = argument.split(separator: ",", omittingEmptySubsequences: false)
        let names = words.compactMap { MemberName(argument: String($0)) }
        guard names.count == words.count else { return nil }
        self.names = names
    }
}
