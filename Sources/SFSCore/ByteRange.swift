/// A part of a content that a reader asked for, before its size is known.
package enum ByteRange: Sendable, Hashable {
    /// Bytes `first` to `last`, both included and counted from 0; `nil` = to the end.
    case from(first: Int64, last: Int64?)
    /// The last `count` bytes, or all when there are fewer.
    case suffix(count: Int64)

    /// Parses one range as in `Range: bytes=0-99`, without the unit: `0-99`, `100-`, `-5`.
    ///
    /// Returns `nil` for anything else, several ranges and backward ones included.
    package init?(parsing text: some StringProtocol) {
        let sides = text.split(separator: "-", maxSplits: 1, omittingEmptySubsequences: false)
        guard sides.count == 2, sides.allSatisfy({ Self.isDigits($0) }) else { return nil }
        switch (Int64(String(sides[0])), Int64(String(sides[1]))) {
        case (let first?, let last?):
            guard first <= last else { return nil }
            self = .from(first: first, last: last)
        case (let first?, nil):
            guard sides[1].isEmpty else { return nil }
            self = .from(first: first, last: nil)
        case (nil, let count?):
            guard sides[0].isEmpty else { return nil }
            self = .suffix(count: count)
        case (nil, nil): return nil
        }
    }

    /// The offsets meant in a content of `size` bytes; `nil` when there are none (HTTP 416).
    package func offsets(in size: Int64) -> Range<Int64>? {
        switch self {
        case .from(let first, let last):
            guard first < size else { return nil }
            return first..<(min(last ?? .max, size - 1) + 1)
        case .suffix(let count):
            guard count > 0, size > 0 else { return nil }
            return max(0, size - count)..<size
        }
    }

    /// The text that `init(parsing:)` reads.
    package var text: String {
        switch self {
        case .from(let first, let last): "\(first)-\(last.map(String.init) ?? "")"
        case .suffix(let count): "-\(count)"
        }
    }

    private static func isDigits(_ text: some StringProtocol) -> Bool {
        text.utf8.allSatisfy { UInt8(ascii: "0")...UInt8(ascii: "9") ~= $0 }
    }
}
