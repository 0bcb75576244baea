import SFSCore
import SFSWire

/// One message of the log, ready to be printed.
struct LogLine: Encodable {
    var time: Timestamp
    var level: String
    var label: String
    var message: String
    var metadata: [String: String]

    /// For example `2026-11-22T09:30:00.123Z info prism: took a file in size=12 hash=…`.
    var text: String {
        let fields = metadata.sorted { $0.key < $1.key }.map {
            " \($0.key)=\(Self.quoted($0.value))"
        }
        return "\(time) \(level) \(label): \(message)\(fields.joined())\n"
    }

    /// One object on one line, with `metadata` as an object of strings.
    var json: String {
        // A line that cannot be JSON is a bug, and still better read as text than lost.
        guard let bytes = try? JSON.encode(self) else { return text }
        return String(decoding: bytes, as: UTF8.self) + "\n"
    }

    /// `value` bare when it is one plain word, else in quotes with no control character left, so
    /// that nobody can write a second line into the log.
    private static func quoted(_ value: String) -> String {
        let isPlain =
            !value.isEmpty
            && value.unicodeScalars.allSatisfy { $0.value > 0x20 && $0 != "\"" && $0.value != 0x7f }
        if isPlain { return value }
        let escaped = value.unicodeScalars.map { scalar -> String in
            switch scalar {
            case "\"", "\\": "\\\(scalar)"
            case "\n": "\\n"
            case _ where scalar.value < 0x20 || scalar.value == 0x7f: "\\u{\(scalar.value)}"
            default: String(scalar)
            }
        }
        return "\"\(escaped.joined())\""
    }
}
