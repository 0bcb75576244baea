import ArgumentParser
import SFSClient
import SFSCore
import SFSWire

/// `sfs undelete HASH…`: brings deleted contents back from the trash.
struct Undelete: Verb {
    static let configuration = CommandConfiguration(
        commandName: "undelete", abstract: "Bring deleted contents back from the trash.")

    @OptionGroup var contents: HashList
    @OptionGroup var plan: PlanOptions
    @OptionGroup var global: GlobalOptions

    func validate() throws {
        try contents.check()
    }

    func run(_ session: Session) async throws -> Answer {
        var run = PlanRun(plan.terms, consent: nil, session)
        var batches: [[ContentHash]] = []
        do {
            try await contents.forEachBatch(of: ContentSelection.hashesMaximum) { batch in
                batches.append(batch)
                try await run.propose(PlanOrder(undelete: UndeleteOrder(hashes: batch)))
            }
        } catch {
            run.noteBegun()
            throw error
        }
        let answer = try await run.finish(nil)
        guard answer == .yes, !plan.detach, !plan.audit.dryRun else { return answer }
        var tally = Tally(output: session.output)
        for batch in batches { tally.note(try await session.prism.exists(batch)) }
        return tally.answer("contents did not come back")
    }
}
