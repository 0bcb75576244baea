import SFSCatalog
import SFSCore
import SFSWire

extension Engine {
    /// Plans what brings rules, zones and fill to where they should be.
    func makeBalance(_ order: BalanceOrder) async throws -> MadePlan {
        let band = order.band ?? settings.band
        guard (1...50).contains(band) else {
            throw SFSError(.usage, "'band' is not between 1 and 50 points")
        }
        let view = try await planningView()
        let scope = try scope(of: order, view)
        var plan = BalancePlan(
            cluster: view.cluster(), scope: scope, band: band,
            stepsMaximum: settings.planStepsMaximum)
        repeat {
            try await eachContent(on: nil) { plan.consider($0) }
        } while plan.endPass()
        return MadePlan(.balance, plan.draft, members: view.digest())
    }

    private func scope(
        of order: BalanceOrder, _ view: PlanningView
    ) throws -> BalancePlan.Scope {
        switch (order.store, order.zone) {
        case (nil, nil): return .all
        case (let store?, nil): return .store(try view.roll.record(named: store).facts.number)
        case (nil, let zone?):
            _ = try view.stores(inZone: zone)
            return .zone(zone)
        case (_?, _?): throw SFSError(.usage, "a balance is of a store or a zone; name one")
        }
    }
}
