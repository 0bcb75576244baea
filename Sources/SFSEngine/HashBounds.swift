import SFSCore

/// The hashes that begin with some hex digits, as bounds of their bytes.
struct HashBounds: Sendable, Hashable {
    /// The first of them.
    let lower: [UInt8]
    /// What comes after the last; `nil` = nothing does.
    let upper: [UInt8]?

    /// Parses 1 to 128 hex digits of either case.
    ///
    /// - Throws: `SFSError` with code `.usage`.
    init(prefix: String) throws(SFSError) {
        let digits = prefix.utf8.compactMap { Self.value(ofDigit: $0) }
        guard (1...128).contains(digits.count), digits.count == prefix.utf8.count else {
            throw SFSError(
                .usage, "'\(prefix.prefix(140))' is not the beginning of a hash; use hex digits")
        }
        lower = Self.bytes(digits)
        // One more in the last digit that can be more; those behind it begin anew.
        var next = digits
        while next.last == 15 { next.removeLast() }
        if let last = next.popLast() {
            upper = Self.bytes(next + [last + 1])
        } else {
            upper = nil
        }
    }

    private static func bytes(_ digits: [UInt8]) -> [UInt8] {
        stride(from: 0, to: digits.count, by: 2).map { index in
            digits[index] << 4 | (index + 1 < digits.count ? digits[index + 1] : 0)
        }
    }

    private static func value(ofDigit digit: UInt8) -> UInt8? {
        Character(Unicode.Scalar(digit)).hexDigitValue.map { UInt8($0) }
    }
}
