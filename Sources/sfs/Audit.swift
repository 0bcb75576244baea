import ArgumentParser
import SFSClient
import SFSCore
import SFSWire

/// `sfs audit`: who did what, when and why.
struct Audit: Verb {
    static let configuration = CommandConfiguration(
        commandName: "audit", abstract: "Show who changed what and why, newest first.")

    @Option(
        help: ArgumentHelp(
            "Only about this: a hash, a member, an account.", valueName: "subject"))
    var subject: String?

    @Option(help: ArgumentHelp("Only by this one.", valueName: "actor"))
    var actor: String?

    @Option(
        help: ArgumentHelp(
            "Only since then: 2026-11-22, 2026-11-22T09:30:00Z, or 7d ago.", valueName: "time"))
    var since: Moment?

    @Option(help: ArgumentHelp("At most so many lines.", valueName: "count"))
    var limit = 100

    @OptionGroup var global: GlobalOptions

    private static let pageLength = 1000

    func validate() throws {
        guard limit >= 1 else { throw ValidationError("--limit must be 1 or more") }
        if subject == "" || actor == "" { throw ValidationError("an argument is empty") }
    }

    func run(_ session: Session) async throws -> Answer {
        var question = AuditQuestion(subject: subject, actor: actor, since: since?.time)
        var rest = limit
        while rest > 0 {
            question.limit = min(rest, Self.pageLength)
            let entries = try await session.prism.audit(question)
            guard let last = entries.last else { break }
            for entry in entries { try show(entry, session.output) }
            question.before = last.number
            rest -= entries.count
        }
        return .yes
    }

    private func show(_ entry: AuditEntry, _ output: Output) throws {
        if output.isJSON { return try output.json(entry) }
        let words = [entry.at.description, entry.actor, entry.action, entry.subject]
        let reason = entry.reason.isEmpty ? "" : ": \(Printable.line(entry.reason))"
        try output.line(words.map { Printable.line($0) }.joined(separator: " ") + reason)
    }
}
