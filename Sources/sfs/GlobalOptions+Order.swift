extension GlobalOptions {
    /// `arguments` with the global options that stand before the verb put behind the verb's own.
    ///
    /// The parser knows them after the verb only; git's users write them before it.
    static func movedBehindVerb(_ arguments: [String]) -> [String] {
        var rest = arguments[...]
        var moved: [String] = []
        while let first = rest.first {
            if ["--json", "--quiet", "-q"].contains(first) || isAssignment(first) {
                moved.append(first)
                rest = rest.dropFirst()
            } else if withValue.contains(first), rest.count > 1 {
                moved += rest.prefix(2)
                rest = rest.dropFirst(2)
            } else {
                break
            }
        }
        guard !rest.isEmpty else { return arguments }
        // What follows a `--` is never an option.
        let end = rest.firstIndex(of: "--") ?? rest.endIndex
        return rest[..<end] + moved + rest[end...]
    }

    /// Those that a value follows; all of them say whom to ask, and as whom.
    static let withValue = ["--socket", "--url", "--token-file", "--token"]

    /// Whether `argument` is one of those with its value in the same word.
    static func isAssignment(_ argument: String) -> Bool {
        withValue.contains { argument.hasPrefix($0 + "=") }
    }
}
