package import SFSCore

/// A task as the API shows it.
package struct TaskReply: Sendable, Hashable, Codable {
    package var task: Int64
    package var kind: TaskKind
    package var state: TaskState
    package var hash: ContentHash
    /// The store that does the work.
    package var store: MemberName
    package var source: MemberName?
    /// Bytes of the content, and how many of them are behind it.
    package var size: Int64
    package var bytesDone: Int64
    package var plan: Int64?
    package var attempts: Int
    package var createdAt: Timestamp
    /// When it may be tried again; `nil` = now.
    package var runAfter: Timestamp?
    package var actor: String
    package var reason: String
    /// Why it failed the last time.
    package var problem: String?

    package init(
        task: Int64, kind: TaskKind, state: TaskState, hash: ContentHash, store: MemberName,
        source: MemberName? = nil, size: Int64, bytesDone: Int64, plan: Int64? = nil,
        attempts: Int, createdAt: Timestamp, runAfter: Timestamp? = nil, actor: String,
        reason: String, problem: String? = nil
    ) {
        self.task = task
        self.kind = kind
        self.state = state
        self.hash = hash
        self.store = store
        self.source = source
        self.size = size
        self.bytesDone = bytesDone
        self.plan = plan
        self.attempts = attempts
        self.createdAt = createdAt
        self.runAfter = runAfter
        self.actor = actor
        self.reason = reason
        self.problem = problem
    }
}

/// Tasks by number.
package struct TaskList: Sendable, Hashable, Codable {
    package var tasks: [TaskReply]

    package init(tasks: [TaskReply]) {
        self.tasks = tasks
    }
}

/// What is to become of tasks.
package enum TaskChange: String, Sendable, Hashable, Codable, CaseIterable {
    case pause
    case resume
    case cancel
    case retry
}

/// Which tasks change how; one of `tasks`, `plan` and `state` is set.
package struct TaskOrder: Sendable, Hashable, Codable {
    package var change: TaskChange
    package var tasks: [Int64]?
    package var plan: Int64?
    package var state: TaskState?

    package init(
        change: TaskChange, tasks: [Int64]? = nil, plan: Int64? = nil, state: TaskState? = nil
    ) {
        self.change = change
        self.tasks = tasks
        self.plan = plan
        self.state = state
    }
}

/// What is waiting and under way, in numbers.
package struct TaskTotals: Sendable, Hashable, Codable {
    package var waiting: Int64
    package var running: Int64
    package var paused: Int64
    package var failed: Int64
    /// Bytes that the waiting and running ones will move.
    package var bytes: Int64

    package init(waiting: Int64, running: Int64, paused: Int64, failed: Int64, bytes: Int64) {
        self.waiting = waiting
        self.running = running
        self.paused = paused
        self.failed = failed
        self.bytes = bytes
    }
}
