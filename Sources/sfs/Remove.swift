import ArgumentParser
import SFSClient
import SFSCore
import SFSWire

/// `sfs rm HASH…`: deletes contents from the whole cluster.
struct Remove: Verb {
    static let configuration = CommandConfiguration(
        commandName: "rm", abstract: "Delete contents from the whole cluster.",
        discussion: """
            Shows what goes and asks on a terminal; elsewhere it wants --apply. 'sfs undelete' \
            brings contents back until the trash is emptied.
            """)

    @OptionGroup var contents: HashList
    @OptionGroup var consent: ApplyOptions
    @OptionGroup var audit: AuditOptions

    @Flag(help: "Wait until every store has put its file into the trash.")
    var wait = false

    @OptionGroup var global: GlobalOptions

    func validate() throws {
        try contents.check()
    }

    func run(_ session: Session) async throws -> Answer {
        var tally = Tally(output: session.output)
        // Deleted is deleted once the plan is applied; a store that is away hears of it later.
        let terms = PlanTerms(dryRun: audit.dryRun, reason: audit.reason, isDetached: !wait)
        var run = PlanRun(terms, consent: consent, session)
        try await contents.forEachBatch(of: ContentSelection.hashesMaximum) { batch in
            let known = try await session.prism.exists(batch)
            tally.note(known)
            let hashes = known.filter(\.exists).map(\.hash)
            guard !hashes.isEmpty else { return }
            try await run.propose(PlanOrder(remove: RemoveOrder(hashes: hashes)))
        }
        let answer = try await run.finish(Self.question(run.summaries))
        guard answer == .yes else { return answer }
        if !audit.dryRun, !session.output.isJSON {
            let count = run.summaries.reduce(0) { $0 + $1.contents }
            try session.output.line("contents deleted: \(count)")
        }
        return tally.answer("contents are not in the cluster")
    }

    private static func question(_ plans: [PlanSummary]) -> String {
        let contents = plans.reduce(0) { $0 + $1.contents }
        let copies = plans.reduce(0) { $0 + $1.copiesRemoved }
        return "this deletes \(contents) contents, \(copies) copies, from the whole cluster"
    }
}

extension Tally {
    /// Names each content that is not there.
    mutating func note(_ contents: [ExistsReply.Entry]) {
        for entry in contents {
            if entry.exists {
                succeed()
            } else {
                fail(SFSError(.notFound, "'\(entry.hash)' is not in the cluster"))
            }
        }
    }
}
