/// Everything that one store holds goes elsewhere: `sfs store drain`.
///
/// It is shown each content of the store once.
package struct DrainPlan: Sendable {
    /// What it has decided so far.
    package private(set) var draft: PlanDraft
    private let drained: Int?
    /// Whether the store's zone can go on without it.
    private let keepsZone: Bool

    package init(cluster: PlanningCluster, store: StoreNumber, stepsMaximum: Int) {
        draft = PlanDraft(cluster: cluster, stepsMaximum: stepsMaximum)
        let drained = cluster.slot(store)
        self.drained = drained
        keepsZone = cluster.stores.indices.contains { slot in
            slot != drained && cluster.stores[slot].mayTake
                && drained.map(cluster.zone) == cluster.zone(slot)
        }
    }

    /// Decides where the drained store's replica of `content` goes.
    package mutating func consider(_ content: PlanningContent) {
        let cluster = draft.cluster
        var held = cluster.live(content)
        guard let drained, held.contains(drained) else { return }
        let obstacle =
            cluster.obstacle(toMoving: content, from: held)
            ?? cluster.obstacle(toGiving: drained, content)
        if let obstacle { return draft.leave(content, obstacle) }
        let rest = held.filter { $0 != drained }
        if cluster.mayDrop(from: held, content), cluster.keepsSpread(held, without: drained) {
            held = rest
        } else {
            switch taker(of: content, beside: rest) {
            case .nobody(let reason): return draft.leave(content, reason)
            case .slot(let slot): held = rest + [slot]
            }
        }
        let refusal = draft.decide(content, on: held, keeping: cluster.kept(content))
        if let refusal { draft.leave(content, refusal) }
    }

    /// The store that takes it instead; its zones stay as many while the zone can go on.
    private func taker(
        of content: PlanningContent, beside rest: [Int]
    ) -> PlanningCluster.Taker {
        let cluster = draft.cluster
        let before = drained.map { cluster.sharing($0, with: rest).zone } ?? 0
        let choice = cluster.taker(of: content, beside: rest) { slot in
            slot != drained && (!keepsZone || cluster.sharing(slot, with: rest).zone <= before)
        }
        guard case .nobody(.noStore) = choice, keepsZone else { return choice }
        let other = cluster.taker(of: content, beside: rest) { $0 != drained }
        if case .slot = other { return .nobody(.spread) }
        return other
    }
}
