import SFSCore
import SystemPackage

/// Text and names in a form that cannot disturb a line or a terminal.
enum Printable {
    /// `text` on one line, with control characters as `\xHH` and bytes that are not UTF-8 as U+FFFD.
    static func line(_ text: String) -> String {
        var line = ""
        for scalar in String(decoding: RawText.bytes(of: text), as: UTF8.self).unicodeScalars {
            if scalar.value < 0x20 || scalar.value == 0x7F {
                line += scalar.value < 16 ? "\\x0" : "\\x"
                line += String(scalar.value, radix: 16)
            } else {
                line.unicodeScalars.append(scalar)
            }
        }
        return line
    }

    /// `HASH  NAME` as sha1sum(1) prints it: the very bytes of the name, and where it has a line
    /// break or a backslash, a backslash before the line and those escaped.
    static func named(_ hash: ContentHash, _ name: [UInt8]) -> [UInt8] {
        let escapes: [UInt8: [UInt8]] = [
            UInt8(ascii: "\\"): Array("\\\\".utf8), UInt8(ascii: "\n"): Array("\\n".utf8),
            UInt8(ascii: "\r"): Array("\\r".utf8),
        ]
        let escaped = name.flatMap { escapes[$0] ?? [$0] }
        let mark = escaped.count == name.count ? [] : [UInt8(ascii: "\\")]
        return mark + Array("\(hash)  ".utf8) + escaped
    }
}

extension FilePath {
    /// The very bytes of the path.
    var bytes: [UInt8] {
        withPlatformString { text in
            var bytes: [UInt8] = []
            var next = text
            while next.pointee != 0 {
                bytes.append(UInt8(bitPattern: next.pointee))
                next += 1
            }
            return bytes
        }
    }

    /// The path with those bytes, up to the first that is 0.
    init(bytes: some Sequence<UInt8>) {
        self.init(platformString: bytes.map { CChar(bitPattern: $0) } + [0])
    }
}
