import ArgumentParser
import SFSCore
import SystemPackage

/// Taking a list from a file or standard input instead of the arguments.
struct ListOptions: ParsableArguments, Sendable {
    @Flag(help: "Read the list from standard input, one per line.")
    var stdin = false

    @Option(
        name: [.customShort("i", allowingJoined: true), .customLong("input")],
        help: ArgumentHelp(
            "Read the list from this file, one per line; '-' is standard input.",
            valueName: "file"),
        completion: .file())
    var input: String?

    @Flag(name: .customShort("0"), help: "In that list, end each with a NUL and not a line break.")
    var nul = false

    /// Whether there is a list.
    var isGiven: Bool { stdin || input != nil }

    /// Refuses a list twice or not at all, and empty arguments.
    func validate(against arguments: [String]) throws {
        try validate(beside: arguments)
        if !isGiven, arguments.isEmpty { throw ValidationError("nothing is named") }
    }

    /// The same where something else than a list may say what is meant.
    func validate(beside arguments: [String]) throws {
        let option = stdin ? "--stdin" : "--input"
        if stdin, input != nil { throw ValidationError("--stdin and --input exclude each other") }
        if isGiven, !arguments.isEmpty {
            throw ValidationError("\(option) and arguments exclude each other")
        }
        if nul, !isGiven { throw ValidationError("-0 is for --stdin and --input") }
        if input?.isEmpty ?? false { throw ValidationError("the name of the list is empty") }
        if arguments.contains("") { throw ValidationError("an argument is empty") }
    }

    /// The entries of the list, or of `arguments` when there is none.
    ///
    /// - Throws: `SFSError` with code `.noInput` when the file cannot be opened.
    func lines(or arguments: [String]) throws(SFSError) -> InputLines {
        guard isGiven else { return InputLines(arguments) }
        let separator: UInt8 = nul ? 0 : UInt8(ascii: "\n")
        guard let input, input != "-" else {
            return InputLines(of: .standardInput(), endingWith: separator)
        }
        let path = FilePath(bytes: RawText.bytes(of: input))
        return InputLines(of: try InputFile(path), endingWith: separator)
    }
}
