import Logging
import SFSCatalog
import SFSCore

extension Engine {
    /// Gives contents that are read much extra replicas, and takes those away again of contents
    /// that have cooled.
    ///
    /// Extra replicas are for load only and never count for durability. A content cools at half
    /// the hits that make it hot, over twice the time: at the edge nothing goes to and fro.
    func careForHotContents(_ roll: StoreRoll) async throws {
        let cooled = try await cool()
        let warmed = settings.hotHits > 0 ? try await warm(roll) : 0
        guard cooled + warmed > 0 else { return }
        logger.info(
            "extra replicas change", metadata: ["more": "\(warmed)", "fewer": "\(cooled)"])
    }

    private func cool() async throws -> Int {
        let hits = settings.hotHits > 0 ? max(1, settings.hotHits / 2) : Int64.max
        let cold = try await catalog.coldExtras(
            hitsBelow: hits, within: Self.hotSpan * 2, limit: Self.hotContentsMaximum)
        guard !cold.isEmpty else { return 0 }
        let contents = try await catalog.planningContents(Array(Set(cold.map(\.hash))))
        let generations = Dictionary(contents.map { ($0.hash, $0.generation) }) { $1 }
        return try await catalog.addTasks(
            cold.compactMap { extra in
                generations[extra.hash].map { generation in
                    NewTask(
                        kind: .remove, hash: extra.hash, generation: generation,
                        size: extra.size, store: extra.store, isExtra: true,
                        priority: Self.hotPriority, actor: Self.hotActor,
                        reason: "it is not read so much any more")
                }
            })
    }

    private func warm(_ roll: StoreRoll) async throws -> Int {
        let hot = try await catalog.hotContents(
            hits: settings.hotHits, within: Self.hotSpan, limit: Self.hotContentsMaximum)
        guard !hot.isEmpty else { return 0 }
        let movements = try await catalog.storeMovements(trashGrace: settings.trashGrace)
        var bytes =
            try await catalog.extraBytes() + movements.values.reduce(0) { $0 + $1.extraBytes }
        let view = PlanningView(
            roll, usage: try await usage.value(), movements: movements, settings)
        var planner = ReplicaPlanner(
            cluster: view.cluster(), tasksPerStore: settings.repairTasksPerStore,
            tasks: movements.mapValues(\.repairTasks))
        var tasks: [NewTask] = []
        for (content, hits) in hot.map({ ($0.content, $0.hits) }) where content.busy.isEmpty {
            var content = content
            let wanted = Int(min(hits / settings.hotHits, Int64(settings.hotCopies)))
            while content.extras.count < wanted, bytes + content.size <= settings.hotBytes.bytes,
                let step = planner.extra(content)
            {
                bytes += content.size
                content.extras.append(step.store)
                tasks.append(
                    NewTask(
                        step, isExtra: true, priority: Self.hotPriority, actor: Self.hotActor,
                        reason: "\(hits) reads within an hour"))
            }
        }
        return try await catalog.addTasks(tasks)
    }

    private static let hotSpan: Duration = .hours(1)
    private static let hotContentsMaximum = 1000
    private static let hotPriority = 8
    private static let hotActor = "hot"
}
