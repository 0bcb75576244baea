package import SFSCore

/// One movement of one replica that is not done yet.
///
/// What a store claimed is this record with its fence: whoever holds an older fence may not end it.
package struct TaskRecord: Sendable, Hashable {
    /// Given once, never reused.
    package var number: Int64
    package var kind: TaskKind
    package var hash: ContentHash
    /// Of the content; `restore`: that which it is to have.
    package var generation: Int32
    /// Bytes of the content.
    package var size: Int64
    /// The store that does the work.
    package var store: StoreNumber
    /// `clone`: whom to ask first; `move`: who gives its replica up then.
    package var source: StoreNumber?
    /// Whether the replica is one for load, never counted for durability.
    package var isExtra: Bool
    /// The plan that it is of; `nil` = of none.
    package var plan: Int64?
    /// 0 = most urgent … 9.
    package var priority: Int
    package var state: TaskState
    /// How often it was claimed since it was made, or tried anew.
    package var attempts: Int
    /// Counts its claims, and whatever else takes it away from its claimant.
    package var fence: Int64
    /// Bytes that are behind it, as its claimant said last.
    package var bytesDone: Int64
    package var created: Timestamp
    /// Until then it is not claimed; `failed`: until then nothing takes its place.
    package var runAfter: Timestamp
    /// Who wanted it, for the audit.
    package var actor: String
    /// Why, for the audit.
    package var reason: String
    /// Why it failed or was put off the last time.
    package var problem: String?

    package init(
        number: Int64, kind: TaskKind, hash: ContentHash, generation: Int32, size: Int64,
        store: StoreNumber, source: StoreNumber? = nil, isExtra: Bool = false, plan: Int64? = nil,
        priority: Int, state: TaskState, attempts: Int, fence: Int64, bytesDone: Int64,
        created: Timestamp, runAfter: Timestamp, actor: String, reason: String,
        problem: String? = nil
    ) {
        self.number = number
        self.kind = kind
        self.hash = hash
        self.generation = generation
        self.size = size
        self.store = store
        self.source = source
        self.isExtra = isExtra
        self.plan = plan
        self.priority = priority
        self.state = state
        self.attempts = attempts
        self.fence = fence
        self.bytesDone = bytesDone
        self.created = created
        self.runAfter = runAfter
        self.actor = actor
        self.reason = reason
        self.problem = problem
    }

    /// What it adds to the bytes of its plan: those that it moves or reads again.
    var planBytes: Int64 { kind.countsBytes ? size : 0 }
}

extension TaskKind {
    /// Whether its bytes are moved or read again, so that they take their time.
    var countsBytes: Bool {
        switch self {
        case .clone, .move, .verify: true
        case .remove, .trash, .restore: false
        }
    }
}
