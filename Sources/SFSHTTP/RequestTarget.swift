package import SFSCore

/// What the request line asks for, cut into path and query but not decoded.
package struct RequestTarget: Sendable, Hashable {
    /// Begins with `/`, or is `*`; still percent-encoded.
    package let path: String
    /// What stands after the first `?`, still percent-encoded; `nil` when there is none.
    package let encodedQuery: String?

    /// Takes `/path?query`, the same after `http://host`, or `*`.
    ///
    /// - Throws: `SFSError` with code `.protocol` for anything else, and for bytes that may not
    ///   stand in a target (controls, blanks, `#`, non-ASCII).
    package init(parsing text: String) throws(SFSError) {
        guard text.utf8.allSatisfy({ (0x21...0x7E).contains($0) && $0 != UInt8(ascii: "#") }) else {
            throw SFSError(.protocol, "the request target has bytes that must be percent-encoded")
        }
        let local = Self.withoutOrigin(text)
        let parts = local.split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false)
        let path = parts.first.map(String.init) ?? ""
        guard path.hasPrefix("/") || local == "*" else {
            throw SFSError(.protocol, "the request target is neither a path nor a URL")
        }
        self.path = path
        encodedQuery = parts.count == 2 ? String(parts[1]) : nil
    }

    /// The query's fields in order, names and values decoded; `+` is a space.
    ///
    /// - Throws: `SFSError` with code `.protocol` for an escape that is none.
    package func query() throws(SFSError) -> [(name: String, value: String)] {
        var fields: [(name: String, value: String)] = []
        for field in (encodedQuery ?? "").split(separator: "&") {
            let sides = field.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            let name = try PercentEncoding.decode(sides[0], plusIsSpace: true)
            let value = try PercentEncoding.decode(sides.dropFirst().first ?? "", plusIsSpace: true)
            fields.append((name, value))
        }
        return fields
    }

    /// `text` without a leading `http://host` or `https://host`.
    private static func withoutOrigin(_ text: String) -> String {
        guard !text.hasPrefix("/") else { return text }
        for scheme in ["http://", "https://"] where text.lowercased().hasPrefix(scheme) {
            let rest = text.dropFirst(scheme.count).drop { $0 != "/" && $0 != "?" }
            return rest.hasPrefix("/") ? String(rest) : "/" + rest
        }
        return text
    }
}

/// `%41` for `A`.
package enum PercentEncoding {
    /// The text that `text` stands for.
    ///
    /// - Throws: `SFSError` with code `.protocol` for a `%` without two hexadecimal digits, and
    ///   for bytes that are not UTF-8.
    package static func decode(
        _ text: some StringProtocol, plusIsSpace: Bool = false
    ) throws(SFSError) -> String {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(text.utf8.count)
        var rest = text.utf8.makeIterator()
        while let byte = rest.next() {
            switch byte {
            case UInt8(ascii: "%"):
                guard let high = hexDigit(rest.next()), let low = hexDigit(rest.next()) else {
                    throw SFSError(.protocol, "a '%' in the URL is not followed by two hex digits")
                }
                bytes.append(high << 4 | low)
            case UInt8(ascii: "+") where plusIsSpace: bytes.append(UInt8(ascii: " "))
            default: bytes.append(byte)
            }
        }
        guard let decoded = String(validating: bytes, as: UTF8.self) else {
            throw SFSError(.protocol, "the URL does not decode to UTF-8")
        }
        return decoded
    }

    private static func hexDigit(_ byte: UInt8?) -> UInt8? {
        switch byte {
        case .some(let byte) where (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte):
            byte - UInt8(ascii: "0")
        case .some(let byte) where (UInt8(ascii: "a")...UInt8(ascii: "f")).contains(byte):
            byte - UInt8(ascii: "a") + 10
        case .some(let byte) where (UInt8(ascii: "A")...UInt8(ascii: "F")).contains(byte):
            byte - UInt8(ascii: "A") + 10
        default: nil
        }
    }
}
