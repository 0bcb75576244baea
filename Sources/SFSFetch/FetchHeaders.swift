import SFSCore

/// Which of a caller's header fields are passed on.
///
/// Those that say how the message is framed or which connection it uses are ours alone, and so is
/// the host; they are left out without a word, because callers copy them from browsers. libcurl
/// keeps `Authorization` and `Cookie` from other hosts that a redirect leads to.
enum FetchHeaders {
    private static let countMaximum = 64
    private static let bytesMaximum = 32 << 10

    private static let ours: Set<String> = [
        "accept-encoding", "connection", "content-length", "expect", "host", "http2-settings",
        "keep-alive", "te", "trailer", "transfer-encoding", "upgrade",
    ]

    /// The lines to hand to libcurl.
    ///
    /// - Throws: `SFSError` with code `.usage` for a malformed field, or for too many.
    static func lines(_ fields: [(name: String, value: String)]) throws(SFSError) -> [String] {
        let size = fields.reduce(0) { $0 + $1.name.utf8.count + $1.value.utf8.count }
        guard fields.count <= countMaximum, size <= bytesMaximum else {
            throw SFSError(
                .usage, "the headers are more than \(countMaximum), or \(bytesMaximum) bytes")
        }
        // libcurl sends this one with long bodies and then waits for an answer.
        var lines = ["Expect:"]
        for (name, value) in fields {
            guard isToken(name), value.utf8.allSatisfy({ $0 >= 0x20 && $0 != 0x7F || $0 == 9 })
            else {
                throw SFSError(.usage, "a header is malformed; use tokens and printable characters")
            }
            let lowered = name.lowercased()
            guard !ours.contains(lowered), !lowered.hasPrefix("proxy-") else { continue }
            let isBlank = value.allSatisfy { $0 == " " || $0 == "\t" }
            // To libcurl `Name:` means to leave that field out, and `Name;` that it is empty.
            lines.append(isBlank ? "\(name);" : "\(name): \(value)")
        }
        return lines
    }

    private static func isToken(_ name: String) -> Bool {
        !name.isEmpty
            && name.utf8.allSatisfy { byte in
                let character = Character(Unicode.Scalar(byte))
                return character.isASCII && (character.isLetter || character.isNumber)
                    || "!#$%&'*+-.^_`|~".contains(character)
            }
    }
}
