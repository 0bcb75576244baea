import ArgumentParser
import SFSClient
import SFSCore
import SFSWire

/// Which tasks become what, for the verbs below: by number, plan or state.
struct TaskChoice: ParsableArguments, Sendable {
    @Argument(help: ArgumentHelp("Which, as 'sfs task list' shows them.", valueName: "task"))
    var tasks: [Number] = []

    @Option(
        help: ArgumentHelp("All tasks of this plan.", valueName: "plan"),
        completion: LiveNames.plans.completion)
    var plan: Number?

    @Option(help: ArgumentHelp("All tasks in this state.", valueName: "state"))
    var state: TaskState?

    func validate() throws {
        guard [!tasks.isEmpty, plan != nil, state != nil].filter(\.self).count == 1 else {
            throw ValidationError("say which: numbers, --plan or --state")
        }
    }

    /// Has them changed, and prints how many were.
    func make(_ change: TaskChange, _ done: String, _ session: Session) async throws -> Answer {
        let numbers = Set(tasks.map(\.value))
        let count = try await session.prism.changeTasks(
            TaskOrder(
                change: change, tasks: tasks.isEmpty ? nil : numbers.sorted(), plan: plan?.value,
                state: state))
        if session.output.isJSON {
            try session.output.json(CountReply(count: count))
        } else {
            try session.output.line("tasks \(done): \(count)")
        }
        guard count < numbers.count else { return .yes }
        let missing = numbers.count - Int(max(0, count))
        let code: ErrorCode = count == 0 ? .notFound : .partial
        session.output.fail(
            SFSError(
                code, "\(missing) of \(numbers.count) tasks are not there, or cannot be \(done)"))
        return .failed(code)
    }
}

/// `sfs task pause …`: leaves tasks until they are resumed.
struct TaskPause: Verb {
    static let configuration = CommandConfiguration(
        commandName: "pause", abstract: "Leave tasks until they are resumed.")

    @OptionGroup var choice: TaskChoice
    @OptionGroup var global: GlobalOptions

    func run(_ session: Session) async throws -> Answer {
        try await choice.make(.pause, "paused", session)
    }
}

/// `sfs task resume …`: goes on with tasks that were paused.
struct TaskResume: Verb {
    static let configuration = CommandConfiguration(
        commandName: "resume", abstract: "Go on with tasks that were paused.")

    @OptionGroup var choice: TaskChoice
    @OptionGroup var global: GlobalOptions

    func run(_ session: Session) async throws -> Answer {
        try await choice.make(.resume, "resumed", session)
    }
}

/// `sfs task cancel …`: takes tasks back.
struct TaskCancel: Verb {
    static let configuration = CommandConfiguration(
        commandName: "cancel", abstract: "Take tasks back.")

    @OptionGroup var choice: TaskChoice
    @OptionGroup var global: GlobalOptions

    func run(_ session: Session) async throws -> Answer {
        try await choice.make(.cancel, "cancelled", session)
    }
}

/// `sfs task retry …`: tries tasks again that failed too often.
struct TaskRetry: Verb {
    static let configuration = CommandConfiguration(
        commandName: "retry", abstract: "Try tasks again that were set aside.")

    @OptionGroup var choice: TaskChoice
    @OptionGroup var global: GlobalOptions

    func run(_ session: Session) async throws -> Answer {
        try await choice.make(.retry, "tried again", session)
    }
}
