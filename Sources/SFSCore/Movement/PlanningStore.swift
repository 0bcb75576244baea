/// A store as plans see it.
package struct PlanningStore: Sendable, Hashable {
    package var facts: StoreFacts
    package var condition: StoreCondition
    /// Whether its replicas are to go elsewhere.
    package var isDraining: Bool
    /// Bytes of the replicas that are counted on it.
    package var usedBytes: Int64
    /// Bytes that it gave up lately: they lie in its trash, and will be free again.
    package var trashBytes: Int64
    /// Bytes that tasks which exist already will bring.
    package var arrivingBytes: Int64
    /// Bytes that tasks which exist already will take away.
    package var leavingBytes: Int64

    package init(
        facts: StoreFacts, condition: StoreCondition, isDraining: Bool, usedBytes: Int64 = 0,
        trashBytes: Int64 = 0, arrivingBytes: Int64 = 0, leavingBytes: Int64 = 0
    ) {
        self.facts = facts
        self.condition = condition
        self.isDraining = isDraining
        self.usedBytes = usedBytes
        self.trashBytes = trashBytes
        self.arrivingBytes = arrivingBytes
        self.leavingBytes = leavingBytes
    }

    /// Whether a plan may have it take replicas.
    package var mayTake: Bool {
        condition == .well && !isDraining
            && facts.roles.isSuperset(of: [.active, .online, .write])
    }

    /// Whether its replicas count.
    package var isLive: Bool { condition == .well || condition == .away }

    /// Bytes of replicas that it could hold.
    ///
    /// Not what its file system has: other stores and other data may be on that too.
    package var capacity: Int64 { usedBytes + trashBytes + max(0, facts.freeBytes) }
}

/// A content as plans see it.
package struct PlanningContent: Sendable, Hashable {
    package var hash: ContentHash
    /// Bytes.
    package var size: Int64
    package var generation: Int32
    /// How many replicas there should be, before its rules.
    package var want: Int
    /// The stores that hold a counted replica, ascending.
    package var stores: [StoreNumber]
    /// Stores that hold one for load only.
    package var extras: [StoreNumber]
    package var rules: ContentRules
    /// Stores that are to take a replica, or to lose one, by tasks that exist already.
    package var busy: Set<StoreNumber>

    package init(
        hash: ContentHash, size: Int64, generation: Int32, want: Int, stores: [StoreNumber],
        extras: [StoreNumber] = [], rules: ContentRules = ContentRules(),
        busy: Set<StoreNumber> = []
    ) {
        self.hash = hash
        self.size = size
        self.generation = generation
        self.want = want
        self.stores = stores
        self.extras = extras
        self.rules = rules
        self.busy = busy
    }
}

/// One step of a plan: what one store is to do with one content.
package struct PlanStep: Sendable, Hashable {
    package var hash: ContentHash
    package var kind: TaskKind
    /// The store that does it.
    package var store: StoreNumber
    /// `clone`: whom to ask first; `move`: who gives its replica up afterwards.
    package var source: StoreNumber?
    /// Bytes of the content.
    package var size: Int64
    package var generation: Int32
    /// Where the content was when the step was planned, ascending.
    package var stores: [StoreNumber]

    package init(
        _ content: PlanningContent, _ kind: TaskKind, on store: StoreNumber,
        from source: StoreNumber? = nil
    ) {
        self.init(
            hash: content.hash, kind: kind, store: store, source: source, size: content.size,
            generation: content.generation, stores: content.stores)
    }

    package init(
        hash: ContentHash, kind: TaskKind, store: StoreNumber, source: StoreNumber?, size: Int64,
        generation: Int32, stores: [StoreNumber]
    ) {
        self.hash = hash
        self.kind = kind
        self.store = store
        self.source = source
        self.size = size
        self.generation = generation
        self.stores = stores
    }
}
