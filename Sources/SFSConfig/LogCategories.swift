package import SFSCore

/// Patterns of log labels, for example `prism:*,store:verify`.
package struct LogCategories: Sendable, Hashable {
    /// Each a label, or the beginning of one and `*`.
    package let patterns: [String]

    /// Takes patterns as they are.
    package init(_ patterns: [String]) {
        self.patterns = patterns
    }

    /// Parses patterns separated by commas.
    ///
    /// - Throws: `SFSError` with code `.usage`.
    package init(parsing text: some StringProtocol) throws(SFSError) {
        patterns = text.split(separator: ",", omittingEmptySubsequences: false).map { String($0) }
        let isGood = patterns.allSatisfy { pattern in
            !pattern.isEmpty
                && pattern.allSatisfy {
                    $0.isASCII && ($0.isLetter || $0.isNumber || ":*-".contains($0))
                }
        }
        guard isGood else {
            throw SFSError(.usage, "'\(text)' is not like 'prism:*,store:verify'")
        }
    }

    /// Whether a logger with this label is meant.
    ///
    /// `prism:*` means `prism` and all below it.
    package func contains(_ label: String) -> Bool {
        patterns.contains { pattern in
            guard pattern.hasSuffix("*") else { return pattern == label }
            let beginning = pattern.dropLast()
            return label.hasPrefix(beginning) || label + ":" == beginning
        }
    }
}

extension SettingKind where Value == LogCategories {
    /// Patterns of log labels, separated by commas.
    static var categories: Self {
        Self(parse: LogCategories.init(parsing:), show: { $0.patterns.joined(separator: ",") })
    }
}
