import ArgumentParser
import SFSClient
import SFSCore
import SFSWire

/// `sfs balance`: even fill, and copies spread over zones as they should be.
struct Balance: Verb {
    static let configuration = CommandConfiguration(
        commandName: "balance", abstract: "Move copies towards even fill.",
        discussion: """
            Shows a plan, and asks on a terminal; elsewhere it is kept, and applied with --apply \
            or 'sfs plan apply'.
            """)

    @Option(
        help: ArgumentHelp("Only this store gives and takes.", valueName: "store"),
        completion: LiveNames.stores.completion)
    var store: MemberName?

    @Option(
        help: ArgumentHelp("Only stores of this zone give and take.", valueName: "zone"),
        completion: LiveNames.zones.completion)
    var zone: MemberName?

    @Option(
        help: ArgumentHelp(
            "Leave stores alone that differ by no more points of fill.", valueName: "points"))
    var band: Int?

    @Flag(help: "Only ask whether there is anything to do: 0 = no, 1 = yes.")
    var check = false

    @OptionGroup var consent: ApplyOptions
    @OptionGroup var plan: PlanOptions
    @OptionGroup var global: GlobalOptions

    func validate() throws {
        if store != nil, zone != nil {
            throw ValidationError("--store and --zone exclude each other")
        }
        if let band, !(1...50).contains(band) {
            throw ValidationError("--band must be from 1 to 50")
        }
        if consent.apply, check || plan.audit.dryRun {
            throw ValidationError("--apply, --check and --dry-run exclude each other")
        }
    }

    func run(_ session: Session) async throws -> Answer {
        var terms = plan.terms
        if check { terms.dryRun = true }
        var run = PlanRun(terms, consent: consent, session)
        try await run.propose(
            PlanOrder(balance: BalanceOrder(store: store, zone: zone, band: band)))
        if check { return run.isEmpty ? .yes : .no }
        // Cron plans, a person applies: not an error, since nothing was asked for but a plan.
        guard run.isEmpty || consent.apply || Terminal.isThere || terms.dryRun else {
            run.noteHowToApply()
            return .yes
        }
        let moved = run.summaries.reduce(0) { $0 + $1.copiesRemoved }
        return try await run.finish("this moves \(moved) copies to other stores")
    }
}
