import ArgumentParser
import SFSClient
import SFSCore
import SFSWire

/// `sfs prune`: removes what nothing needs any more.
struct Prune: Verb {
    static let configuration = CommandConfiguration(
        commandName: "prune", abstract: "Remove what nothing needs any more.",
        discussion: """
            It touches only what is already dead, so it acts at once, and may run on every node \
            in the same second.
            """)

    @Option(
        help: ArgumentHelp(
            "Only this kind; may be repeated: \(PruneKind.names).", valueName: "kind"))
    var only: [PruneKind] = []

    @Flag(help: "Only show what would go.")
    var dryRun = false

    @OptionGroup var global: GlobalOptions

    func run(_ session: Session) async throws -> Answer {
        let entries = try await session.prism.prune(
            PruneOrder(only: only.isEmpty ? nil : only, dryRun: dryRun))
        if session.output.isJSON {
            for entry in entries { try session.output.json(entry) }
        } else {
            try session.output.line(
                Self.lines(for: entries, isTrial: dryRun).joined(separator: "\n"))
        }
        let failed = entries.filter { $0.problem != nil }
        for entry in failed {
            let place = entry.store.map { "store '\($0)'" } ?? "the catalog"
            session.output.fail(
                SFSError(
                    .partial,
                    "cannot prune \(entry.kind.rawValue) of \(place): \(entry.problem ?? "")"))
        }
        return failed.isEmpty ? .yes : .failed(.partial)
    }

    /// The report for a person.
    static func lines(for entries: [PruneReply.Entry], isTrial: Bool) -> [String] {
        let heading = ["KIND", "WHERE", isTrial ? "WOULD GO" : "GONE", "BYTES"]
        let rows = entries.filter { $0.problem == nil }.map { entry in
            [
                entry.kind.rawValue, entry.store?.text ?? "catalog", "\(entry.count)",
                entry.bytes > 0 ? ByteCount(entry.bytes).description : "-",
            ]
        }
        let bytes = entries.reduce(0) { $0 + max(0, $1.bytes) }
        let total = isTrial ? "would be freed" : "freed"
        return Table.lines([heading] + rows) + ["", "\(ByteCount(bytes)) \(total)"]
    }
}

extension PruneKind {
    fileprivate static var names: String { allCases.map(\.rawValue).joined(separator: ", ") }
}
