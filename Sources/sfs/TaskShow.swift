import ArgumentParser
import SFSClient
import SFSCore
import SFSWire

/// `sfs task show N`: all that is known of a task.
struct TaskShow: Verb {
    static let configuration = CommandConfiguration(
        commandName: "show", abstract: "Show all that is known of a task.",
        discussion: "One that is done is not kept.")

    @Argument(help: ArgumentHelp("Which, as 'sfs task list' shows them.", valueName: "task"))
    var task: Number

    @OptionGroup var global: GlobalOptions

    func run(_ session: Session) async throws -> Answer {
        let task = try await session.prism.task(task.value)
        if session.output.isJSON {
            try session.output.json(task)
        } else {
            try session.output.line(Self.lines(for: task).joined(separator: "\n"))
        }
        return .yes
    }

    /// The report for a person.
    static func lines(for task: TaskReply) -> [String] {
        Table.lines([
            ["task", "\(task.task)"],
            ["work", TaskText.work(task)],
            ["state", task.state.rawValue],
            ["plan", task.plan.map { "\($0)" } ?? "-"],
            ["source", task.source?.text ?? "-"],
            ["size", ByteCount(max(0, task.size)).description],
            ["done", ByteCount(max(0, task.bytesDone)).description],
            ["tries", "\(task.attempts)"],
            ["created", task.createdAt.description],
            ["not before", task.runAfter?.description ?? "-"],
            ["by", Printable.line(task.actor)],
            ["reason", task.reason.isEmpty ? "-" : Printable.line(task.reason)],
            ["problem", task.problem.map { Printable.line($0) } ?? "-"],
        ])
    }
}
