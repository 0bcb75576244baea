import ArgumentParser
import SFSClient
import SFSCore
import SFSWire

/// `sfs task list`: a line for each task.
struct TaskList: Verb {
    static let configuration = CommandConfiguration(
        commandName: "list", abstract: "List tasks, oldest first.")

    @Option(
        help: ArgumentHelp("Only those of this plan.", valueName: "plan"),
        completion: LiveNames.plans.completion)
    var plan: Number?

    @Option(
        help: ArgumentHelp("Only those that this store does.", valueName: "store"),
        completion: LiveNames.stores.completion)
    var store: MemberName?

    @Option(help: ArgumentHelp("Only those in this state.", valueName: "state"))
    var state: TaskState?

    @Option(help: ArgumentHelp("At most so many; usually all.", valueName: "count"))
    var limit: Int?

    @OptionGroup var global: GlobalOptions

    private static let pageLength = 1000

    func validate() throws {
        if let limit, limit < 1 { throw ValidationError("--limit must be 1 or more") }
    }

    func run(_ session: Session) async throws -> Answer {
        var after: Int64?
        var rest = limit ?? .max
        while rest > 0 {
            let tasks = try await session.prism.tasks(
                plan: plan?.value, store: store, state: state, after: after,
                limit: min(rest, Self.pageLength))
            if session.output.isJSON {
                for task in tasks { try session.output.json(task) }
            } else if !tasks.isEmpty {
                let lines = Self.lines(for: tasks, heading: after == nil)
                try session.output.line(lines.joined(separator: "\n"))
            }
            guard let last = tasks.last else { return .yes }
            after = last.task
            rest -= tasks.count
        }
        return .yes
    }

    /// The rows for a person; what has no fixed width stands at the end.
    static func lines(for tasks: [TaskReply], heading: Bool) -> [String] {
        let titles = [
            "TASK", "PLAN", "KIND", "STATE", "STORE", "SOURCE", "SIZE", "DONE", "TRIES", "HASH",
            "PROBLEM",
        ]
        let rows = tasks.map { task in
            [
                "\(task.task)", task.plan.map { "\($0)" } ?? "-", task.kind.rawValue,
                task.state.rawValue, task.store.text, task.source?.text ?? "-",
                ByteCount(max(0, task.size)).description, TaskText.progress(task),
                "\(task.attempts)", task.hash.hex,
                task.problem.map { Printable.line($0) } ?? "-",
            ]
        }
        return Table.lines((heading ? [titles] : []) + rows)
    }
}
