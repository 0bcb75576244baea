import ArgumentParser
import SFSCore

/// `sfs help [verb]`: the man page, or the parser's help where there is no man page.
///
/// Not one of the parser's commands, since it has a `help` of its own that cannot be left out.
enum Help {
    /// The name of the verb.
    static let verb = "help"

    /// Does it when `arguments` ask for it, and returns `true`; never returns where there is a man
    /// page, since man(1) takes the place of this program.
    ///
    /// - Throws: `SFSError` with code `.usage` for a command that does not exist.
    static func showIfAsked(_ arguments: [String], _ output: Output) throws -> Bool {
        let topics = arguments.dropFirst()
        guard arguments.first == verb, !topics.contains(where: { $0.hasPrefix("-") }) else {
            return false
        }
        let topic = topics.first
        if let topic, !Sfs.verbs.contains(topic) { throw Suggestion.unknown(topic) }
        let page = topic.map { "sfs-\($0)" } ?? "sfs"
        // Asked first, since there is no way back once this process has become man(1).
        if Process.succeeds("man", ["-w", page]) { try Process.become("man", [page]) }
        let command = Sfs.configuration.subcommands.first { command in
            command.configuration.commandName == topic
        }
        try output.line(command.map { Sfs.helpMessage(for: $0) } ?? Sfs.helpMessage())
        return true
    }
}
