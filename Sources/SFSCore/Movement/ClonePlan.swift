/// More or fewer replicas of chosen contents, here or there: `sfs clone`.
///
/// It is shown each content once. Copies are added to contents that have too few; nothing is
/// taken away from these.
package struct ClonePlan: Sendable {
    /// What it has decided so far.
    package private(set) var draft: PlanDraft
    private let wish: Wish

    /// What is wished of each content.
    package struct Wish: Sendable, Hashable {
        /// Only contents with fewer, exactly so many, or more live replicas; the first that is
        /// set counts.
        package var below: Int?
        package var at: Int?
        package var above: Int?
        /// How many copies there shall be from now on; `nil` = as many as each wants.
        package var copies: Int?
        /// One copy shall be on one of these; empty = anywhere.
        package var to: Set<StoreNumber> = []
        /// No copy shall be on any of these.
        package var away: Set<StoreNumber> = []
        /// Copies beyond the number go.
        package var removesSurplus = false

        package init() {}

        /// Whether contents with `count` live replicas are meant.
        func means(_ count: Int) -> Bool {
            if let below { return count < below }
            if let at { return count == at }
            if let above { return count > above }
            return true
        }
    }

    package init(cluster: PlanningCluster, wish: Wish, stepsMaximum: Int) {
        draft = PlanDraft(cluster: cluster, stepsMaximum: stepsMaximum)
        self.wish = wish
    }

    /// Decides what becomes of `content`.
    package mutating func consider(_ content: PlanningContent) {
        let cluster = draft.cluster
        let before = cluster.live(content)
        guard wish.means(before.count) else { return }
        guard content.busy.isEmpty else { return draft.leave(content, .busy) }
        guard !before.isEmpty else { return draft.leave(content, .noLiveCopy) }
        var aim = content
        aim.want = wish.copies ?? content.want
        guard !draft.isFull else { return draft.leave(content, .planFull) }
        let kept = min(cluster.kept(content), cluster.kept(aim))
        var held = before
        var reason = add(to: &held, of: aim)
        if takesAway {
            reason = take(from: &held, of: aim, keeping: kept, before: before) ?? reason
        }
        reason = draft.decide(content, on: held, keeping: kept) ?? reason
        if let reason { draft.leave(content, reason) }
        if aim.want != content.want { draft.noteWant(content) }
    }

    private var takesAway: Bool { wish.removesSurplus || !wish.away.isEmpty }

    /// Adds what is missing; why not all of it, if so.
    private func add(to held: inout [Int], of aim: PlanningContent) -> LeaveReason? {
        let cluster = draft.cluster
        guard cluster.wellCount(held) > 0 else { return .holderAway }
        var reason: LeaveReason?
        if !wish.to.isEmpty, !held.contains(where: isTarget) {
            reason = cluster.topUp(&held, to: held.count + 1, of: aim) { slot in
                isTarget(slot) && isWelcome(slot)
            }
        }
        return cluster.topUp(&held, to: cluster.wanted(aim), of: aim, where: isWelcome) ?? reason
    }

    /// Takes away what is not to stay; why not all of it, if so.
    private func take(
        from held: inout [Int], of aim: PlanningContent, keeping kept: Int, before: [Int]
    ) -> LeaveReason? {
        let cluster = draft.cluster
        let unwelcome = before.filter { !isWelcome($0) }
        guard !unwelcome.isEmpty || wish.removesSurplus && held.count > cluster.kept(aim) else {
            return wish.removesSurplus && held.count > cluster.wanted(aim) ? .tooFew : nil
        }
        guard before.count >= kept else { return .lacking }
        guard cluster.wellCount(before) >= cluster.minimum(aim) else { return .holderAway }
        var reason: LeaveReason?
        for slot in unwelcome {
            if let obstacle = cluster.obstacle(toGiving: slot, aim) {
                reason = obstacle
            } else if cluster.mayDrop(from: held, aim) {
                held.removeAll { $0 == slot }
            } else {
                var rest = held.filter { $0 != slot }
                reason = cluster.topUp(&rest, to: held.count, of: aim, where: isWelcome) ?? reason
                if rest.count == held.count { held = rest }
            }
        }
        return wish.removesSurplus ? dropSurplus(&held, of: aim, before: before) ?? reason : reason
    }

    /// Takes away what is more than wanted; why not all of it, if so.
    private func dropSurplus(
        _ held: inout [Int], of aim: PlanningContent, before: [Int]
    ) -> LeaveReason? {
        let cluster = draft.cluster
        while cluster.mayDrop(from: held, aim) {
            // Only what is there: a copy that is yet to come would not have to come.
            let giver = cluster.giver(of: aim, from: held) { slot in
                before.contains(slot) && !isOnlyTarget(slot, of: held)
            }
            guard let giver else {
                return before.contains { cluster.mayGive($0, aim) } ? .spread : .protected
            }
            held.removeAll { $0 == giver }
        }
        if held.count > cluster.kept(aim) { return .holderAway }
        return held.count > cluster.wanted(aim) ? .tooFew : nil
    }

    private func isTarget(_ slot: Int) -> Bool { wish.to.contains(draft.cluster.number(slot)) }

    private func isWelcome(_ slot: Int) -> Bool {
        !wish.away.contains(draft.cluster.number(slot))
    }

    private func isOnlyTarget(_ slot: Int, of held: [Int]) -> Bool {
        isTarget(slot) && held.count(where: isTarget) == 1
    }
}
