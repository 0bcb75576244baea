/// Bytes as a `String` that loses none of them.
///
/// UTF-8 stays as it is. A byte that is no part of UTF-8 becomes the private character
/// U+10FF00 + byte; so do the bytes of such a private character itself, so that there is one way
/// back. Text in this form is for parsers and never for print.
package enum RawText {
    private static let base: UInt32 = 0x10FF00

    /// The text for `bytes`.
    package static func string(from bytes: some Sequence<UInt8>) -> String {
        var text = String.UnicodeScalarView()
        var rest = ArraySlice(Array(bytes))
        while !rest.isEmpty {
            if let (scalar, length) = firstScalar(of: rest), !isPrivate(scalar) {
                text.append(scalar)
                rest = rest.dropFirst(length)
            } else if let scalar = Unicode.Scalar(base + UInt32(rest.removeFirst())) {
                text.append(scalar)
            }
        }
        return String(text)
    }

    /// The bytes that `text` was made from.
    package static func bytes(of text: String) -> [UInt8] {
        text.unicodeScalars.flatMap { scalar in
            isPrivate(scalar) ? [UInt8(scalar.value - base)] : Array(UTF8.encode(scalar) ?? .init())
        }
    }

    private static func isPrivate(_ scalar: Unicode.Scalar) -> Bool {
        (base...base + 0xFF).contains(scalar.value)
    }

    private static func firstScalar(of bytes: ArraySlice<UInt8>) -> (Unicode.Scalar, Int)? {
        var iterator = bytes.prefix(4).makeIterator()
        var parser = Unicode.UTF8.ForwardParser()
        guard case .valid(let encoded) = parser.parseScalar(from: &iterator) else { return nil }
        return (Unicode.UTF8.decode(encoded), encoded.count)
    }
}
