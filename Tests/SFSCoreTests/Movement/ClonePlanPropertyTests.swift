import SFSCore
import Testing

@Suite("A clone plan for any cluster")
struct ClonePlanPropertyTests {
    private func plan(_ model: MovementModel, _ wish: ClonePlan.Wish) -> ClonePlan {
        var plan = ClonePlan(cluster: model.cluster, wish: wish, stepsMaximum: 100_000)
        for content in model.contentsInOrder { plan.consider(content) }
        return plan
    }

    @Test("takes nothing that must stay, and touches only what it was told to")
    func properties() throws {
        for seed in Seeds.some(700) {
            var random = RandomCluster(seed: seed)
            var model = try random.model()
            let before = model
            let wish = wish(&random, Array(model.stores.keys).sorted())
            let plan = plan(model, wish)
            let steps = plan.draft.steps
            #expect(self.plan(model, wish).draft.steps == steps, "seed \(seed)")
            let complaints = model.perform(steps, want: wish.copies, using: &random.generator)
            #expect(complaints.isEmpty, "seed \(seed)")
            for step in steps {
                #expect(!wish.away.contains(step.store) || step.kind == .remove, "seed \(seed)")
                if !wish.removesSurplus, wish.away.isEmpty {
                    #expect(step.kind == .clone, "seed \(seed)")
                }
            }
            for content in before.contents.values {
                expectOutcome(of: wish, plan, content, before, model, seed)
            }
        }
    }

    /// Everything is as it was wished, or was left alone.
    private func expectOutcome(
        of wish: ClonePlan.Wish, _ plan: ClonePlan, _ old: PlanningContent,
        _ before: MovementModel, _ after: MovementModel, _ seed: UInt64
    ) {
        let was = before.live(old)
        guard let new = after.contents[old.hash] else { return }
        guard means(wish, was.count) else {
            #expect(new == old && !plan.draft.wants.contains(old.hash), "seed \(seed)")
            return
        }
        let live = after.live(new)
        let wanted = old.rules.copies(wanting: wish.copies ?? old.want)
        let isLeft = !plan.draft.tally.left.isEmpty
        #expect(live.count >= wanted || isLeft, "seed \(seed): \(live) of \(wanted)")
        #expect(wish.to.isEmpty || !wish.to.isDisjoint(with: live) || isLeft, "seed \(seed)")
        #expect(wish.away.isDisjoint(with: live) || isLeft, "seed \(seed)")
        if wish.removesSurplus, wish.to.isEmpty, old.rules == ContentRules() {
            let kept = max(wanted, before.minCopies)
            #expect(live.count <= max(kept, 1) || isLeft, "seed \(seed): \(live) of \(kept)")
        }
        if !old.busy.isEmpty { #expect(new == old, "seed \(seed)") }
    }

    private func means(_ wish: ClonePlan.Wish, _ count: Int) -> Bool {
        if let below = wish.below { return count < below }
        if let at = wish.at { return count == at }
        if let above = wish.above { return count > above }
        return true
    }

    private func wish(
        _ random: inout RandomCluster, _ stores: [StoreNumber]
    ) -> ClonePlan.Wish {
        var wish = ClonePlan.Wish()
        if random.generator.chance(20) {
            wish.below = Int.random(in: 1...4, using: &random.generator)
        }
        if random.generator.chance(20) { wish.at = Int.random(in: 0...4, using: &random.generator) }
        if random.generator.chance(20) {
            wish.above = Int.random(in: 0...3, using: &random.generator)
        }
        if random.generator.chance(50) {
            wish.copies = Int.random(in: 1...4, using: &random.generator)
        }
        if random.generator.chance(30) { wish.to = random.some(stores) }
        if random.generator.chance(30) { wish.away = random.some(stores).subtracting(wish.to) }
        wish.removesSurplus = random.generator.chance(50)
        return wish
    }
}
