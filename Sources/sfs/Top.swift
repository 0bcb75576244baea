import ArgumentParser
import SFSClient
import SFSCore
import SFSWire

/// `sfs top`: the looking glass: stores, plans and tasks, live.
struct Top: Verb {
    static let configuration = CommandConfiguration(
        commandName: "top", abstract: "Show stores, plans and tasks as they change.",
        discussion: "On a terminal in place, until q or Ctrl-C; elsewhere one report after another."
    )

    @Option(help: ArgumentHelp("Seconds from one report to the next.", valueName: "seconds"))
    var interval = Interval(seconds: 2)

    @Option(help: ArgumentHelp("End after so many reports.", valueName: "count"))
    var count: Int?

    @OptionGroup var global: GlobalOptions

    private static let plansMaximum = 10
    private static let tasksMaximum = 50

    func validate() throws {
        if let count, count < 1 { throw ValidationError("--count must be 1 or more") }
    }

    func run(_ session: Session) async throws -> Answer {
        var rates = TaskRates()
        let screen = LiveScreen(
            output: session.output, interval: interval.duration, count: count)
        try await screen.run {
            let view = try await Self.look(session.prism)
            rates.update(view.tasks, at: .now)
            return try LiveScreen.Frame(
                lines: TopReport(view: view, rates: rates).lines, value: view)
        }
        return .yes
    }

    private static func look(_ prism: PrismClient) async throws -> TopView {
        async let plans = prism.plans(state: .running, limit: plansMaximum)
        async let tasks = prism.tasks(state: .running, limit: tasksMaximum)
        let status = try await prism.status()
        return TopView(status: status, plans: try await plans, tasks: try await tasks)
    }
}

/// What there is to see at one moment; one JSON object.
struct TopView: Sendable, Encodable {
    let status: StatusReply
    /// Those that are under way, newest first.
    let plans: [PlanReply]
    /// Those that are under way.
    let tasks: [TaskReply]
}

/// How fast tasks move bytes, from one look to the next.
struct TaskRates {
    private var lastBytes: [Int64: Int64] = [:]
    private var lastTime: ContinuousClock.Instant?
    private var rates: [Int64: Double] = [:]

    /// Takes up the tasks that are under way at `time`.
    mutating func update(_ tasks: [TaskReply], at time: ContinuousClock.Instant) {
        if let lastTime, time > lastTime {
            let seconds = (time - lastTime) / .seconds(1)
            rates = [:]
            for task in tasks {
                let before = lastBytes[task.task] ?? 0
                rates[task.task] = Double(max(0, task.bytesDone - before)) / seconds
            }
        }
        lastBytes = Dictionary(tasks.map { ($0.task, $0.bytesDone) }) { $1 }
        lastTime = time
    }

    /// Bytes a second of one task; `nil` before the second look.
    func rate(of task: TaskReply) -> Double? { rates[task.task] }

    /// Bytes a second of all.
    var total: Double { rates.values.reduce(0, +) }
}
