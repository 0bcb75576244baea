import ArgumentParser
import Glibc
import SFSCore

/// The program: parse, run one verb, say what happened by the exit status.
@main
enum Program {
    static func main() async {
        // Writing to a pipe whose reader has gone must give an error, not end the process.
        signal(SIGPIPE, SIG_IGN)
        let arguments = GlobalOptions.movedBehindVerb(Arguments.all())
        let output = Output(isJSON: arguments.contains("--json"))
        do {
            try External.runIfAsked(arguments)
            if try Help.showIfAsked(arguments, output) { return }
            var command = try Sfs.parseAsRoot(arguments)
            switch command {
            case let verb as any Verb: exit(await Execution.run(verb))
            // One that only has commands below it.
            case _ where !type(of: command).configuration.subcommands.isEmpty:
                output.explain(Sfs.helpMessage(for: type(of: command)))
                exit(ErrorCode.usage.exitStatus)
            // One of the parser's own, which throws what it wants to say.
            default: try command.run()
            }
        } catch let error as SFSError {
            output.fail(error)
            exit(error.code.exitStatus)
        } catch {
            exit(ParserMessage(error, for: arguments).show(output))
        }
    }
}
