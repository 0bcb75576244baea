import SFSCatalog
import SFSCore
import SFSWire

extension Engine {
    /// Plans more or fewer replicas of chosen contents.
    func makeClone(_ order: CloneOrder) async throws -> MadePlan {
        try check(order)
        let view = try await planningView()
        var plan = ClonePlan(
            cluster: view.cluster(), wish: try wish(of: order, view),
            stepsMaximum: settings.planStepsMaximum)
        let missing = try await eachContent(of: order.contents, view) { plan.consider($0) }
        var made = MadePlan(.clone, plan.draft, members: view.digest(), want: order.copies)
        made.leaveAlone(missing, "the cluster does not hold it")
        return made
    }

    private func wish(of order: CloneOrder, _ view: PlanningView) throws -> ClonePlan.Wish {
        var wish = ClonePlan.Wish()
        wish.below = order.below
        wish.at = order.at
        wish.above = order.above
        wish.copies = order.copies
        wish.removesSurplus = order.removesSurplus
        wish.to = try stores(order.toStore, order.toZone, view)
        wish.away = try stores(order.awayFromStore, order.awayFromZone, view)
        guard wish.to.isEmpty || !wish.to.isSubset(of: wish.away) else {
            throw SFSError(.usage, "copies cannot go to where they are to go away from")
        }
        return wish
    }

    private func stores(
        _ store: MemberName?, _ zone: MemberName?, _ view: PlanningView
    ) throws -> Set<StoreNumber> {
        if let store { return [try view.roll.record(named: store).facts.number] }
        if let zone { return Set(try view.stores(inZone: zone)) }
        return []
    }

    private func check(_ order: CloneOrder) throws(SFSError) {
        guard order.toStore == nil || order.toZone == nil,
            order.awayFromStore == nil || order.awayFromZone == nil
        else {
            throw SFSError(.usage, "copies go to, or away from, a store or a zone; name one")
        }
        guard (1...Self.copiesWantedMaximum).contains(order.copies ?? 1) else {
            throw SFSError(
                .usage, "'copies' is not between 1 and \(Self.copiesWantedMaximum)")
        }
        guard [order.below, order.at, order.above].allSatisfy({ $0 ?? 0 >= 0 }) else {
            throw SFSError(.usage, "'below', 'at' and 'above' are 0 or more")
        }
    }

    private static let copiesWantedMaximum = 64
}
