package import SFSCore

/// An order to plan something, and perhaps to apply the plan at once.
package struct PlanOrder: Sendable, Hashable, Codable {
    /// Exactly one of these is set.
    package var clone: CloneOrder?
    package var balance: BalanceOrder?
    package var drain: DrainOrder?
    package var remove: RemoveOrder?
    package var undelete: UndeleteOrder?
    /// Apply it at once; only for plans that take nothing away, unless `isConfirmed`.
    package var apply: Bool
    /// Somebody saw, or does not need to see, what is taken away.
    package var isConfirmed: Bool
    /// Only try it: the plan is not kept, and cannot be applied.
    package var dryRun: Bool
    /// Why, for the audit; up to 200 characters.
    package var reason: String?
    /// Bytes a second that each store may move for it; `nil` = as the store is configured.
    package var bandwidth: Int64?
    /// Tasks of it that each store may do at once; `nil` = as the store is configured.
    package var concurrency: Int?

    package init(
        clone: CloneOrder? = nil, balance: BalanceOrder? = nil, drain: DrainOrder? = nil,
        remove: RemoveOrder? = nil, undelete: UndeleteOrder? = nil, apply: Bool = false,
        isConfirmed: Bool = false, dryRun: Bool = false, reason: String? = nil,
        bandwidth: Int64? = nil, concurrency: Int? = nil
    ) {
        self.clone = clone
        self.balance = balance
        self.drain = drain
        self.remove = remove
        self.undelete = undelete
        self.apply = apply
        self.isConfirmed = isConfirmed
        self.dryRun = dryRun
        self.reason = reason
        self.bandwidth = bandwidth
        self.concurrency = concurrency
    }
}

/// `sfs clone`: more or fewer replicas, here or there.
package struct CloneOrder: Sendable, Hashable, Codable {
    package var contents: ContentSelection
    /// Only contents with fewer copies than this.
    package var below: Int?
    /// Only contents with exactly so many copies.
    package var at: Int?
    /// Only contents with more copies than this.
    package var above: Int?
    /// How many copies there shall be from now on; `nil` = as many as each wants.
    package var copies: Int?
    /// One copy shall be on this store, or in this zone.
    package var toStore: MemberName?
    package var toZone: MemberName?
    /// No copy shall be on this store, or in this zone.
    package var awayFromStore: MemberName?
    package var awayFromZone: MemberName?
    /// Copies beyond the number may be removed.
    package var removesSurplus: Bool
    /// The source of each copy is read from its disk and checked first.
    package var verifiesSource: Bool

    package init(
        contents: ContentSelection, below: Int? = nil, at: Int? = nil, above: Int? = nil,
        copies: Int? = nil, toStore: MemberName? = nil, toZone: MemberName? = nil,
        awayFromStore: MemberName? = nil, awayFromZone: MemberName? = nil,
        removesSurplus: Bool = false, verifiesSource: Bool = true
    ) {
        self.contents = contents
        self.below = below
        self.at = at
        self.above = above
        self.copies = copies
        self.toStore = toStore
        self.toZone = toZone
        self.awayFromStore = awayFromStore
        self.awayFromZone = awayFromZone
        self.removesSurplus = removesSurplus
        self.verifiesSource = verifiesSource
    }
}

/// `sfs balance`: even fill, and zones as they should be.
package struct BalanceOrder: Sendable, Hashable, Codable {
    /// Only these stores give and take; `nil` = all.
    package var store: MemberName?
    package var zone: MemberName?
    /// Points of fill (percent) by which stores may differ; `nil` = as configured.
    package var band: Int?

    package init(store: MemberName? = nil, zone: MemberName? = nil, band: Int? = nil) {
        self.store = store
        self.zone = zone
        self.band = band
    }
}

/// `sfs store drain`: everything that a store holds goes elsewhere.
package struct DrainOrder: Sendable, Hashable, Codable {
    package var store: MemberName

    package init(store: MemberName) {
        self.store = store
    }
}

/// `sfs rm`: contents are deleted from the whole cluster.
package struct RemoveOrder: Sendable, Hashable, Codable {
    package var hashes: [ContentHash]

    package init(hashes: [ContentHash]) {
        self.hashes = hashes
    }
}

/// `sfs undelete`: deleted contents come back from the trash.
package struct UndeleteOrder: Sendable, Hashable, Codable {
    package var hashes: [ContentHash]

    package init(hashes: [ContentHash]) {
        self.hashes = hashes
    }
}

/// What a plan says before anything happens.
package struct PlanSummary: Sendable, Hashable, Codable {
    /// Contents that it touches, and their bytes that move.
    package var contents: Int64
    package var bytes: Int64
    package var copiesAdded: Int64
    package var copiesRemoved: Int64
    /// The fewest good copies that any content of it passes through; `nil` = it touches none.
    package var lowestCopies: Int?
    package var stores: [Store]
    package var zones: [Zone]
    /// How long it should take at `bytesPerSecond`; `nil` = no rate is known.
    package var seconds: Int64?
    package var bytesPerSecond: Int64?
    package var leftAlone: [LeftAlone]

    package init(
        contents: Int64, bytes: Int64, copiesAdded: Int64, copiesRemoved: Int64,
        lowestCopies: Int? = nil, stores: [Store], zones: [Zone], seconds: Int64? = nil,
        bytesPerSecond: Int64? = nil, leftAlone: [LeftAlone]
    ) {
        self.contents = contents
        self.bytes = bytes
        self.copiesAdded = copiesAdded
        self.copiesRemoved = copiesRemoved
        self.lowestCopies = lowestCopies
        self.stores = stores
        self.zones = zones
        self.seconds = seconds
        self.bytesPerSecond = bytesPerSecond
        self.leftAlone = leftAlone
    }

    /// A store that it changes.
    package struct Store: Sendable, Hashable, Codable {
        package var name: MemberName
        package var zone: MemberName
        /// Bytes of replicas that it could hold: its own, its trash and what is free.
        package var totalBytes: Int64
        /// Bytes of replicas, tasks that exist already counted as done.
        package var usedBefore: Int64
        package var usedAfter: Int64
        package var copiesAdded: Int64
        package var copiesRemoved: Int64

        package init(
            name: MemberName, zone: MemberName, totalBytes: Int64, usedBefore: Int64,
            usedAfter: Int64, copiesAdded: Int64, copiesRemoved: Int64
        ) {
            self.name = name
            self.zone = zone
            self.totalBytes = totalBytes
            self.usedBefore = usedBefore
            self.usedAfter = usedAfter
            self.copiesAdded = copiesAdded
            self.copiesRemoved = copiesRemoved
        }
    }

    /// Copies in a zone.
    package struct Zone: Sendable, Hashable, Codable {
        package var name: MemberName
        package var copiesAdded: Int64
        package var copiesRemoved: Int64

        package init(name: MemberName, copiesAdded: Int64, copiesRemoved: Int64) {
            self.name = name
            self.copiesAdded = copiesAdded
            self.copiesRemoved = copiesRemoved
        }
    }

    /// Contents that it will not touch, or not do all with that was asked, and why.
    package struct LeftAlone: Sendable, Hashable, Codable {
        package var reason: String
        package var contents: Int64
        /// One of them.
        package var example: ContentHash?

        package init(reason: String, contents: Int64, example: ContentHash? = nil) {
            self.reason = reason
            self.contents = contents
            self.example = example
        }
    }
}

/// A plan as the API shows it.
package struct PlanReply: Sendable, Hashable, Codable {
    /// `0` = it was only tried (`dryRun`), and is not kept.
    package var plan: Int64
    package var kind: PlanKind
    package var state: PlanState
    package var actor: String
    package var reason: String
    package var createdAt: Timestamp
    package var appliedAt: Timestamp?
    package var endedAt: Timestamp?
    package var summary: PlanSummary
    package var bandwidth: Int64?
    package var concurrency: Int?
    /// Tasks in all, done, and set aside after too many failures.
    package var tasks: Int64
    package var tasksDone: Int64
    package var tasksFailed: Int64
    package var bytes: Int64
    package var bytesDone: Int64
    /// Why it was refused.
    package var problem: String?

    package init(
        plan: Int64, kind: PlanKind, state: PlanState, actor: String, reason: String,
        createdAt: Timestamp, appliedAt: Timestamp? = nil, endedAt: Timestamp? = nil,
        summary: PlanSummary, bandwidth: Int64? = nil, concurrency: Int? = nil, tasks: Int64,
        tasksDone: Int64, tasksFailed: Int64, bytes: Int64, bytesDone: Int64,
        problem: String? = nil
    ) {
        self.plan = plan
        self.kind = kind
        self.state = state
        self.actor = actor
        self.reason = reason
        self.createdAt = createdAt
        self.appliedAt = appliedAt
        self.endedAt = endedAt
        self.summary = summary
        self.bandwidth = bandwidth
        self.concurrency = concurrency
        self.tasks = tasks
        self.tasksDone = tasksDone
        self.tasksFailed = tasksFailed
        self.bytes = bytes
        self.bytesDone = bytesDone
        self.problem = problem
    }
}

/// Plans, newest first.
package struct PlanList: Sendable, Hashable, Codable {
    package var plans: [PlanReply]

    package init(plans: [PlanReply]) {
        self.plans = plans
    }
}

/// Steps of a plan that was not applied yet, by hash.
package struct PlanStepList: Sendable, Hashable, Codable {
    package var steps: [Step]

    package init(steps: [Step]) {
        self.steps = steps
    }

    /// What one store is to do with one content.
    package struct Step: Sendable, Hashable, Codable {
        package var hash: ContentHash
        package var kind: TaskKind
        package var store: MemberName
        package var source: MemberName?
        package var size: Int64

        package init(
            hash: ContentHash, kind: TaskKind, store: MemberName, source: MemberName? = nil,
            size: Int64
        ) {
            self.hash = hash
            self.kind = kind
            self.store = store
            self.source = source
            self.size = size
        }
    }
}
