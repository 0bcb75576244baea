import ArgumentParser
import SFSClient
import SFSCore
import SFSWire

/// `sfs plan show N`: all that a plan says.
struct PlanShow: Verb {
    static let configuration = CommandConfiguration(
        commandName: "show", abstract: "Show all that a plan says.")

    @Argument(
        help: ArgumentHelp("Which, as 'sfs plan list' shows them.", valueName: "plan"),
        completion: LiveNames.plans.completion)
    var plan: Number

    @Flag(help: "Show what each store is to do with each content instead.")
    var steps = false

    @OptionGroup var global: GlobalOptions

    private static let pageLength = 1000

    func run(_ session: Session) async throws -> Answer {
        if steps { return try await showSteps(session) }
        let reply = try await session.prism.plan(plan.value)
        if session.output.isJSON {
            try session.output.json(reply)
        } else {
            try session.output.line(PlanReport(plan: reply).lines.joined(separator: "\n"))
        }
        return .yes
    }

    private func showSteps(_ session: Session) async throws -> Answer {
        var after: ContentHash?
        while true {
            let steps = try await session.prism.planSteps(
                plan.value, after: after, limit: Self.pageLength)
            guard let last = steps.last else { return .yes }
            if session.output.isJSON {
                for step in steps { try session.output.json(step) }
            } else {
                let lines = steps.map { step in
                    let source = step.source.map { " from \($0)" } ?? ""
                    return "\(step.hash) \(step.kind.rawValue) \(step.store)\(source)"
                }
                try session.output.line(lines.joined(separator: "\n"))
            }
            after = last.hash
        }
    }
}
