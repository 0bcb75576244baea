/// A number of bytes that reads and prints with units: `64MiB`, `3 GB`, `1.5 GiB`.
package struct ByteCount: Sendable, Hashable, Comparable {
    /// Never negative.
    package let bytes: Int64

    /// Takes a plain number of bytes, not negative.
    package init(_ bytes: Int64) {
        precondition(bytes >= 0, "a count of bytes is not negative")
        self.bytes = bytes
    }

    /// `count` times 2^20 bytes.
    package static func mebibytes(_ count: Int64) -> ByteCount { ByteCount(count << 20) }

    /// `count` times 2^30 bytes.
    package static func gibibytes(_ count: Int64) -> ByteCount { ByteCount(count << 30) }

    package static func < (left: ByteCount, right: ByteCount) -> Bool { left.bytes < right.bytes }

    /// Parses `123`, `10kB`, `64 MiB`, `1.5G`; decimal units are powers of 1000, `Ki`… of 1024.
    ///
    /// - Throws: `SFSError` with code `.usage`.
    package init(parsing text: some StringProtocol) throws(SFSError) {
        let number = text.prefix { $0.isASCII && ($0.isNumber || $0 == ".") }
        let unit = text.dropFirst(number.count).drop { $0 == " " }.lowercased()
        guard let value = Double(String(number)), let factor = Self.factors[unit],
            value * Double(factor) < 0x1p62
        else {
            throw SFSError(.usage, "'\(text)' is not a size; write for example 64MiB")
        }
        bytes = Int64((value * Double(factor)).rounded())
    }

    private static let factors: [String: Int64] = [
        "": 1, "b": 1,
        "k": 1000, "kb": 1000, "ki": 1 << 10, "kib": 1 << 10,
        "m": 1_000_000, "mb": 1_000_000, "mi": 1 << 20, "mib": 1 << 20,
        "g": 1_000_000_000, "gb": 1_000_000_000, "gi": 1 << 30, "gib": 1 << 30,
        "t": 1_000_000_000_000, "tb": 1_000_000_000_000, "ti": 1 << 40, "tib": 1 << 40,
    ]
}

extension ByteCount: CustomStringConvertible {
    /// For people: at most one decimal, binary units, for example `2.5 GiB`.
    package var description: String {
        let units = ["B", "KiB", "MiB", "GiB", "TiB", "PiB", "EiB"]
        var value = Double(bytes)
        var unit = 0
        while value >= 1024, unit < units.count - 1 {
            value /= 1024
            unit += 1
        }
        guard unit > 0, value < 99.95 else { return "\(Int64(value.rounded())) \(units[unit])" }
        let tenths = Int64((value * 10).rounded())
        return "\(tenths / 10).\(tenths % 10) \(units[unit])"
    }
}
