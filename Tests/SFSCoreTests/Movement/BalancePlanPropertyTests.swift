import SFSCore
import Testing

@Suite("A balance of any cluster")
struct BalancePlanPropertyTests {
    private func plan(
        _ model: MovementModel, scope: BalancePlan.Scope = .all, band: Int = 5
    ) -> BalancePlan {
        var plan = BalancePlan(
            cluster: model.cluster, scope: scope, band: band, stepsMaximum: 100_000)
        repeat {
            for content in model.contentsInOrder { plan.consider(content) }
        } while plan.endPass()
        return plan
    }

    @Test("takes nothing that must stay, spreads no worse, and leaves nothing to a second one")
    func properties() throws {
        for seed in Seeds.some(700) {
            var random = RandomCluster(seed: seed)
            var model = try random.model()
            let before = model
            let scope = try scope(&random, model)
            let plan = plan(model, scope: scope)
            let steps = plan.draft.steps
            #expect(self.plan(model, scope: scope).draft.steps == steps, "seed \(seed)")
            let complaints = model.perform(steps, using: &random.generator)
            #expect(complaints.isEmpty, "seed \(seed)")
            // One in some ten thousand.
            guard model.waiting.isEmpty else { continue }
            for step in steps { expectSpread(step.hash, before, model, seed) }
            var second = self.plan(model, scope: scope).draft.steps
            if case .store(let number) = scope {
                #expect(
                    steps.allSatisfy { [$0.store, $0.source].contains(number) }, "seed \(seed)")
                // One thing with each content at a time: it comes to an end, but not in one plan.
                for _ in 0..<12 where !second.isEmpty {
                    _ = model.perform(second, using: &random.generator)
                    second = self.plan(model, scope: scope).draft.steps
                }
            }
            #expect(second.isEmpty, "seed \(seed)")
        }
    }

    @Test("evens the fill within the band, or says what is in the way")
    func evens() throws {
        for seed in Seeds.some(60) {
            var random = RandomCluster(seed: seed, isFriendly: true)
            var model = try random.model(contents: 150...250)
            let plan = plan(model)
            let complaints = model.perform(plan.draft.steps, using: &random.generator)
            #expect(complaints.isEmpty, "seed \(seed)")
            guard model.waiting.isEmpty else { continue }
            let fills = model.stores.keys.map(model.fill)
            let gap = (fills.max() ?? 0) - (fills.min() ?? 0)
            #expect(abs(gap - plan.gap) < 0.001, "seed \(seed)")
            #expect(gap <= 5 || !plan.draft.tally.left.isEmpty, "seed \(seed), gap \(gap)")
            // Only zones can be in the way here: in one zone there is none.
            let zones = Set(model.stores.values.map(\.facts.zone))
            if zones.count == 1, Set(model.stores.values.map(\.facts.host)).count == 1 {
                let emptiest = model.stores.keys.min { model.fill($0) < model.fill($1) }
                let holdsAll = model.contents.values.allSatisfy { content in
                    emptiest.map(content.stores.contains) ?? false
                }
                #expect(gap <= 5 || holdsAll, "seed \(seed)")
            }
        }
    }

    @Test("says so when it has no room for all that there is to do")
    func limit() throws {
        for seed in Seeds.some(20) {
            var random = RandomCluster(seed: seed, isFriendly: true)
            let model = try random.model(contents: 150...250)
            guard plan(model).draft.steps.count > 3 else { continue }
            var plan = BalancePlan(cluster: model.cluster, band: 5, stepsMaximum: 3)
            repeat {
                for content in model.contentsInOrder { plan.consider(content) }
            } while plan.endPass()
            #expect(plan.draft.steps.count <= 3, "seed \(seed)")
            #expect(plan.draft.tally.left.contains { $0.reason == .planFull }, "seed \(seed)")
        }
    }

    private func scope(
        _ random: inout RandomCluster, _ model: MovementModel
    ) throws -> BalancePlan.Scope {
        guard random.generator.chance(30),
            let store = model.stores.values.sorted(by: { $0.facts.number < $1.facts.number })
                .randomElement(using: &random.generator)
        else { return .all }
        return random.generator.chance(50) ? .store(store.facts.number) : .zone(store.facts.zone)
    }

    private func expectSpread(
        _ hash: ContentHash, _ before: MovementModel, _ after: MovementModel, _ seed: UInt64
    ) {
        guard let old = before.contents[hash], let new = after.contents[hash] else { return }
        let (was, live) = (before.live(old), after.live(new))
        // A forced copy may come once others have gone: it is in whatever zone it has to be.
        let isFree = old.rules.forcedStores.isEmpty && !old.rules.isForced
        let copies = isFree ? live.count : min(live.count, before.floor(old, wanting: old.want))
        #expect(
            after.zones(live).count >= min(before.zones(was).count, copies),
            "seed \(seed): \(was) to \(live)")
        // A store that must hold it may be in a zone that has some already.
        if was.count == live.count, old.rules.forcedStores.isEmpty {
            #expect(after.zonePairs(live) <= before.zonePairs(was), "seed \(seed)")
        }
    }
}
