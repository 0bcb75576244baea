package import SFSCore

/// A task to be added.
package struct NewTask: Sendable, Hashable {
    package var kind: TaskKind
    package var hash: ContentHash
    /// Of the content, 1 or more.
    package var generation: Int32
    /// Bytes of the content, not negative.
    package var size: Int64
    /// The store that is to do the work.
    package var store: StoreNumber
    /// `clone`: whom to ask first; `move`: who gives its replica up then.
    package var source: StoreNumber?
    /// Whether the replica is one for load, never counted for durability.
    package var isExtra: Bool
    /// The plan that it is of; `nil` = of none.
    package var plan: Int64?
    /// 0 = most urgent … 9.
    package var priority: Int
    /// Who wants it, for the audit.
    package var actor: String
    /// Why, for the audit.
    package var reason: String

    package init(
        kind: TaskKind, hash: ContentHash, generation: Int32, size: Int64, store: StoreNumber,
        source: StoreNumber? = nil, isExtra: Bool = false, plan: Int64? = nil, priority: Int,
        actor: String, reason: String
    ) {
        self.kind = kind
        self.hash = hash
        self.generation = generation
        self.size = size
        self.store = store
        self.source = source
        self.isExtra = isExtra
        self.plan = plan
        self.priority = priority
        self.actor = actor
        self.reason = reason
    }
}
