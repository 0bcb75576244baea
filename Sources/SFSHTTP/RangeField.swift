import SFSCore

/// The `Range` field of a request (RFC 9110, 14.2), as offsets.
enum RangeField {
    /// Ranges of one request that are looked at; past it everything is sent.
    static let rangesMaximum = 16

    /// The ranges that are asked for, in their order; `nil` when there is no `Range` field, or one
    /// that is not in bytes, cannot be understood or asks for too many.
    static func parse(_ headers: HeaderFields) -> [ByteRange]? {
        let values = headers.all("Range")
        guard values.count == 1 else { return nil }
        let sides = values[0].split(separator: "=", maxSplits: 1)
        guard sides.count == 2, sides[0].trimmingBlanks.lowercased() == "bytes" else { return nil }
        // An empty element of a list counts for nothing (RFC 9110, 5.6.1.2).
        let specifiers = sides[1].split(separator: ",").map(\.trimmingBlanks)
            .filter { !$0.isEmpty }
        guard (1...rangesMaximum).contains(specifiers.count) else { return nil }
        let ranges = specifiers.compactMap { ByteRange(parsing: $0) }
        return ranges.count == specifiers.count ? ranges : nil
    }

    /// `ranges` without overlaps: those that touch are one, which stands where its first was.
    static func coalesced(_ ranges: [Range<Int64>]) -> [Range<Int64>] {
        var apart: [Range<Int64>] = []
        for range in ranges {
            var whole = range
            var place = apart.count
            while let index = apart.firstIndex(where: { touches($0, whole) }) {
                let other = apart.remove(at: index)
                whole =
                    min(
                        whole.lowerBound, other.lowerBound)..<max(
                        whole.upperBound, other.upperBound)
                place = min(place, index)
            }
            apart.insert(whole, at: place)
        }
        return apart
    }

    private static func touches(_ one: Range<Int64>, _ other: Range<Int64>) -> Bool {
        one.lowerBound <= other.upperBound && other.lowerBound <= one.upperBound
    }
}

extension StringProtocol {
    /// The text without blanks and tabs at its ends.
    var trimmingBlanks: String {
        let isBlank = { (character: Character) in character == " " || character == "\t" }
        return String(drop(while: isBlank).reversed().drop(while: isBlank).reversed())
    }
}
