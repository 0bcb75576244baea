/// Whether declarations that other targets see are documented.
enum Documentation {
    /// What Swift itself or a protocol of the standard library specifies.
    static let known: Set<String> = [
        "description", "debugDescription", "customMirror", "makeAsyncIterator", "next", "encode",
        "hash", "<", "==", "Element", "Failure", "AsyncIterator", "Iterator",
    ]

    /// The functions that protocols of `sources` require: documented there, not where they are met.
    static func requirements(_ sources: [SourceFile]) -> Set<String> {
        var names: Set<String> = []
        for source in sources {
            var indentation: Int?
            for line in source.lines {
                if let open = indentation {
                    if line.hasPrefix(String(repeating: " ", count: open) + "}") {
                        indentation = nil
                    } else if let name = declaredName(line) {
                        names.insert(name)
                    }
                } else if line.has(#"^ *(package |private )?protocol \w"#), !line.hasSuffix("}") {
                    indentation = CodeLine.indentation(line)
                }
            }
        }
        return names
    }

    /// The `package` declarations of `source` that have no `///` above them.
    ///
    /// An initialiser that takes a value for each property needs none, nor does a stored property
    /// that follows another without a blank line, or the line that opens its type: those comments
    /// are about all of them.
    static func complaints(_ source: SourceFile, requirements: Set<String>) -> [String] {
        source.lines.enumerated().compactMap { index, line in
            guard line.has(#"^ *package (?!import\b)"#), let name = declaredName(line) else {
                return nil
            }
            if known.contains(name) || requirements.contains(name) || name == "init" { return nil }
            if isStored(line), index > 0, introduces(source.lines[index - 1]) { return nil }
            guard !isDocumented(index, in: source) else { return nil }
            return "\(source.path):\(index + 1): '\(name)' has no '///' above it"
        }
    }

    private static func isDocumented(_ index: Int, in source: SourceFile) -> Bool {
        var above = index - 1
        while above >= 0, source.lines[above].has(#"^ *@"#) { above -= 1 }
        return above >= 0 && source.lines[above].has(#"^ *///"#)
    }

    private static func isStored(_ line: String) -> Bool {
        line.has(#"^ *package (static )?(let|var) "#) && !line.hasSuffix("{")
    }

    private static func introduces(_ line: String) -> Bool {
        isStored(line) || line.has(#"^ *package (final )?(struct|class|enum) .*\{$"#)
    }

    private static func declaredName(_ line: String) -> String? {
        let pattern =
            #"^ *(?:(?:package|private\(set\)|final|static|mutating|indirect|override|nonisolated|convenience) )*"#
            + #"(?:func|struct|class|enum|protocol|actor|let|var|typealias|(?=init))\s?([\w<>=]+)"#
        // The pattern is constant and right.
        return (try? line.groups(pattern))?.first?.first
    }
}
