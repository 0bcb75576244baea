import ArgumentParser
import SFSCore

/// Asking before something is taken away.
struct ApplyOptions: ParsableArguments, Sendable {
    @Flag(help: "Do it without asking.")
    var apply = false

    /// Whether to go on: the person at the terminal is shown `plan` and says so, or `--apply` did.
    ///
    /// - Throws: `SFSError` with code `.usage` when nobody is there to be asked.
    func isWanted(_ plan: String, _ output: Output) throws(SFSError) -> Bool {
        if apply { return true }
        output.note(plan)
        guard Terminal.isThere else {
            throw SFSError(.usage, "nobody is there to be asked; use '--apply' to go on")
        }
        let answer = try Terminal.ask("Go on? [y/N] ").lowercased()
        guard answer == "y" || answer == "yes" else {
            output.note("nothing was changed")
            return false
        }
        return true
    }
}
