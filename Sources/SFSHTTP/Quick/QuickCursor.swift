import SFSCore

/// Goes through the bytes of a request, each step of which either takes exactly what it is for, or
/// says that it is something else.
struct QuickCursor {
    let bytes: UnsafeRawBufferPointer
    private(set) var position = 0
    /// Whether what was looked for last may still come: there were too few bytes to tell.
    private(set) var hasRunOut = false

    init(_ bytes: UnsafeRawBufferPointer) {
        self.bytes = bytes
    }

    /// Takes exactly `text`, or nothing.
    mutating func skip(_ text: StaticString) -> Bool {
        let length = text.utf8CodeUnitCount
        for index in 0..<length {
            guard position + index < bytes.count else {
                hasRunOut = true
                return false
            }
            guard bytes[position + index] == text.utf8Start[index] else { return false }
        }
        position += length
        return true
    }

    /// Takes a target: a path that begins with a slash, and whatever may follow it.
    mutating func target() -> Range<Int>? {
        let start = position
        guard start < bytes.count, bytes[start] == UInt8(ascii: "/") else { return nil }
        while position < bytes.count {
            switch bytes[position] {
            case UInt8(ascii: " "): return start..<position
            case UInt8(ascii: "#"): return nil
            case 0x21...0x7E: position += 1
            default: return nil
            }
        }
        hasRunOut = true
        return nil
    }

    /// Takes the name of a field and the colon behind it.
    mutating func fieldName() -> Range<Int>? {
        let start = position
        while position < bytes.count {
            switch bytes[position] {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"):
                position += 1
            case UInt8(ascii: ":"):
                position += 1
                return position - 1 > start ? start..<position - 1 : nil
            default: return nil
            }
        }
        hasRunOut = true
        return nil
    }

    /// Takes the value of a field and the end of its line; without the blanks around it.
    mutating func fieldValue() -> Range<Int>? {
        while position < bytes.count, Self.isBlank(bytes[position]) { position += 1 }
        let start = position
        var end = start
        while position < bytes.count {
            let byte = bytes[position]
            if byte == UInt8(ascii: "\r") {
                guard skip("\r\n") else { return nil }
                return start..<end
            }
            // No controls, and nothing that is not ASCII: programs differ about both.
            guard (0x20...0x7E).contains(byte) || byte == 0x09 else { return nil }
            position += 1
            if !Self.isBlank(byte) { end = position }
        }
        hasRunOut = true
        return nil
    }

    private static func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 }
}

extension UnsafeRawBufferPointer {
    /// Whether the bytes at `range` are `word`, which is in lower case, in any case.
    func isWord(_ range: Range<Int>, _ word: StaticString) -> Bool {
        guard range.count == word.utf8CodeUnitCount else { return false }
        for index in 0..<range.count {
            var byte = self[range.lowerBound + index]
            if (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte) { byte |= 0x20 }
            if byte != word.utf8Start[index] { return false }
        }
        return true
    }

    /// Whether the bytes at `range` are a host of letters, digits, dots and hyphens or an IPv6
    /// address in brackets, with or without a port.
    func isHost(_ range: Range<Int>) -> Bool {
        guard !range.isEmpty else { return false }
        return self[range].allSatisfy { byte in
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "."), UInt8(ascii: "-"),
                UInt8(ascii: "_"), UInt8(ascii: ":"), UInt8(ascii: "["), UInt8(ascii: "]"):
                true
            default: false
            }
        }
    }

    /// The one range that the bytes at `range` ask for, as in `bytes=0-99`; `nil` for anything else.
    func byteRange(_ range: Range<Int>) -> ByteRange? {
        let unit = 6
        guard range.count > unit,
            isWord(range.lowerBound..<range.lowerBound + unit, "bytes=")
        else { return nil }
        let sides = range.lowerBound + unit..<range.upperBound
        guard let hyphen = self[sides].firstIndex(of: UInt8(ascii: "-")) else { return nil }
        let first = number(sides.lowerBound..<hyphen)
        let last = number(hyphen + 1..<sides.upperBound)
        switch (first, last) {
        case (.some(let first), .some(let last)):
            return first <= last ? .from(first: first, last: last) : nil
        case (.some(let first), nil):
            return hyphen + 1 == sides.upperBound ? .from(first: first, last: nil) : nil
        case (nil, .some(let count)):
            return hyphen == sides.lowerBound ? .suffix(count: count) : nil
        case (nil, nil): return nil
        }
    }

    /// The number in 1 to 18 digits.
    private func number(_ range: Range<Int>) -> Int64? {
        guard (1...18).contains(range.count) else { return nil }
        var number: Int64 = 0
        for byte in self[range] {
            guard (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) else { return nil }
            number = number * 10 + Int64(byte - UInt8(ascii: "0"))
        }
        return number
    }

    /// A number by which the bytes at `range` are looked for; it differs from process to process.
    func keyed(_ range: Range<Int>) -> Int {
        var hasher = Hasher()
        hasher.combine(bytes: UnsafeRawBufferPointer(rebasing: self[range]))
        return hasher.finalize()
    }

    /// The bytes at `range`, which are ASCII, as text.
    func text(_ range: Range<Int>) -> String {
        String(decoding: UnsafeRawBufferPointer(rebasing: self[range]), as: UTF8.self)
    }
}
