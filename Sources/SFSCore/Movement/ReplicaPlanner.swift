/// What contents need that have fewer live replicas than they want: repair.
///
/// It only ever adds. What it answered counts for what it is asked next.
package struct ReplicaPlanner: Sendable {
    /// The stores, with all that was answered.
    package private(set) var cluster: PlanningCluster
    private let tasksPerStore: Int
    private var tasks: [StoreNumber: Int]

    /// What is to become of a content.
    package enum Answer: Sendable, Hashable {
        /// These bring it nearer to what it wants; the reason why not all the way, if so.
        case steps([PlanStep], LeaveReason?)
        /// The stores that should take it have enough to do for now.
        case later
        /// Nothing can be done, or nothing needs to be.
        case none(LeaveReason?)
    }

    /// Takes at most `tasksPerStore` steps for each store, the `tasks` that it has counted.
    package init(
        cluster: PlanningCluster, tasksPerStore: Int, tasks: [StoreNumber: Int] = [:]
    ) {
        self.cluster = cluster
        self.tasksPerStore = tasksPerStore
        self.tasks = tasks
    }

    /// How many live replicas `content` has.
    package func liveCount(of content: PlanningContent) -> Int { cluster.live(content).count }

    /// How many it lacks.
    package func lack(of content: PlanningContent) -> Int {
        max(0, cluster.wanted(content) - liveCount(of: content))
    }

    /// The steps that bring `content` to as many live replicas as it wants.
    package mutating func repair(_ content: PlanningContent) -> Answer {
        let before = cluster.live(content)
        let wanted = cluster.wanted(content)
        guard before.count < wanted else { return .none(nil) }
        guard !before.isEmpty else { return .none(.noLiveCopy) }
        guard cluster.wellCount(before) > 0 else { return .none(.holderAway) }
        var held = before
        var reason: LeaveReason?
        while held.count < wanted, reason == nil {
            switch cluster.taker(of: content, beside: held, where: { _ in true }) {
            case .nobody(let why): reason = why
            case .slot(let best):
                guard let slot = free(asGoodAs: best, for: content, beside: held) else {
                    return .later
                }
                held.append(slot)
            }
        }
        guard held.count > before.count else { return .none(reason) }
        let change = cluster.change(content, to: held)
        cluster.count(change)
        for store in change.gains { tasks[store, default: 0] += 1 }
        return .steps(change.steps, reason)
    }

    /// A step that makes one more replica of `content` for load only; `nil` = there is no place
    /// for one, or repair has to come first.
    package mutating func extra(_ content: PlanningContent) -> PlanStep? {
        let live = cluster.live(content)
        guard live.count >= cluster.wanted(content), cluster.wellCount(live) > 0 else { return nil }
        let held = live + content.extras.compactMap(cluster.slot)
        let choice = cluster.taker(of: content, beside: held) { slot in
            tasks[cluster.number(slot), default: 0] < tasksPerStore
        }
        guard case .slot(let slot) = choice else { return nil }
        let change = cluster.change(content, to: live + [slot])
        cluster.count(change)
        tasks[cluster.number(slot), default: 0] += 1
        return change.steps.first
    }

    /// A store that has not too much to do yet and is no worse for the spread than `best`.
    private func free(
        asGoodAs best: Int, for content: PlanningContent, beside held: [Int]
    ) -> Int? {
        let choice = cluster.taker(of: content, beside: held) { slot in
            tasks[cluster.number(slot), default: 0] < tasksPerStore
        }
        guard case .slot(let slot) = choice,
            cluster.sharing(slot, with: held) <= cluster.sharing(best, with: held)
        else { return nil }
        return slot
    }
}
