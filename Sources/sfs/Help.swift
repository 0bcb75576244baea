import ArgumentParser
import SFSCore

/// `sfs help [verb]`: the man page, or the parser's help where there is no man page.
struct Help: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "help", abstract: "Open the manual of a command.")

    @Argument(help: ArgumentHelp("The command; without one, 'sfs' itself.", valueName: "command"))
    var verbs: [String] = []

    /// Becomes man(1), or prints the help.
    ///
    /// - Throws: `SFSError` with code `.usage` for a command that does not exist.
    func show(_ output: Output) throws {
        let verb = verbs.first
        if let verb, !Sfs.verbs.contains(verb) {
            let remedy = Suggestion.nearest(to: verb, of: Sfs.verbs).map { "did you mean '\($0)'?" }
            throw SFSError(.usage, "'\(verb)' is not a command; \(remedy ?? "see 'sfs help'")")
        }
        let page = verb.map { "sfs-\($0)" } ?? "sfs"
        // Asked first, since there is no way back once this process has become man(1).
        if Process.succeeds("man", ["-w", page]) { Process.become("man", [page]) }
        let command = Sfs.configuration.subcommands.first { command in
            command.configuration.commandName == verb
        }
        try output.line(command.map { Sfs.helpMessage(for: $0) } ?? Sfs.helpMessage())
    }
}
