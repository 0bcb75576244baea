/// Steps over JSON text, and the white space in it.
struct TextScanner {
    private let bytes: UnsafeRawBufferPointer
    private var offset = 0

    init(_ bytes: UnsafeRawBufferPointer) {
        self.bytes = bytes
    }

    var isAtEnd: Bool {
        mutating get {
            skipSpace()
            return offset == bytes.count
        }
    }

    /// Whether `text` came next, which is stepped over then.
    mutating func skip(_ text: StaticString) -> Bool {
        skipSpace()
        guard bytes.count - offset >= text.utf8CodeUnitCount else { return false }
        for index in 0..<text.utf8CodeUnitCount
        where bytes[offset + index] != text.utf8Start[index] {
            return false
        }
        offset += text.utf8CodeUnitCount
        return true
    }

    /// What stands between the next two quotes; `nil` when there is no string of plain characters.
    mutating func string() -> UnsafeRawBufferPointer? {
        guard skip("\"") else { return nil }
        let start = offset
        while offset < bytes.count, bytes[offset] != UInt8(ascii: "\"") {
            guard bytes[offset] != UInt8(ascii: "\\"), bytes[offset] >= 0x20 else { return nil }
            offset += 1
        }
        guard offset < bytes.count else { return nil }
        defer { offset += 1 }
        return UnsafeRawBufferPointer(rebasing: bytes[start..<offset])
    }

    /// The whole number that comes next; `nil` when there is none, or more than that.
    mutating func wholeNumber() -> Int64? {
        skipSpace()
        let start = offset
        while offset < bytes.count, Self.isOfNumber(bytes[offset]) { offset += 1 }
        let digits = bytes[start..<offset]
        // What JSON does not write so, as "+1" and "01", is left to a decoder.
        guard let first = digits.first, (UInt8(ascii: "1")...UInt8(ascii: "9")).contains(first)
        else { return nil }
        return Int64(String(decoding: digits, as: UTF8.self))
    }

    private static func isOfNumber(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "."), UInt8(ascii: "e"),
            UInt8(ascii: "E"), UInt8(ascii: "+"), UInt8(ascii: "-"):
            true
        default: false
        }
    }

    private mutating func skipSpace() {
        while offset < bytes.count {
            switch bytes[offset] {
            case 0x20, 0x09, 0x0A, 0x0D: offset += 1
            default: return
            }
        }
    }
}
