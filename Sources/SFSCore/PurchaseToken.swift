/// The name of a purchase, which stands in a URL: 20 letters and digits (design.md §7).
///
/// The zone's letter, the day on which it may be forgotten in three base-62 digits, and 16 random
/// base-62 digits: 95 bits that nobody can guess.
package struct PurchaseToken: Sendable, Hashable {
    /// The text in the URL.
    package let text: String
    /// The first day, counted from 1970 in UTC, on which it may be forgotten.
    package let day: Int32

    /// Number of characters, as clients expect.
    package static let length = 20
    /// The days that three digits can say end in the year 2622.
    package static let dayMaximum: Int32 = 62 * 62 * 62 - 1

    private static let randomDigits = 16
    private static let digits = Array(
        "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz".utf8)

    /// A new token.
    ///
    /// `zone` is an ASCII letter, `day` lies between 0 and `dayMaximum`; both are cut to fit.
    package static func random(zone: Character, day: Int32) -> PurchaseToken {
        let day = min(max(day, 0), dayMaximum)
        var generator = KernelRandom()
        var bytes = [zone.isASCII && zone.isLetter ? zone.asciiValue ?? UInt8(ascii: "a") : 97]
        bytes += [day / (62 * 62), day / 62 % 62, day % 62].map { digits[Int($0)] }
        bytes += (0..<randomDigits).map { _ in
            digits[Int.random(in: 0..<digits.count, using: &generator)]
        }
        return PurchaseToken(text: String(decoding: bytes, as: UTF8.self), day: day)
    }

    /// Parses what `text` prints and nothing else.
    package init?(parsing text: some StringProtocol) {
        let bytes = Array(text.utf8)
        let values = bytes.compactMap(Self.value(ofDigit:))
        guard bytes.count == Self.length, values.count == Self.length, values[0] >= 10 else {
            return nil
        }
        day = (values[1] * 62 + values[2]) * 62 + values[3]
        self.text = String(text)
    }

    private init(text: String, day: Int32) {
        self.text = text
        self.day = day
    }

    private static func value(ofDigit digit: UInt8) -> Int32? {
        switch digit {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): Int32(digit - UInt8(ascii: "0"))
        case UInt8(ascii: "A")...UInt8(ascii: "Z"): Int32(digit - UInt8(ascii: "A")) + 10
        case UInt8(ascii: "a")...UInt8(ascii: "z"): Int32(digit - UInt8(ascii: "a")) + 36
        default: nil
        }
    }
}

extension PurchaseToken: CustomStringConvertible {
    package var description: String { text }
}

extension PurchaseToken: Codable {
    package init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        guard let token = PurchaseToken(parsing: try container.decode(String.self)) else {
            throw SFSError(.usage, "a purchase's token has 20 letters and digits")
        }
        self = token
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(text)
    }
}
