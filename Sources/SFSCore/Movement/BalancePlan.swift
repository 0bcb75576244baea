/// Rules, zones and fill as they should be: `sfs balance`.
///
/// It is shown all contents, by hash, as often as `endPass` asks for. In this order it does what
/// rules say, removes what is too many, spreads replicas over zones and hosts, and moves them from
/// fuller stores to emptier ones; contents with too few it leaves to repair.
///
/// It comes to an end, and finds nothing to do in what it made: each decision makes something
/// better that no later kind of decision makes worse, and it stops only when none is left.
package struct BalancePlan: Sendable {
    /// What it has decided so far.
    package private(set) var draft: PlanDraft
    let scope: Scope
    var evening: Evening
    private var changesOfPass = 0
    private var passes = 0

    /// Passes over all contents, at most.
    private static let passesMaximum = 12

    /// Which stores give and take.
    package enum Scope: Sendable, Hashable {
        case all
        /// Each step is one that this store gives or takes; one plan does one thing at most with
        /// a content, so that a second may find something to do.
        case store(StoreNumber)
        /// Each step is one between stores of this zone.
        case zone(MemberName)
    }

    /// Evens the fill once stores differ by more than `band` points, until by half of that.
    package init(cluster: PlanningCluster, scope: Scope = .all, band: Int, stepsMaximum: Int) {
        draft = PlanDraft(cluster: cluster, stepsMaximum: stepsMaximum)
        self.scope = scope
        evening = Evening(cluster: cluster, scope: scope, band: Double(band))
    }

    /// Points of fill by which stores differ with all that was decided.
    package var gap: Double { evening.gap }

    /// Decides what becomes of `content`.
    package mutating func consider(_ content: PlanningContent) {
        let before = draft.held(content)
        guard !isSingle || draft.changes[content.hash] == nil else { return }
        if let obstacle = draft.cluster.obstacle(toMoving: content, from: before) {
            return draft.leave(content, obstacle)
        }
        var held = before
        var reason: LeaveReason?
        for decision in [obeyRules, dropSurplus, spread, level] {
            reason = decision(content, &held) ?? reason
            if isSingle, held != before { break }
        }
        if held != before {
            let kept = draft.cluster.kept(content)
            let refusal = draft.decide(content, on: held, keeping: kept)
            reason = refusal ?? reason
            if refusal == nil {
                changesOfPass += 1
                evening.update(draft.cluster)
            }
        }
        if let reason { draft.leave(content, reason) }
    }

    /// Whether all contents have to be shown once more.
    package mutating func endPass() -> Bool {
        passes += 1
        let isChanged = changesOfPass > 0
        changesOfPass = 0
        guard passes < Self.passesMaximum, !draft.isFull, isChanged || evening.goesFurther() else {
            if evening.gap <= evening.band { draft.forgetLeft(for: [.size, .spread]) }
            return false
        }
        draft.forgetLeft()
        return true
    }

    /// Whether `giver` and `taker` are in the scope; `nil` = there is none.
    func isInScope(_ giver: Int?, _ taker: Int?) -> Bool {
        let cluster = draft.cluster
        switch scope {
        case .all: return true
        case .store(let number):
            return giver.map(cluster.number) == number || taker.map(cluster.number) == number
        case .zone(let name):
            return [giver, taker].compactMap { $0 }.allSatisfy {
                cluster.stores[$0].facts.zone == name
            }
        }
    }

    /// Whether a plan does one thing only with a content.
    ///
    /// What one store takes and gives on would end as a step between two others.
    private var isSingle: Bool {
        if case .store = scope { true } else { false }
    }

    // MARK: Rules and numbers

    /// Adds forced replicas and moves banned ones; why not all of them, if so.
    private func obeyRules(_ content: PlanningContent, _ held: inout [Int]) -> LeaveReason? {
        let cluster = draft.cluster
        let rules = content.rules
        guard rules != ContentRules() else { return nil }
        var reason: LeaveReason?
        for slot in cluster.stores.indices where !held.contains(slot) {
            let isForced = rules.isForced || rules.forcedStores.contains(cluster.number(slot))
            guard isForced, cluster.mayTake(slot, content), isInScope(nil, slot) else { continue }
            if cluster.hasRoom(slot, content) { held.append(slot) } else { reason = .noRoom }
            if isSingle { return reason }
        }
        for slot in held where !rules.mayTake(cluster.number(slot)) {
            guard !cluster.mayDrop(from: held, content) else { continue }
            reason = replace(slot, of: content, in: &held) ?? reason
        }
        return reason
    }

    /// Has another store than `slot` hold it, for the spread no worse; why none, if so.
    private func replace(
        _ slot: Int, of content: PlanningContent, in held: inout [Int]
    ) -> LeaveReason? {
        let cluster = draft.cluster
        if let obstacle = cluster.obstacle(toGiving: slot, content) { return obstacle }
        let rest = held.filter { $0 != slot }
        let own = cluster.sharing(slot, with: rest)
        let choice = cluster.taker(of: content, beside: rest) { taker in
            isInScope(slot, taker) && cluster.sharing(taker, with: rest) <= own
        }
        switch choice {
        case .slot(let taker):
            held = rest + [taker]
            return nil
        case .nobody(let reason): return reason
        }
    }

    /// Takes away what is more than wanted.
    private func dropSurplus(_ content: PlanningContent, _ held: inout [Int]) -> LeaveReason? {
        let cluster = draft.cluster
        while cluster.mayDrop(from: held, content),
            let giver = cluster.giver(of: content, from: held, where: { isInScope($0, nil) })
        {
            held.removeAll { $0 == giver }
        }
        return nil
    }

    // MARK: Zones and hosts

    /// Moves replicas that share a zone or a host to where they do not; why not, if so.
    private func spread(_ content: PlanningContent, _ held: inout [Int]) -> LeaveReason? {
        let cluster = draft.cluster
        var lacksRoom = false
        while true {
            var best: (held: [Int], gain: (Int, Int, Double))?
            for slot in held where cluster.mayGive(slot, content) {
                let rest = held.filter { $0 != slot }
                let own = cluster.sharing(slot, with: rest)
                guard own.zone > 0 else { continue }
                func isBetter(_ taker: Int) -> Bool {
                    isInScope(slot, taker) && cluster.sharing(taker, with: rest) < own
                }
                switch cluster.taker(of: content, beside: rest, where: isBetter) {
                case .nobody(let reason): lacksRoom = lacksRoom || reason == .noRoom
                case .slot(let taker):
                    let sharing = cluster.sharing(taker, with: rest)
                    let gain = (
                        own.zone - sharing.zone, own.host - sharing.host,
                        cluster.volumes[slot].fill
                    )
                    if best.map({ gain > $0.gain }) ?? true { best = (rest + [taker], gain) }
                }
            }
            guard let best else { return lacksRoom ? .noRoom : nil }
            held = best.held
            if isSingle { return nil }
        }
    }
}
