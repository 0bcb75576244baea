import SFSCore

/// Which bytes, if any, the conditions and the range of a request ask for (RFC 9110, 13 and 14).
package enum Conditional: Sendable, Hashable {
    /// 200: everything.
    case whole
    /// 206: these offsets, never empty.
    case part(Range<Int64>)
    /// 304.
    case notModified
    /// 412.
    case preconditionFailed
    /// 416, with `Content-Range: bytes */size`.
    case unsatisfiable

    /// Decides for a representation of `size` bytes that has only a strong entity tag.
    ///
    /// `entityTag` is written with its quotes. Dates are not looked at, since there is none to
    /// compare with. Several ranges at once are answered with everything, as are ranges that
    /// cannot be understood, and ranges of any method but GET.
    package static func evaluate(
        method: String, headers: HeaderFields, entityTag: String, size: Int64
    ) -> Conditional {
        let wanted = headers.all("If-Match")
        if !wanted.isEmpty, !matches(wanted, entityTag, weakly: false) {
            return .preconditionFailed
        }
        let known = headers.all("If-None-Match")
        if !known.isEmpty, matches(known, entityTag, weakly: true) {
            return method == "GET" || method == "HEAD" ? .notModified : .preconditionFailed
        }
        guard method == "GET", let range = range(headers) else { return .whole }
        if let condition = headers.first("If-Range"), trimmed(condition) != entityTag {
            return .whole
        }
        return range.offsets(in: size).map { .part($0) } ?? .unsatisfiable
    }

    /// The one range that is asked for, if it is one and in bytes.
    private static func range(_ headers: HeaderFields) -> ByteRange? {
        let values = headers.all("Range")
        guard values.count == 1 else { return nil }
        let sides = values[0].split(separator: "=", maxSplits: 1)
        guard sides.count == 2, trimmed(sides[0]).lowercased() == "bytes" else { return nil }
        return ByteRange(parsing: trimmed(sides[1]))
    }

    /// Whether `entityTag` is in one of the lists `values`; `*` stands for any.
    private static func matches(_ values: [String], _ entityTag: String, weakly: Bool) -> Bool {
        values.contains { value in
            if trimmed(value) == "*" { return true }
            // A comma inside a tag cuts it into pieces that match nothing, which is safe.
            return value.split(separator: ",").contains { tag in
                let tag = trimmed(tag)
                return tag == entityTag || weakly && tag == "W/" + entityTag
            }
        }
    }

    private static func trimmed(_ text: some StringProtocol) -> String {
        let isBlank = { (character: Character) in character == " " || character == "\t" }
        let start = text.drop(while: isBlank)
        return String(start.reversed().drop(while: isBlank).reversed())
    }
}
