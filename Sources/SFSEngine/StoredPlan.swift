import SFSCatalog
import SFSCore
import SFSWire

/// What is kept of a plan as JSON in its row: what was shown, and what applying needs besides.
struct StoredPlan: Sendable, Codable {
    let summary: PlanSummary
    /// Contents of which nothing moves, and that want another number of copies.
    let wants: [ContentHash]?
    /// The number of the store that it empties.
    let drains: StoreNumber?

    init(_ made: MadePlan) {
        summary = made.summary
        wants = made.wants.isEmpty ? nil : made.wants
        drains = made.drains
    }

    init(_ record: PlanRecord) throws(SFSError) {
        self = try JSON.decode(StoredPlan.self, from: record.summary.utf8)
    }

    /// The text for the row.
    func text() throws(SFSError) -> String {
        String(decoding: try JSON.encode(self), as: UTF8.self)
    }
}

extension PlanReply {
    /// What is known of a plan.
    init(_ record: PlanRecord) throws(SFSError) {
        self.init(
            plan: record.number, kind: record.kind, state: record.state, actor: record.actor,
            reason: record.reason, createdAt: record.created, appliedAt: record.applied,
            endedAt: record.ended, summary: try StoredPlan(record).summary,
            bandwidth: record.bandwidth, concurrency: record.concurrency, tasks: record.tasks,
            tasksDone: record.tasksDone, tasksFailed: record.tasksFailed, bytes: record.bytes,
            bytesDone: record.bytesDone, problem: record.problem)
    }
}
