import SFSCore
import SFSWire

/// Rules in words.
enum RuleText {
    /// For example `minimum 3, force on s1, ban on s2`; `-` when there are none.
    static func line(_ rules: RulesMessage) -> String {
        let parts = [
            rules.copyMinimum.map { "minimum \($0)" },
            rules.copyMaximum.map { "maximum \($0)" },
            rules.forcedAll ? "force all" : nil,
            stores("force on", rules.forcedStore),
            rules.protectedAll ? "protect all" : nil,
            stores("protect on", rules.protectedStore),
            stores("ban on", rules.bannedStore),
        ]
        let text = parts.compactMap(\.self).joined(separator: ", ")
        return text.isEmpty ? "-" : text
    }

    private static func stores(_ what: String, _ names: [MemberName]) -> String? {
        guard !names.isEmpty else { return nil }
        return "\(what) \(names.map(\.text).joined(separator: "+"))"
    }

    /// Prints the rules of one content.
    static func show(_ hash: ContentHash, _ rules: RulesMessage, _ output: Output) throws {
        if output.isJSON { return try output.json(RulesReply(hash: hash, rules: rules)) }
        try output.line("\(hash) \(line(rules))")
    }
}
