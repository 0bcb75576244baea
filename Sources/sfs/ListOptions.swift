import ArgumentParser

/// Taking a list from standard input instead of the arguments.
struct ListOptions: ParsableArguments, Sendable {
    @Flag(help: "Read the list from standard input, one per line.")
    var stdin = false

    @Flag(name: .customShort("0"), help: "In that list, end each with a NUL and not a line break.")
    var nul = false

    /// What ends each entry.
    var separator: UInt8 { nul ? 0 : UInt8(ascii: "\n") }

    /// Refuses a list twice or not at all, and empty arguments.
    func validate(against arguments: [String]) throws {
        if stdin, !arguments.isEmpty {
            throw ValidationError("--stdin and arguments exclude each other")
        }
        if nul, !stdin { throw ValidationError("-0 is for --stdin") }
        if !stdin, arguments.isEmpty { throw ValidationError("nothing is named") }
        if arguments.contains("") { throw ValidationError("an argument is empty") }
    }
}
