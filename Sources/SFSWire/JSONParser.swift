import SFSCore

/// Reads one JSON value in one pass over its bytes (RFC 8259).
///
/// For what strangers send: a general decoder guesses the type of every element and takes a
/// hundred times as long over a long list. Depth and number of values are limited.
///
/// It takes what the grammar takes and nothing else: no comma after the last element, and no byte
/// order mark, which a sender must not add (RFC 8259, section 8.1).
struct JSONParser {
    /// What becomes of a name that is in one object twice.
    enum Repeats {
        /// The last one counts, as for the original and everything else in JavaScript.
        case lastCounts
        case refused
    }

    private static let depthMaximum = 64
    private static let valuesMaximum = 200_000

    private let bytes: [UInt8]
    private let repeats: Repeats
    private var position = 0
    private var values = 0

    init(_ bytes: some Sequence<UInt8>, repeats: Repeats) {
        self.bytes = Array(bytes)
        self.repeats = repeats
    }

    /// The value that all of the bytes are.
    ///
    /// - Throws: `SFSError` with code `.protocol`, or `.tooLarge` for too many values.
    mutating func parse() throws(SFSError) -> JSONValue {
        guard !bytes.starts(with: [0xEF, 0xBB, 0xBF]) else {
            throw Self.refusal("it begins with a byte order mark")
        }
        skipBlanks()
        let value = try value(depth: 0)
        skipBlanks()
        guard position == bytes.count else { throw malformed }
        return value
    }

    private var current: UInt8? { position < bytes.count ? bytes[position] : nil }

    private mutating func value(depth: Int) throws(SFSError) -> JSONValue {
        values += 1
        guard values <= Self.valuesMaximum else {
            throw SFSError(.tooLarge, "the body has more than \(Self.valuesMaximum) values")
        }
        guard depth <= Self.depthMaximum else { throw malformed }
        switch current {
        case UInt8(ascii: "\""): return .string(try string())
        case UInt8(ascii: "{"): return try object(depth: depth)
        case UInt8(ascii: "["): return try array(depth: depth)
        case UInt8(ascii: "t"): return try word("true", .bool(true))
        case UInt8(ascii: "f"): return try word("false", .bool(false))
        case UInt8(ascii: "n"): return try word("null", .null)
        default: return try number()
        }
    }

    private mutating func object(depth: Int) throws(SFSError) -> JSONValue {
        var members: [String: JSONValue] = [:]
        // Texts are equal that compose their characters in different ways; names are not.
        var names: Set<[UInt8]> = []
        position += 1
        skipBlanks()
        if take(UInt8(ascii: "}")) { return .object(members) }
        repeat {
            skipBlanks()
            try refuseEnd(UInt8(ascii: "}"))
            let name = try string()
            if repeats == .refused, !names.insert(Array(name.utf8)).inserted {
                throw Self.refusal("an object has the name '\(name.prefix(40))' twice")
            }
            skipBlanks()
            guard take(UInt8(ascii: ":")) else { throw malformed }
            skipBlanks()
            members[name] = try value(depth: depth + 1)
            skipBlanks()
        } while take(UInt8(ascii: ","))
        guard take(UInt8(ascii: "}")) else { throw malformed }
        return .object(members)
    }

    private mutating func array(depth: Int) throws(SFSError) -> JSONValue {
        var elements: [JSONValue] = []
        position += 1
        skipBlanks()
        if take(UInt8(ascii: "]")) { return .array(elements) }
        repeat {
            skipBlanks()
            try refuseEnd(UInt8(ascii: "]"))
            elements.append(try value(depth: depth + 1))
            skipBlanks()
        } while take(UInt8(ascii: ","))
        guard take(UInt8(ascii: "]")) else { throw malformed }
        return .array(elements)
    }

    /// Says so when what follows a comma is the end.
    private func refuseEnd(_ end: UInt8) throws(SFSError) {
        if current == end {
            throw Self.refusal("byte \(position + 1) ends a list after a comma")
        }
    }

    private mutating func word(
        _ text: StaticString, _ value: JSONValue
    ) throws(SFSError) -> JSONValue {
        let end = position + text.utf8CodeUnitCount
        let isThere = text.withUTF8Buffer { word in
            end <= bytes.count && bytes[position..<end].elementsEqual(word)
        }
        guard isThere else { throw malformed }
        position = end
        return value
    }

    private mutating func number() throws(SFSError) -> JSONValue {
        let start = position
        _ = take(UInt8(ascii: "-"))
        let isZero = current == UInt8(ascii: "0")
        let digits = skipDigits()
        guard digits > 0, !isZero || digits == 1 else { throw malformed }
        var isWhole = true
        if take(UInt8(ascii: ".")) {
            isWhole = false
            guard skipDigits() > 0 else { throw malformed }
        }
        if take(UInt8(ascii: "e")) || take(UInt8(ascii: "E")) {
            isWhole = false
            if !take(UInt8(ascii: "+")) { _ = take(UInt8(ascii: "-")) }
            guard skipDigits() > 0 else { throw malformed }
        }
        let text = String(decoding: bytes[start..<position], as: UTF8.self)
        if isWhole, let value = Int64(text) { return .integer(value) }
        guard let value = Double(text), value.isFinite else { throw malformed }
        return .number(value)
    }

    private mutating func string() throws(SFSError) -> String {
        guard take(UInt8(ascii: "\"")) else { throw malformed }
        var text: [UInt8] = []
        while let byte = current {
            position += 1
            switch byte {
            case UInt8(ascii: "\""):
                guard let valid = String(validating: text, as: UTF8.self) else {
                    throw malformed
                }
                return valid
            case UInt8(ascii: "\\"): try escape(into: &text)
            case 0..<0x20: throw malformed
            default: text.append(byte)
            }
        }
        throw malformed
    }

    private mutating func escape(into text: inout [UInt8]) throws(SFSError) {
        guard let byte = current else { throw malformed }
        position += 1
        switch byte {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): text.append(byte)
        case UInt8(ascii: "b"): text.append(0x08)
        case UInt8(ascii: "f"): text.append(0x0C)
        case UInt8(ascii: "n"): text.append(0x0A)
        case UInt8(ascii: "r"): text.append(0x0D)
        case UInt8(ascii: "t"): text.append(0x09)
        case UInt8(ascii: "u"):
            let scalar = try scalar()
            text += Array(String(Character(scalar)).utf8)
        default: throw malformed
        }
    }

    /// The character behind `\u`, which may take two escapes.
    private mutating func scalar() throws(SFSError) -> Unicode.Scalar {
        let first = try hexNumber()
        if let scalar = Unicode.Scalar(first) { return scalar }
        guard (0xD800..<0xDC00).contains(first), take(UInt8(ascii: "\\")),
            take(UInt8(ascii: "u"))
        else { throw malformed }
        let second = try hexNumber()
        guard (0xDC00..<0xE000).contains(second),
            let scalar = Unicode.Scalar(0x10000 + (first - 0xD800) << 10 + (second - 0xDC00))
        else { throw malformed }
        return scalar
    }

    private mutating func hexNumber() throws(SFSError) -> UInt32 {
        let end = position + 4
        guard end <= bytes.count else { throw malformed }
        let text = String(decoding: bytes[position..<end], as: UTF8.self)
        // A number may have a sign, an escape not.
        guard let number = UInt32(text, radix: 16), !text.hasPrefix("+"), !text.hasPrefix("-")
        else { throw malformed }
        position = end
        return number
    }

    private mutating func skipDigits() -> Int {
        let start = position
        while let byte = current, (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) {
            position += 1
        }
        return position - start
    }

    private mutating func skipBlanks() {
        while let byte = current, [0x20, 0x0A, 0x0D, 0x09].contains(byte) { position += 1 }
    }

    private mutating func take(_ byte: UInt8) -> Bool {
        guard current == byte else { return false }
        position += 1
        return true
    }

    private var malformed: SFSError {
        Self.refusal(
            position < bytes.count
                ? "something else was expected at byte \(position + 1)" : "it is cut off")
    }

    private static func refusal(_ reason: String) -> SFSError {
        SFSError(.protocol, "the body is not JSON: \(reason)")
    }
}
