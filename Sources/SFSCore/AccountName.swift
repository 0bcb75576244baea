/// The name of an account, for example `films@example.com`.
package struct AccountName: Sendable, Hashable {
    /// 1 to 64 ASCII letters, digits and `.`, `_`, `-`, `@`, `+`, not only dots; case counts.
    package let text: String

    /// - Throws: `SFSError` with code `.usage`.
    package init(parsing text: some StringProtocol) throws(SFSError) {
        let isName =
            (1...64).contains(text.utf8.count) && text.contains { $0 != "." }
            && text.allSatisfy {
                $0.isASCII && ($0.isLetter || $0.isNumber || "._-@+".contains($0))
            }
        guard isName else {
            throw SFSError(
                .usage,
                "'\(String(text.prefix(80)))' is not an account's name; use up to 64 letters, "
                    + "digits and '._-@+'")
        }
        self.text = String(text)
    }
}

extension AccountName: CustomStringConvertible {
    package var description: String { text }
}

extension AccountName: Codable {
    package init(from decoder: any Decoder) throws {
        try self.init(parsing: decoder.singleValueContainer().decode(String.self))
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(text)
    }
}
