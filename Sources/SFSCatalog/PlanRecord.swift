package import SFSCore

/// A named set of tasks that is shown before it is applied.
package struct PlanRecord: Sendable, Hashable {
    /// Given once, never reused.
    package var number: Int64
    package var kind: PlanKind
    package var state: PlanState
    /// Who made it.
    package var actor: String
    package var reason: String
    /// JSON: what it says it will do, as it was shown.
    package var summary: String
    /// A digest of stores, zones and roles when it was made.
    package var members: String
    /// Bytes a second that each store may move for it; `nil` = as the store is set.
    package var bandwidth: Int64?
    /// Tasks of it that each store may do at once; `nil` = as the store is set.
    package var concurrency: Int?
    /// How many replicas its contents want once it is applied; `nil` = as before.
    package var want: Int?
    /// Its steps; once it runs, all tasks of it that there ever were: each removal that follows a
    /// move is one more.
    package var tasks: Int64
    package var tasksDone: Int64
    /// Those that are set aside now, after too many failures.
    package var tasksFailed: Int64
    /// Bytes that its tasks move or read.
    package var bytes: Int64
    package var bytesDone: Int64
    /// Why it was refused.
    package var problem: String?
    package var created: Timestamp
    package var applied: Timestamp?
    package var ended: Timestamp?

    package init(
        number: Int64, kind: PlanKind, state: PlanState, actor: String, reason: String,
        summary: String, members: String, bandwidth: Int64? = nil, concurrency: Int? = nil,
        want: Int? = nil, tasks: Int64, tasksDone: Int64, tasksFailed: Int64, bytes: Int64,
        bytesDone: Int64, problem: String? = nil, created: Timestamp, applied: Timestamp? = nil,
        ended: Timestamp? = nil
    ) {
        self.number = number
        self.kind = kind
        self.state = state
        self.actor = actor
        self.reason = reason
        self.summary = summary
        self.members = members
        self.bandwidth = bandwidth
        self.concurrency = concurrency
        self.want = want
        self.tasks = tasks
        self.tasksDone = tasksDone
        self.tasksFailed = tasksFailed
        self.bytes = bytes
        self.bytesDone = bytesDone
        self.problem = problem
        self.created = created
        self.applied = applied
        self.ended = ended
    }
}
