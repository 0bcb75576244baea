import ArgumentParser
import SFSClient
import SFSCore
import SFSWire

/// `sfs plan apply N`: does what was shown, or nothing.
struct PlanApply: Verb {
    static let configuration = CommandConfiguration(
        commandName: "apply", abstract: "Do what a plan has shown.",
        discussion: "It is refused when the cluster has changed since it was shown.")

    @Argument(
        help: ArgumentHelp("Which, as 'sfs plan list' shows them.", valueName: "plan"),
        completion: LiveNames.plans.completion)
    var plan: Number

    @Flag(help: "Do not wait until it is done.")
    var detach = false

    @OptionGroup var global: GlobalOptions

    func run(_ session: Session) async throws -> Answer {
        let applied = try await session.prism.applyPlan(plan.value)
        guard detach else {
            return try await PlanWatch(numbers: [applied.plan], session: session).run()
        }
        if session.output.isJSON {
            try session.output.json(applied)
        } else {
            try session.output.line("plan \(applied.plan) is \(applied.state.rawValue)")
        }
        return .yes
    }
}
