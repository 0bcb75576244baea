import ArgumentParser
import SFSClient
import SFSCore
import SFSWire

/// `sfs store drain STORE`: brings everything that a store holds elsewhere.
struct StoreDrain: Verb {
    static let configuration = CommandConfiguration(
        commandName: "drain", abstract: "Bring everything that a store holds elsewhere.",
        discussion: """
            It takes nothing new from then on, and can be retired when it is empty. Shows a plan \
            and asks on a terminal; elsewhere it wants --apply.
            """)

    @Argument(
        help: ArgumentHelp("Which.", valueName: "store"), completion: LiveNames.stores.completion)
    var store: MemberName

    @OptionGroup var consent: ApplyOptions
    @OptionGroup var plan: PlanOptions
    @OptionGroup var global: GlobalOptions

    func run(_ session: Session) async throws -> Answer {
        var run = PlanRun(plan.terms, consent: consent, session)
        // A store that holds nothing is to take nothing new as well.
        run.appliesEmpty = true
        try await run.propose(PlanOrder(drain: DrainOrder(store: store)))
        let moved = run.summaries.reduce(0) { $0 + $1.copiesRemoved }
        return try await run.finish("this moves \(moved) copies away from store '\(store)'")
    }
}
