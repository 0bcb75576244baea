import ArgumentParser
import SFSClient
import SFSCore
import SFSWire

/// `sfs plan list`: a line for each plan.
struct PlanList: Verb {
    static let configuration = CommandConfiguration(
        commandName: "list", abstract: "List plans, newest first.")

    @Option(help: ArgumentHelp("Only those in this state.", valueName: "state"))
    var state: PlanState?

    @Option(help: ArgumentHelp("At most so many.", valueName: "count"))
    var limit = 100

    @OptionGroup var global: GlobalOptions

    /// What a prism gives at once.
    private static let limitMaximum = 1000

    func validate() throws {
        guard (1...Self.limitMaximum).contains(limit) else {
            throw ValidationError("--limit must be from 1 to \(Self.limitMaximum)")
        }
    }

    func run(_ session: Session) async throws -> Answer {
        let plans = try await session.prism.plans(state: state, limit: limit)
        if session.output.isJSON {
            for plan in plans { try session.output.json(plan) }
        } else {
            try session.output.line(Self.lines(for: plans).joined(separator: "\n"))
        }
        return .yes
    }

    /// The list for a person; what has no fixed width stands at the end.
    static func lines(for plans: [PlanReply]) -> [String] {
        let heading = [
            "PLAN", "KIND", "STATE", "CONTENTS", "TO MOVE", "TASKS", "DONE", "FAILED", "CREATED",
            "BY", "REASON",
        ]
        let rows = plans.map { plan in
            [
                "\(plan.plan)", plan.kind.rawValue, plan.state.rawValue,
                "\(plan.summary.contents)", ByteCount(max(0, plan.summary.bytes)).description,
                "\(plan.tasks)", "\(plan.tasksDone)", "\(plan.tasksFailed)",
                plan.createdAt.description, Printable.line(plan.actor),
                plan.reason.isEmpty ? "-" : Printable.line(plan.reason),
            ]
        }
        return Table.lines([heading] + rows)
    }
}
