import SFSCatalog
import SFSCore
import SFSWire

extension Engine {
    /// Plans how everything that a store holds goes elsewhere.
    ///
    /// Once the plan is applied the store takes nothing more.
    func makeDrain(_ order: DrainOrder) async throws -> MadePlan {
        let view = try await planningView()
        let record = try view.roll.record(named: order.store)
        switch view.roll.condition(of: record) {
        case .well: break
        case .away, .lost:
            throw SFSError(
                .unavailable,
                "store '\(order.store)' cannot give anything away now; bring it back, or let "
                    + "repair replace what it held")
        case .retired: throw SFSError(.conflict, "store '\(order.store)' is retired already")
        }
        let number = record.facts.number
        var plan = DrainPlan(
            cluster: view.cluster(draining: number), store: number,
            stepsMaximum: settings.planStepsMaximum)
        try await eachContent(on: [number]) { plan.consider($0) }
        return MadePlan(
            .drain, plan.draft, members: view.digest(draining: number), drains: number)
    }
}
