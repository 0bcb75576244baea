import ArgumentParser
import SFSCore

/// What the parser threw: help and the like that was asked for, or a mistake in the arguments.
struct ParserMessage {
    private let text: String
    private let isMistake: Bool
    /// The verb that was called; `nil` for `sfs` itself.
    private let verb: String?

    init(_ error: any Error, for arguments: [String]) {
        isMistake = Sfs.exitCode(for: error) != .success
        text = isMistake ? Sfs.message(for: error) : Sfs.fullMessage(for: error)
        verb = arguments.first.flatMap { Sfs.verbs.contains($0) ? $0 : nil }
    }

    /// Prints it; the exit status.
    func show(_ output: Output) -> Int32 {
        guard isMistake else {
            do {
                try output.line(text)
                return 0
            } catch {
                return SFSError(wrapping: error).code.exitStatus
            }
        }
        output.fail(SFSError(.usage, "\(sentence); see 'sfs help\(verb.map { " \($0)" } ?? "")'"))
        return ErrorCode.usage.exitStatus
    }

    /// The parser's first line, worded as all our messages are.
    private var sentence: String {
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
        var line = lines.first.map(String.init) ?? ""
        if line.hasSuffix(Self.choices) {
            let values = Self.values(lines.dropFirst()).joined(separator: ", ")
            line = "\(line.dropLast(Self.choices.count)); it is one of \(values)"
        }
        let body = line.hasSuffix(".") ? line.dropLast() : line[...]
        let isAbbreviation = body.dropFirst().first?.isUppercase ?? false
        return isAbbreviation ? String(body) : body.prefix(1).lowercased() + body.dropFirst()
    }

    /// What the parser says before the values that there are, one in a line.
    private static let choices = ". Please provide one of the following:"

    private static func values(_ lines: some Sequence<Substring>) -> [String] {
        lines.prefix { $0.contains("- ") }.compactMap { line in
            line.split(separator: "- ", maxSplits: 1).last.map(String.init)
        }
    }
}
