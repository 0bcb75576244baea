import SFSCore
import Testing

@Suite("A drain of any store")
struct DrainPlanPropertyTests {
    private func plan(_ model: MovementModel, _ store: StoreNumber) -> DrainPlan {
        var plan = DrainPlan(cluster: model.cluster, store: store, stepsMaximum: 100_000)
        for content in model.contentsInOrder { plan.consider(content) }
        return plan
    }

    @Test("empties it or says what stays and why, and takes nothing that must stay")
    func properties() throws {
        for seed in Seeds.some(700) {
            var random = RandomCluster(seed: seed)
            var model = try random.model()
            guard
                let number = model.stores.keys.sorted().randomElement(using: &random.generator)
            else { continue }
            model.stores[number]?.isDraining = true
            let before = model
            let plan = plan(model, number)
            let steps = plan.draft.steps
            #expect(self.plan(model, number).draft.steps == steps, "seed \(seed)")
            let isOnlyIts = steps.allSatisfy { step in
                step.kind == .move && step.source == number
                    || step.kind == .remove && step.store == number
            }
            #expect(isOnlyIts, "seed \(seed)")
            let complaints = model.perform(steps, using: &random.generator)
            #expect(complaints.isEmpty, "seed \(seed)")
            guard model.stores[number]?.condition == .well else {
                #expect(steps.isEmpty, "seed \(seed)")
                continue
            }
            let left = plan.draft.tally.left.reduce(0) { $0 + $1.contents }
            let stays = model.contents.values.count { $0.stores.contains(number) }
            #expect(Int64(stays) == left, "seed \(seed)")
            expectZones(without: number, before, model, seed)
            #expect(self.plan(model, number).draft.steps.isEmpty, "seed \(seed)")
        }
    }

    /// Contents are in as many zones as before, while the store's own zone can take them.
    private func expectZones(
        without number: StoreNumber, _ before: MovementModel, _ after: MovementModel,
        _ seed: UInt64
    ) {
        let goesOn = before.stores.values.contains { store in
            store.facts.number != number && store.mayTake
                && store.facts.zone == before.stores[number]?.facts.zone
        }
        guard goesOn else { return }
        for old in before.contents.values {
            guard let new = after.contents[old.hash], new != old else { continue }
            let (was, live) = (before.live(old), after.live(new))
            #expect(
                after.zones(live).count >= min(before.zones(was).count, live.count),
                "seed \(seed): \(was) to \(live)")
        }
    }
}
