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
        let line = text.prefix { $0 != "\n" }
        let body = line.hasSuffix(".") ? line.dropLast() : line
        let isAbbreviation = body.dropFirst().first?.isUppercase ?? false
        return isAbbreviation ? String(body) : body.prefix(1).lowercased() + body.dropFirst()
    }
}
