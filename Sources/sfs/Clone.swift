import ArgumentParser
import SFSClient
import SFSCore
import SFSWire

/// `sfs clone`: more copies of contents, or fewer, here or there.
struct Clone: Verb {
    static let configuration = CommandConfiguration(
        commandName: "clone", abstract: "Make more copies of contents, or move or remove some.",
        discussion: "What adds copies begins at once; what takes some away asks, or wants --apply.")

    @OptionGroup var choice: ContentChoice
    @OptionGroup var condition: CopyCondition

    @Option(
        help: ArgumentHelp(
            "Have so many copies from now on. Without it, as many as each content wants.",
            valueName: "count"))
    var copies: Int?

    @Option(
        help: ArgumentHelp(
            "Have one copy on this store, or in this zone.", valueName: "store|zone:zone"),
        completion: LiveNames.places.completion)
    var to: Place?

    @Option(
        help: ArgumentHelp(
            "Have no copy on this store, or in this zone.", valueName: "store|zone:zone"),
        completion: LiveNames.places.completion)
    var away: Place?

    @Flag(help: "Remove copies beyond the number, each after proof that enough others are good.")
    var remove = false

    @Flag(help: "Copy from a replica without reading all of it first; what comes is still checked.")
    var noVerify = false

    @OptionGroup var consent: ApplyOptions
    @OptionGroup var plan: PlanOptions
    @OptionGroup var global: GlobalOptions

    private static let copiesMaximum = 64

    /// Whether a replica may go from where it is.
    private var takesAway: Bool { remove || away != nil }

    func validate() throws {
        if let copies, !(1...Self.copiesMaximum).contains(copies) {
            throw ValidationError("--copies must be from 1 to \(Self.copiesMaximum)")
        }
        if consent.apply, !takesAway {
            throw ValidationError("--apply is for --remove and --away; the rest begins at once")
        }
    }

    func run(_ session: Session) async throws -> Answer {
        if let hash = choice.detail { return try await Stat.show(hash, session) }
        var run = PlanRun(plan.terms, consent: takesAway ? consent : nil, session)
        // How many copies contents want is kept, though they have so many now.
        run.appliesEmpty = copies != nil
        var named: [[ContentHash]] = []
        do {
            try await choice.forEachSelection { selection in
                if let hashes = selection.hashes { named.append(hashes) }
                try await run.propose(PlanOrder(clone: order(selection)))
            }
        } catch {
            run.noteBegun()
            throw error
        }
        let answer = try await run.finish(question(run.summaries))
        guard answer == .yes, run.summaries.contains(where: { !$0.leftAlone.isEmpty }) else {
            return answer
        }
        return try await lookFor(named, session)
    }

    /// Tells which of the contents that were named are not there at all, as a script that names
    /// them wants to know.
    private func lookFor(_ batches: [[ContentHash]], _ session: Session) async throws -> Answer {
        var tally = Tally(output: session.output)
        for batch in batches { tally.note(try await session.prism.exists(batch)) }
        return tally.answer("contents are not in the cluster")
    }

    private func order(_ contents: ContentSelection) -> CloneOrder {
        CloneOrder(
            contents: contents, below: condition.below, at: condition.atAlone,
            above: condition.aboveAlone, copies: copies, toStore: to?.store, toZone: to?.zone,
            awayFromStore: away?.store,
            awayFromZone: away?.zone, removesSurplus: remove, verifiesSource: !noVerify)
    }

    /// `nil` when nothing is taken away after all.
    private func question(_ summaries: [PlanSummary]) -> String? {
        let removed = summaries.reduce(0) { $0 + $1.copiesRemoved }
        guard removed > 0 else { return nil }
        let lowest = summaries.compactMap(\.lowestCopies).min()
        return "this takes \(removed) copies away"
            + (lowest.map { "; no content has fewer than \($0) on the way" } ?? "")
    }
}
