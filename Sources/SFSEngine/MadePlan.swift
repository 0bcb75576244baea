import SFSCore
import SFSWire

/// A plan that was worked out, before it is kept.
struct MadePlan: Sendable {
    let kind: PlanKind
    let steps: [PlanStep]
    var summary: PlanSummary
    /// What its stores were like; see `PlanningView.digest`.
    let members: String
    /// How many copies its contents want once it is applied; `nil` = as before.
    var want: Int?
    /// Contents that want so many, and of which nothing is moved.
    var wants: [ContentHash] = []
    /// The store that it empties.
    var drains: StoreNumber?

    init(
        _ kind: PlanKind, _ draft: PlanDraft, members: String, want: Int? = nil,
        drains: StoreNumber? = nil
    ) {
        let steps = draft.steps
        self.kind = kind
        self.steps = steps
        self.members = members
        self.want = want
        self.drains = drains
        wants = draft.wants.sorted()
        summary = PlanSummary(draft.tally)
    }

    init(_ kind: PlanKind, steps: [PlanStep], summary: PlanSummary, members: String) {
        self.kind = kind
        self.steps = steps
        self.summary = summary
        self.members = members
    }

    /// Whether replicas or whole contents go.
    var takesAway: Bool { summary.copiesRemoved > 0 }

    /// Adds contents that are left alone, if there are any.
    mutating func leaveAlone(_ hashes: [ContentHash], _ reason: String) {
        guard !hashes.isEmpty else { return }
        summary.leftAlone.append(
            PlanSummary.LeftAlone(
                reason: reason, contents: Int64(hashes.count), example: hashes.first))
    }
}

extension PlanSummary {
    /// What `tally` says, without a time.
    init(_ tally: PlanTally) {
        self.init(
            contents: tally.contents, bytes: tally.bytes, copiesAdded: tally.copiesAdded,
            copiesRemoved: tally.copiesRemoved, lowestCopies: tally.lowestCopies,
            stores: tally.stores.map { store in
                Store(
                    name: store.facts.name, zone: store.facts.zone, totalBytes: store.capacity,
                    usedBefore: store.usedBefore, usedAfter: store.usedAfter,
                    copiesAdded: store.copiesAdded, copiesRemoved: store.copiesRemoved)
            },
            zones: tally.zones.map { zone in
                Zone(
                    name: zone.name, copiesAdded: zone.copiesAdded,
                    copiesRemoved: zone.copiesRemoved)
            },
            leftAlone: tally.left.map { left in
                LeftAlone(
                    reason: left.reason.rawValue, contents: left.contents, example: left.example)
            })
    }
}
