import ArgumentParser
import SFSCore

/// Names that the cluster has now, for completing a word at the shell's prompt.
///
/// This program is run once more to ask for them, with a limit on its time; where nobody answers,
/// nothing is offered and nothing is said.
enum LiveNames: String, ExpressibleByArgument, CaseIterable, Sendable {
    case members
    case prisms
    case stores
    case zones
    /// Stores, and zones as `zone:NAME`.
    case places
    /// Numbers of plans, newest first.
    case plans

    /// Longer than this nobody waits for a key.
    private static let patience = Duration.seconds(1)

    /// The completion of a word that is one of these.
    var completion: CompletionKind {
        .custom { words, _, _ in
            names(for: words, asking: "/proc/self/exe", within: Self.patience)
        }
    }

    /// The names, asked for by the program `sfs` with the options of the line that is completed.
    func names(for words: [String], asking sfs: String, within limit: Duration) -> [String] {
        let options = Self.connection(in: words)
        let output = Process.output(
            of: sfs, ["complete-names", rawValue] + options, within: limit)
        return output.split(separator: "\n").map { String($0) }
    }

    /// The options of the line that say whom to ask, as far as they are plain words.
    static func connection(in words: [String]) -> [String] {
        var options: [String] = []
        for (word, next) in zip(words, words.dropFirst() + [""]) where isPlain(word) {
            if GlobalOptions.withValue.contains(word), isPlain(next), !next.isEmpty {
                options += [word, next]
            } else if GlobalOptions.isAssignment(word) {
                options.append(word)
            }
        }
        return options
    }

    /// Whether the shell would give `word` to the program as it stands.
    private static func isPlain(_ word: String) -> Bool {
        !word.contains { #"'"\$`*?[~"#.contains($0) }
    }
}
