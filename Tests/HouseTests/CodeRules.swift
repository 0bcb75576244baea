import Foundation

/// What the text of a source file must keep to (style.md part 3).
enum CodeRules {
    static let fileLengthMaximum = 400
    static let functionLengthMaximum = 60

    /// A word that may not be used, where it may be used after all, and what to do instead.
    struct Ban: Sendable {
        let pattern: Pattern
        let remedy: String
        let exceptions: [String]

        init(_ pattern: String, remedy: String, exceptions: [String] = []) {
            self.pattern = Pattern(pattern)
            self.remedy = remedy
            self.exceptions = exceptions
        }
    }

    static let bans: [Ban] = [
        Ban(#"\bTask(<.*>)? ?\{"#, remedy: "use a task group"),
        Ban(#"\bTask\.(detached|init)\b"#, remedy: "use a task group"),
        Ban(#"\.shared\b"#, remedy: "pass it to the initialiser"),
        Ban(
            #"\b(print|debugPrint|NSLog)\("#,
            remedy: "use Output for results, a logger for the rest"),
        Ban(
            #"\b(getenv|setenv)\(|processInfo\.environment"#,
            remedy: "use an Environment",
            exceptions: [
                "SFSConfig/Environment.swift",
                // The client starts quicker without a configuration.
                "sfs/Environment.swift",
                // Looks for programs in PATH, as execvp(3) does.
                "SFSPostgres/PostgresInstallation.swift",
            ]),
        Ban(
            #"\b(fsync|fdatasync|syncfs|sync_file_range)\("#,
            remedy: "use SFSFiles, the only caller of fsync",
            exceptions: [
                "SFSFiles/",
                // The private server's own folder, of which SFSFiles knows nothing.
                "SFSPostgres/SmallFile.swift",
            ]),
        Ban(#"\bfatalError\b"#, remedy: "throw an SFSError, or use precondition"),
        Ban(#"\btry!"#, remedy: "handle the error"),
        Ban(#"\bas!"#, remedy: "use as? and handle nil"),
        Ban(#"\b(public|open (class|func|var)) "#, remedy: "use package access"),
        Ban(#"\bimport Foundation$"#, remedy: "use Glibc or FoundationEssentials"),
    ]

    /// Words that need a comment above them that says why it is right, and what that begins with.
    static let excuses: [(pattern: Pattern, comment: String)] = [
        (Pattern(#"@unchecked Sendable|nonisolated\(unsafe\)"#), "// SAFETY:"),
        (Pattern(#"\btry\?"#), "//"),
    ]

    private static let function = Pattern(#"^ *(?=[a-z@]).*\b(func|init\??)[ (<]"#)
    private static let leftover = Pattern(#"//.*\b(TODO|FIXME|XXX|HACK)\b"#)

    /// Everything that is wrong with `source`.
    static func complaints(_ source: SourceFile) -> [String] {
        lengths(source) + words(source) + excuses(source) + names(source)
    }

    private static func lengths(_ source: SourceFile) -> [String] {
        var complaints: [String] = []
        if source.lines.count > fileLengthMaximum {
            complaints.append("\(source.path): \(source.lines.count) lines; a noun is missing")
        }
        for number in function.numbers(in: source.lines) {
            let line = source.lines[number - 1]
            let close = String(repeating: " ", count: CodeLine.indentation(line)) + "}"
            guard !line.hasSuffix("}"),
                let end = source.lines[(number - 1)...].firstIndex(where: { $0.hasPrefix(close) })
            else { continue }
            let length = end - number + 2
            if length > functionLengthMaximum {
                complaints.append("\(source.path):\(number): a function of \(length) lines")
            }
        }
        return complaints
    }

    private static func words(_ source: SourceFile) -> [String] {
        let words = bans.flatMap { ban -> [String] in
            if ban.exceptions.contains(where: { source.path.hasPrefix($0) }) { return [] }
            return source.numbers(of: ban.pattern).map { number in
                "\(source.path):\(number): '\(source.lines[number - 1].trimmed)': \(ban.remedy)"
            }
        }
        // Markers of unfinished work stand in comments, which are not code.
        return words
            + leftover.numbers(in: source.lines).map { number in
                "\(source.path):\(number): do it, or open an issue"
            }
    }

    private static func excuses(_ source: SourceFile) -> [String] {
        excuses.flatMap { pattern, comment in
            source.numbers(of: pattern).compactMap { number in
                // The comment may be about a few lines, and may stand just inside a block.
                let nearby = source.lines[max(0, number - 8)...min(number, source.lines.count - 1)]
                if nearby.contains(where: { $0.contains(comment) }) { return nil }
                let line = source.lines[number - 1].trimmed
                return "\(source.path):\(number): '\(line)': say why, with '\(comment)'"
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
