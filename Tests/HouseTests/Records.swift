/// What is asked of the files at the top of the tree.
enum Records {
    /// What is wrong with a changelog (keepachangelog.com).
    static func changelogComplaints(_ text: String) -> [String] {
        let kinds = ["Added", "Changed", "Deprecated", "Removed", "Fixed", "Security"]
        let lines = text.split(separator: "\n")
        var complaints: [String] = []
        if !lines.contains("## [Unreleased]") { complaints.append("has no '## [Unreleased]'") }
        for line in lines where line.hasPrefix("### ") && !kinds.contains(String(line.dropFirst(4)))
        {
            complaints.append("'\(line)' is not a kind of change")
        }
        return complaints
    }

    /// Paths in backticks in `text` for which `exists` is false.
    ///
    /// A path is what has a slash or ends like a source file; those without a known folder in front
    /// are below `Sources`.
    static func tourComplaints(_ text: String, exists: (String) -> Bool) throws -> [String] {
        try text.groups(#"`([A-Za-z0-9_.+/-]+)`"#).map { $0[0] }
            .filter { $0.has(#"^\w[\w.+-]*/[\w./+-]*$|\.(swift|sh|md)$"#) && !$0.hasPrefix("/") }
            .filter { !exists($0) && !exists("Sources/\($0)") }
            .map { "there is no '\($0)'" }
    }
}
