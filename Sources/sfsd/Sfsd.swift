import ArgumentParser
import Glibc
import SFSCore

/// The daemon of StretchFS: any number of prisms and stores in one process.
@main
struct Sfsd: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "sfsd",
        abstract: "Run the prisms and stores of a StretchFS cluster.",
        version: "sfsd \(Version.text)",
        subcommands: [Run.self, Dev.self, Check.self])

    static func main() async {
        ProcessLimits.prepare()
        do {
            let command = try parseAsRoot(Arguments.all())
            if var command = command as? any AsyncParsableCommand {
                try await command.run()
            } else {
                var command = command
                try command.run()
            }
        } catch {
            leave(error)
        }
    }

    /// Says on stderr why the program ends, and ends it with the status of `error`.
    private static func leave(_ error: any Error) -> Never {
        if let error = error as? SFSError {
            Output.standardError("sfsd: \(error.message)\n")
            if let cause = error.cause { Output.standardError("sfsd: because: \(cause)\n") }
            Glibc.exit(error.code.exitStatus)
        }
        let text = fullMessage(for: error)
        let status = exitCode(for: error).rawValue
        if status == 0 {
            Output.standardOutput(text + "\n")
        } else if !text.isEmpty {
            let sentence = text.hasPrefix("Error: ") ? String(text.dropFirst(7)) : text
            Output.standardError("sfsd: \(sentence)\n")
        }
        Glibc.exit(status)
    }
}
