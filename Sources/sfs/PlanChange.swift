import ArgumentParser
import SFSClient
import SFSCore
import SFSWire

/// Which plans become what, for the verbs below.
struct PlanChange: ParsableArguments, Sendable {
    @Argument(
        help: ArgumentHelp("Which, as 'sfs plan list' shows them.", valueName: "plan"),
        completion: LiveNames.plans.completion)
    var plans: [Number]

    /// Has each of them changed, and goes on past those that cannot be.
    func make(_ change: TaskChange, _ session: Session) async throws -> Answer {
        var tally = Tally(output: session.output)
        for number in plans {
            try await tally.attempt {
                let plan = try await session.prism.changePlan(number.value, change)
                if session.output.isJSON { return try session.output.json(plan) }
                try session.output.line("plan \(plan.plan) is \(plan.state.rawValue)")
            }
        }
        return tally.answer("plans were not changed")
    }
}

/// `sfs plan pause N…`: has stores begin nothing more for plans.
struct PlanPause: Verb {
    static let configuration = CommandConfiguration(
        commandName: "pause", abstract: "Begin nothing more for plans until they are resumed.")

    @OptionGroup var change: PlanChange
    @OptionGroup var global: GlobalOptions

    func run(_ session: Session) async throws -> Answer { try await change.make(.pause, session) }
}

/// `sfs plan resume N…`: goes on with plans that were paused.
struct PlanResume: Verb {
    static let configuration = CommandConfiguration(
        commandName: "resume", abstract: "Go on with plans that were paused.")

    @OptionGroup var change: PlanChange
    @OptionGroup var global: GlobalOptions

    func run(_ session: Session) async throws -> Answer { try await change.make(.resume, session) }
}

/// `sfs plan cancel N…`: leaves undone what plans have not done yet.
struct PlanCancel: Verb {
    static let configuration = CommandConfiguration(
        commandName: "cancel", abstract: "Leave undone what plans have not done yet.")

    @OptionGroup var change: PlanChange
    @OptionGroup var global: GlobalOptions

    func run(_ session: Session) async throws -> Answer { try await change.make(.cancel, session) }
}
