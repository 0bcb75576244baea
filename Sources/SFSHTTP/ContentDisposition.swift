/// What a client shall do with a body, and the name under which it keeps it (RFC 6266, RFC 8187).
///
/// Names come from anybody, so what has no place in a file's name is taken out: control
/// characters, those that turn the direction of writing, `/` and `\`. Of a name longer than 255
/// bytes the middle goes, so that its extension stays.
package enum ContentDisposition {
    /// Bytes of the longest name that a file can have.
    private static let nameBytesMaximum = 255
    /// Bytes of the longest extension that is kept when a name is too long, the dot included.
    private static let extensionBytesMaximum = 16

    /// A value of `Content-Disposition` by which the body is saved as `name`.
    ///
    /// It has no name when nothing is left of it.
    package static func attachment(_ name: String) -> String { value("attachment", name) }

    /// A value of `Content-Disposition` by which the body is shown, and called `name` when saved.
    ///
    /// It has no name when nothing is left of it.
    package static func inline(_ name: String) -> String { value("inline", name) }

    private static func value(_ type: String, _ name: String) -> String {
        let name = shortened(cleaned(name))
        guard name.contains(where: { $0 != "." && $0 != " " }) else { return type }
        let escaped = name.unicodeScalars.map { scalar in
            if !isPlain(scalar) { return "_" }
            return scalar == "\"" ? "\\\"" : String(scalar)
        }
        let plain = "\(type); filename=\"\(escaped.joined())\""
        guard !name.unicodeScalars.allSatisfy(isPlain) else { return plain }
        return plain + "; filename*=UTF-8''\(encoded(name))"
    }

    private static func cleaned(_ name: String) -> String {
        var kept = String.UnicodeScalarView()
        for scalar in name.unicodeScalars where isAllowed(scalar) { kept.append(scalar) }
        return String(kept)
    }

    private static func isAllowed(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.properties.generalCategory {
        case .control, .lineSeparator, .paragraphSeparator: false
        default: scalar != "/" && scalar != "\\" && !scalar.properties.isBidiControl
        }
    }

    private static func shortened(_ name: String) -> String {
        guard name.utf8.count > nameBytesMaximum else { return name }
        var ending = name.lastIndex(of: ".").map { name[$0...] } ?? ""
        if ending.utf8.count > extensionBytesMaximum { ending = "" }
        var room = nameBytesMaximum - ending.utf8.count
        let stem = name.dropLast(ending.count).prefix { character in
            room -= character.utf8.count
            return room >= 0
        }
        return String(stem + ending)
    }

    /// Whether `scalar` means itself to every client; some decode escapes where there are none.
    private static func isPlain(_ scalar: Unicode.Scalar) -> Bool {
        scalar.isASCII && scalar != "%"
    }

    private static func encoded(_ name: String) -> String {
        name.utf8.map { byte in
            let scalar = Unicode.Scalar(byte)
            if scalar.isASCII,
                scalar.properties.isAlphabetic || scalar.properties.numericType != nil
                    || "!#$&+-.^_`|~".unicodeScalars.contains(scalar)
            {
                return String(scalar)
            }
            return "%" + (byte < 16 ? "0" : "") + String(byte, radix: 16, uppercase: true)
        }.joined()
    }
}
