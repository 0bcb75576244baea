import ArgumentParser
import SFSClient
import SFSCore
import SFSWire

/// `sfs exists HASH…`: which contents are there.
struct Exists: Verb {
    static let configuration = CommandConfiguration(
        commandName: "exists", abstract: "Ask which contents are in the cluster.",
        discussion: "Exits with 0 when all are there and with 1 when not.")

    @Argument(help: ArgumentHelp("What to ask for.", valueName: "hash"))
    var hashes: [String] = []

    @OptionGroup var list: ListOptions

    @Flag(help: "Print only those that are not there.")
    var missing = false

    @OptionGroup var global: GlobalOptions

    func validate() throws {
        try list.validate(against: hashes)
    }

    func run(_ session: Session) async throws -> Answer {
        var isComplete = true
        var batch: [ContentHash] = []
        for line in try list.lines(or: hashes) {
            batch.append(try line.hash())
            guard batch.count == ExistsRequest.contentsPerRequestMaximum else { continue }
            isComplete = try await ask(batch, session) && isComplete
            batch = []
        }
        isComplete = try await ask(batch, session) && isComplete
        return isComplete ? .yes : .no
    }

    /// Asks for one batch and prints the answers; whether all are there.
    private func ask(_ batch: [ContentHash], _ session: Session) async throws -> Bool {
        let entries = try await session.prism.exists(batch)
        let shown = missing ? entries.filter { !$0.exists } : entries
        if session.output.isJSON {
            for entry in shown { try session.output.json(entry) }
        } else if !shown.isEmpty {
            // One write for the batch: ten thousand would take longer than the question.
            let lines = shown.map { "\($0.hash) \($0.exists ? "yes" : "no") \($0.copies)" }
            try session.output.line(lines.joined(separator: "\n"))
        }
        return entries.allSatisfy(\.exists)
    }
}
