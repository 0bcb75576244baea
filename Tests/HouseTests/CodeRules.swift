import Foundation

/// What the text of a source file must keep to (style.md part 3).
enum CodeRules {
    static let fileLengthMaximum = 400
    static let functionLengthMaximum = 60

    /// A word that may not be used, where it may be used after all, and what to do instead.
    struct Ban: Sendable {
        let pattern: String
        let remedy: String
        var exceptions: [String] = []
    }

    static let bans: [Ban] = [
        Ban(pattern: #"\bTask(<.*>)? ?\{"#, remedy: "use a task group"),
        Ban(pattern: #"\bTask\.(detached|init)\b"#, remedy: "use a task group"),
        Ban(pattern: #"\.shared\b"#, remedy: "pass it to the initialiser"),
        Ban(
            pattern: #"\b(print|debugPrint|NSLog)\("#,
            remedy: "use Output for results, a logger for the rest"),
        Ban(
            pattern: #"\b(getenv|setenv)\(|processInfo\.environment"#,
            remedy: "use SFSConfig's Environment", exceptions: ["SFSConfig/Environment.swift"]),
        Ban(
            pattern: #"\b(fsync|fdatasync|syncfs|sync_file_range)\("#,
            remedy: "use SFSFiles, the only caller of fsync", exceptions: ["SFSFiles/"]),
        Ban(pattern: #"\bfatalError\b"#, remedy: "throw an SFSError, or use precondition"),
        Ban(pattern: #"\btry!"#, remedy: "handle the error"),
        Ban(pattern: #"\bas!"#, remedy: "use as? and handle nil"),
        Ban(pattern: #"\b(public|open) (?!let path)"#, remedy: "use package access"),
        Ban(pattern: #"\b(TODO|FIXME|XXX)\b"#, remedy: "do it, or open an issue"),
        Ban(pattern: #"\bimport Foundation$"#, remedy: "use Glibc or FoundationEssentials"),
    ]

    /// Words that need a comment above them that says why it is right, and what that begins with.
    static let excuses: [(pattern: String, comment: String)] = [
        (#"@unchecked Sendable|nonisolated\(unsafe\)"#, "// SAFETY:"),
        (#"\btry\?"#, "//"),
    ]

    /// Everything that is wrong with `source`.
    static func complaints(_ source: SourceFile) -> [String] {
        lengths(source) + words(source) + excuses(source) + names(source)
    }

    private static func lengths(_ source: SourceFile) -> [String] {
        var complaints: [String] = []
        if source.lines.count > fileLengthMaximum {
            complaints.append("\(source.path): \(source.lines.count) lines; a noun is missing")
        }
        for (index, line) in source.lines.enumerated() where line.has(#"\b(func|init\??)[ (<]"#) {
            let close = String(repeating: " ", count: CodeLine.indentation(line)) + "}"
            guard !line.hasSuffix("}"), line.has(#"^ *[a-z@]"#),
                let end = source.lines[index...].firstIndex(where: { $0.hasPrefix(close) })
            else { continue }
            let length = end - index + 1
            if length > functionLengthMaximum {
                complaints.append("\(source.path):\(index + 1): a function of \(length) lines")
            }
        }
        return complaints
    }

    private static func words(_ source: SourceFile) -> [String] {
        source.code.flatMap { number, text in
            bans.compactMap { ban in
                guard text.has(ban.pattern),
                    !ban.exceptions.contains(where: { source.path.hasPrefix($0) })
                else { return nil }
                return "\(source.path):\(number): '\(text.trimmed)': \(ban.remedy)"
            }
        } + leftovers(source)
    }

    /// Markers of unfinished work stand in comments, which `code` does not show.
    private static func leftovers(_ source: SourceFile) -> [String] {
        source.lines.enumerated().compactMap { index, line in
            guard line.has(#"//.*\b(TODO|FIXME|XXX|HACK)\b"#) else { return nil }
            return "\(source.path):\(index + 1): do it, or open an issue"
        }
    }

    private static func excuses(_ source: SourceFile) -> [String] {
        source.code.flatMap { number, text in
            excuses.compactMap { pattern, comment in
                guard text.has(pattern) else { return nil }
                // The comment may be about a few lines, and may stand just inside a block.
                let nearby = source.lines[max(0, number - 8)...min(number, source.lines.count - 1)]
                if nearby.contains(where: { $0.contains(comment) }) { return nil }
                return "\(source.path):\(number): '\(text.trimmed)': say why, with '\(comment)'"
            }
        }
    }

    private static func names(_ source: SourceFile) -> [String] {
        let name = source.path.split(separator: "/").last.map { String($0) } ?? ""
        guard name.has("Util|Helper|Manager|Common|Misc") else { return [] }
        return ["\(source.path): a file is named for its concept"]
    }
}

extension String {
    /// Without blanks at either end.
    var trimmed: String { trimmingCharacters(in: .whitespaces) }
}
