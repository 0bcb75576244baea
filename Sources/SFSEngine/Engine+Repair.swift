import Logging
import SFSCatalog
import SFSCore

extension Engine {
    /// Adds tasks for contents that are short of replicas when those on `lost` do not count, the
    /// riskiest first; returns how many.
    ///
    /// No store gets more than `EngineSettings.repairTasksPerStore` at a time, so that a loss makes
    /// no storm. Nothing is done while the catalog is rebuilt: it does not know yet what there is.
    func repair(lost: Set<StoreNumber>, _ roll: StoreRoll) async throws -> Int {
        let lost = lost.sorted()
        var page = try await catalog.contentsAtRisk(lost: lost, limit: Self.risksPerPage)
        guard !page.isEmpty, try await !catalog.isRebuilding() else { return 0 }
        let movements = try await catalog.storeMovements(trashGrace: settings.trashGrace)
        let view = PlanningView(
            roll, usage: try await usage.value(), movements: movements, settings)
        var planner = ReplicaPlanner(
            cluster: view.cluster(lost: Set(lost)), tasksPerStore: settings.repairTasksPerStore,
            tasks: movements.mapValues(\.repairTasks))
        var added = 0
        var hopeless = 0
        for _ in 0..<Self.riskPagesMaximum {
            let round = round(of: page, &planner)
            added += try await catalog.addTasks(round.tasks)
            hopeless += round.hopeless
            // Those that wait for a store stand first again: the next turn looks at them.
            guard !round.isFull, page.count == Self.risksPerPage else { break }
            page = try await catalog.contentsAtRisk(
                lost: lost, limit: Self.risksPerPage, offset: hopeless)
        }
        if added > 0 {
            logger.notice("lost replicas are replaced", metadata: ["tasks": "\(added)"])
        }
        return added
    }

    /// Tasks for contents at risk.
    private struct RepairRound {
        var tasks: [NewTask] = []
        /// Contents that nothing can be done for.
        var hopeless = 0
        /// Whether some stores have enough to do.
        var isFull = false
    }

    private func round(
        of contents: [PlanningContent], _ planner: inout ReplicaPlanner
    ) -> RepairRound {
        var round = RepairRound()
        for content in contents {
            let live = planner.liveCount(of: content)
            switch planner.repair(content) {
            case .steps(let steps, _):
                let reason = "\(live) of \(live + planner.lack(of: content)) copies are left"
                round.tasks += steps.map { step in
                    NewTask(
                        step, priority: min(max(0, live - 1), Self.priorityLowest),
                        actor: "repair", reason: reason)
                }
            case .later: round.isFull = true
            case .none: round.hopeless += 1
            }
        }
        return round
    }

    private static let risksPerPage = 1000
    private static let riskPagesMaximum = 20
    private static let priorityLowest = 3
}

extension NewTask {
    /// What does `step`, which is of no plan.
    init(
        _ step: PlanStep, isExtra: Bool = false, priority: Int, actor: String, reason: String
    ) {
        self.init(
            kind: step.kind, hash: step.hash, generation: step.generation, size: step.size,
            store: step.store, source: step.source, isExtra: isExtra, priority: priority,
            actor: actor, reason: reason)
    }
}
