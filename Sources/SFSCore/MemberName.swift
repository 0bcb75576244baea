/// The name of a prism or a store, a zone or a host, or a whole cluster.
///
/// 1 to 63 lower-case letters, digits and hyphens, with no hyphen at either end: a name is one
/// label of a DNS name, so that one wildcard certificate covers a cluster.
package struct MemberName: Sendable, Hashable, Comparable {
    /// The checked text.
    package let text: String

    /// Checks `text`.
    ///
    /// - Throws: `SFSError` with code `.usage`.
    package init(parsing text: some StringProtocol) throws(SFSError) {
        let bytes = Array(text.utf8)
        guard (1...63).contains(bytes.count), bytes.allSatisfy(Self.isAllowed),
            bytes.first != UInt8(ascii: "-"), bytes.last != UInt8(ascii: "-")
        else {
            throw SFSError(
                .usage,
                "'\(String(text.prefix(80)))' is not a name; use up to 63 of a-z, 0-9 and '-'")
        }
        self.text = String(text)
    }

    package static func < (left: MemberName, right: MemberName) -> Bool { left.text < right.text }

    private static func isAllowed(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"),
            UInt8(ascii: "-"):
            true
        default: false
        }
    }
}

extension MemberName: CustomStringConvertible {
    package var description: String { text }
}

extension MemberName: Codable {
    package init(from decoder: any Decoder) throws {
        try self.init(parsing: decoder.singleValueContainer().decode(String.self))
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(text)
    }
}
