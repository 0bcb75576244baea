extension BalancePlan {
    /// Moves a replica of `content` from a fuller store to an emptier one, when that makes the
    /// fill more even and the spread no worse; why not, if it should.
    ///
    /// The taker stays emptier than the giver becomes: nothing is ever moved back for it. What was
    /// just decided for the content has to count first, so then it is left to the next pass.
    func level(_ content: PlanningContent, _ held: inout [Int]) -> LeaveReason? {
        guard evening.isUnderWay, content.size > 0, held == draft.held(content) else { return nil }
        guard !draft.isFull else { return held.contains(where: evening.isOver) ? .planFull : nil }
        let cluster = draft.cluster
        var blocked: LeaveReason?
        for giver in held.sorted(by: { fill($0) > fill($1) }) where evening.isLevelled(giver) {
            guard evening.mayGive(giver) else { continue }
            if let obstacle = cluster.obstacle(toGiving: giver, content) {
                if evening.isOver(giver) { blocked = blocked ?? obstacle }
                continue
            }
            let rest = held.filter { $0 != giver }
            switch emptier(than: giver, for: content, beside: rest) {
            case .slot(let taker):
                held = rest + [taker]
                return nil
            case .nobody(let reason):
                if evening.isOver(giver) { blocked = blocked ?? reason }
            }
        }
        return blocked
    }

    /// The emptiest store that may take what `giver` gives.
    private func emptier(
        than giver: Int, for content: PlanningContent, beside rest: [Int]
    ) -> PlanningCluster.Taker {
        let cluster = draft.cluster
        let size = content.size
        let own = cluster.sharing(giver, with: rest)
        let fillLeft = cluster.volumes[giver].fill(with: -size)
        var best: (slot: Int, fill: Double)?
        var reasons: Set<LeaveReason> = []
        for slot in cluster.stores.indices
        where fill(slot) < fill(giver) && !rest.contains(slot) && evening.isLevelled(slot)
            && evening.helps(giver, slot) && cluster.mayTake(slot, content)
            && isInScope(giver, slot)
        {
            let fillThen = cluster.volumes[slot].fill(with: size)
            if fillThen >= fillLeft || evening.crosses(giver, fillLeft, slot, fillThen) {
                reasons.insert(.size)
            } else if cluster.sharing(slot, with: rest) > own {
                reasons.insert(.spread)
            } else if !cluster.hasRoom(slot, content) {
                reasons.insert(.noRoom)
            } else if best.map({ fillThen < $0.fill }) ?? true {
                best = (slot, fillThen)
            }
        }
        if let best { return .slot(best.slot) }
        let reason = [LeaveReason.noRoom, .spread, .size].first(where: reasons.contains)
        return .nobody(reason ?? .noStore)
    }

    private func fill(_ slot: Int) -> Double { draft.cluster.volumes[slot].fill }
}
