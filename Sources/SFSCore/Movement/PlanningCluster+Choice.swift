extension PlanningCluster {
    /// With how many replicas one shares its zone, and in it its host; fewer is better.
    struct Sharing: Comparable {
        var zone = 0
        var host = 0

        static func < (left: Sharing, right: Sharing) -> Bool {
            (left.zone, left.host) < (right.zone, right.host)
        }
    }

    /// The store that should take a replica, or why none can.
    enum Taker {
        case slot(Int)
        case nobody(LeaveReason)
    }

    /// What a replica on `slot` shares with those on `held`; `slot` itself does not count.
    func sharing(_ slot: Int, with held: [Int]) -> Sharing {
        var sharing = Sharing()
        let zone = zone(slot)
        let host = host(slot)
        for other in held where other != slot && self.zone(other) == zone {
            sharing.zone += 1
            if self.host(other) == host { sharing.host += 1 }
        }
        return sharing
    }

    // MARK: Taking

    /// Whether `slot` may have a replica of `content` at all, be there room or not.
    func mayTake(_ slot: Int, _ content: PlanningContent) -> Bool {
        let number = number(slot)
        return stores[slot].mayTake && content.rules.mayTake(number)
            && !content.busy.contains(number)
    }

    /// Whether it has room for it below the high-water mark.
    func hasRoom(_ slot: Int, _ content: PlanningContent) -> Bool {
        volumes[slot].takes(content.size, highWater: highWater)
    }

    /// The best store for one more replica beside those on `held`, among those that `isAllowed`.
    ///
    /// Forced stores come first, then zones and hosts with the fewest replicas, then the store
    /// that is the least full with it; the lowest number breaks a tie.
    func taker(
        of content: PlanningContent, beside held: [Int], where isAllowed: (Int) -> Bool
    ) -> Taker {
        var best: (slot: Int, rank: (Int, Int, Int, Double))?
        var lacksRoom = false
        for slot in stores.indices
        where !held.contains(slot) && mayTake(slot, content) && isAllowed(slot) {
            guard hasRoom(slot, content) else {
                lacksRoom = true
                continue
            }
            let sharing = sharing(slot, with: held)
            let rank = (
                content.rules.forcedStores.contains(number(slot)) ? 0 : 1, sharing.zone,
                sharing.host, volumes[slot].fill(with: content.size)
            )
            if best.map({ rank < $0.rank }) ?? true { best = (slot, rank) }
        }
        if let best { return .slot(best.slot) }
        return .nobody(lacksRoom ? .noRoom : .noStore)
    }

    /// Adds the best stores to `held` until they are `count`; why there are fewer, if so.
    func topUp(
        _ held: inout [Int], to count: Int, of content: PlanningContent,
        where isAllowed: (Int) -> Bool = { _ in true }
    ) -> LeaveReason? {
        while held.count < count {
            switch taker(of: content, beside: held, where: isAllowed) {
            case .slot(let slot): held.append(slot)
            case .nobody(let reason): return reason
            }
        }
        return nil
    }

    // MARK: Giving

    /// Whether `slot` may give its replica of `content` up.
    func mayGive(_ slot: Int, _ content: PlanningContent) -> Bool {
        let number = number(slot)
        return stores[slot].condition == .well && content.rules.mayLeave(number)
            && !content.busy.contains(number)
    }

    /// Why `slot` may not.
    func obstacle(toGiving slot: Int, _ content: PlanningContent) -> LeaveReason? {
        if mayGive(slot, content) { return nil }
        return stores[slot].condition == .well ? .protected : .holderAway
    }

    /// Why no replica of `content`, which is on `held`, may be replaced by another.
    func obstacle(toMoving content: PlanningContent, from held: [Int]) -> LeaveReason? {
        if !content.busy.isEmpty { return .busy }
        if held.isEmpty { return .noLiveCopy }
        if held.count < wanted(content) { return .lacking }
        if held.count < minimum(content) { return .tooFew }
        return wellCount(held) < minimum(content) ? .holderAway : nil
    }

    /// Whether one of `held` may go without another instead.
    func mayDrop(from held: [Int], _ content: PlanningContent) -> Bool {
        held.count > kept(content) && wellCount(held) > minimum(content)
    }

    /// Whether those of `held` but `slot` are in as many zones, and on as many hosts, as their
    /// number allows or as all of them are.
    func keepsSpread(_ held: [Int], without slot: Int) -> Bool {
        let own = sharing(slot, with: held)
        let rest = held.filter { $0 != slot }
        func isShared(_ part: KeyPath<Sharing, Int>) -> Bool {
            rest.contains { sharing($0, with: rest)[keyPath: part] > 0 }
        }
        return (own.zone > 0 || !isShared(\.zone)) && (own.host > 0 || !isShared(\.host))
    }

    /// The store of `held` that should give its replica up, among those that `isAllowed`.
    ///
    /// One that is banned comes first, then one whose zone or host has others, one that is
    /// drained, and the fullest.
    func giver(
        of content: PlanningContent, from held: [Int], where isAllowed: (Int) -> Bool
    ) -> Int? {
        var best: (slot: Int, rank: (Int, Int, Int, Int, Double))?
        for slot in held
        where mayGive(slot, content) && isAllowed(slot) && keepsSpread(held, without: slot) {
            let sharing = sharing(slot, with: held)
            let rank = (
                content.rules.mayTake(number(slot)) ? 0 : 1, sharing.zone, sharing.host,
                stores[slot].isDraining ? 1 : 0, volumes[slot].fill
            )
            if best.map({ rank > $0.rank }) ?? true { best = (slot, rank) }
        }
        return best?.slot
    }

    /// Those of `held` that are in service: the others cannot prove their replicas now.
    func wellCount(_ held: [Int]) -> Int {
        held.count { stores[$0].condition == .well }
    }
}
