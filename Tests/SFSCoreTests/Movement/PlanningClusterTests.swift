import SFSCore
import Testing

@Suite("Plans")
struct PlanningClusterTests {
    /// A store of 1000 bytes of which `used` are; its free bytes are the rest.
    private func store(
        _ number: Int16, _ zone: String, host: String? = nil, used: Int64 = 100,
        capacity: Int64 = 1000, condition: StoreCondition = .well
    ) throws -> PlanningStore {
        PlanningStore(
            facts: StoreFacts(
                number: StoreNumber(number), name: try MemberName(parsing: "s\(number)"),
                zone: try MemberName(parsing: zone),
                host: try MemberName(parsing: host ?? "h\(number)"),
                roles: [.active, .online, .read, .write], freeBytes: capacity - used,
                totalBytes: capacity),
            condition: condition, isDraining: false, usedBytes: used)
    }

    private func content(
        _ stores: [Int16], want: Int = 2, size: Int64 = 10, rules: ContentRules = ContentRules()
    ) throws -> PlanningContent {
        PlanningContent(
            hash: try ContentHash(bytes: [UInt8](repeating: 7, count: 20)), size: size,
            generation: 1, want: want, stores: stores.map { StoreNumber($0) }, rules: rules)
    }

    private func cluster(_ stores: [PlanningStore]) -> PlanningCluster {
        PlanningCluster(stores: stores, minCopies: 2, highWater: 90)
    }

    /// Where one more replica goes; `nil` = nowhere.
    private func place(
        _ stores: [PlanningStore], _ content: PlanningContent
    ) throws -> Int16? {
        var planner = ReplicaPlanner(cluster: cluster(stores), tasksPerStore: 10)
        guard case .steps(let steps, _) = planner.repair(content) else { return nil }
        #expect(steps.count == 1)
        return steps.first?.store.value
    }

    @Test("add where the zone has none, before they look at hosts and fill")
    func zones() throws {
        let stores = try [
            store(1, "a"), store(2, "a", used: 0), store(3, "b", used: 800), store(4, "a"),
        ]
        #expect(try place(stores, content([1])) == 3)
    }

    @Test("add on another host of a zone, before they look at fill")
    func hosts() throws {
        let stores = try [
            store(1, "a", host: "x"), store(2, "a", host: "x", used: 0), store(3, "a", used: 800),
        ]
        #expect(try place(stores, content([1])) == 3)
    }

    @Test("add where the percentage is lowest, so that small volumes do not run over")
    func percent() throws {
        let stores = try [
            store(1, "a"), store(2, "b", used: 5000, capacity: 10_000), store(3, "b", used: 400),
        ]
        // Store 2 has more free bytes, but is fuller.
        #expect(try place(stores, content([1])) == 3)
    }

    @Test("add on forced stores first, and never on banned ones")
    func rules() throws {
        let stores = try [store(1, "a"), store(2, "a", used: 500), store(3, "b")]
        let forced = ContentRules(forcedStores: [StoreNumber(2)])
        #expect(try place(stores, content([1], rules: forced)) == 2)
        let banned = ContentRules(bannedStores: [StoreNumber(3)])
        #expect(try place(stores, content([1], rules: banned)) == 2)
        let both = ContentRules(bannedStores: [StoreNumber(2), StoreNumber(3)])
        #expect(try place(stores, content([1], rules: both)) == nil)
    }

    @Test("fill no store beyond the high-water mark, nor beyond what can be written now")
    func highWater() throws {
        #expect(try place([store(1, "a"), store(2, "b", used: 885)], content([1])) == 2)
        #expect(try place([store(1, "a"), store(2, "b", used: 895)], content([1])) == nil)
        // Its trash will be free again, but is not yet.
        var full = try store(2, "b", used: 500)
        full.trashBytes = full.facts.freeBytes
        full.facts.freeBytes = 5
        #expect(try place([store(1, "a"), full], content([1])) == nil)
    }

    @Test("do not count replicas on lost stores, and count those on stores that are away")
    func conditions() throws {
        let lost = try [store(1, "a"), store(2, "b", condition: .lost), store(3, "b")]
        #expect(try place(lost, content([1, 2])) == 3)
        let away = try [store(1, "a"), store(2, "b", condition: .away), store(3, "b")]
        #expect(try place(away, content([1, 2])) == nil)
    }

    @Test("remove the copy that shares its zone, of these the one on the fullest store")
    func surplus() throws {
        let stores = try [
            store(1, "a", used: 300), store(2, "a", used: 400), store(3, "b", used: 900),
        ]
        var wish = ClonePlan.Wish()
        wish.removesSurplus = true
        var plan = ClonePlan(cluster: cluster(stores), wish: wish, stepsMaximum: 10)
        plan.consider(try content([1, 2, 3]))
        #expect(plan.draft.steps.map(\.kind) == [.remove])
        #expect(plan.draft.steps.map(\.store.value) == [2])
        #expect(plan.draft.tally.lowestCopies == 2)
    }

    @Test("never plan to go below the minimum, whatever is wanted")
    func minimum() throws {
        let stores = try [store(1, "a"), store(2, "b"), store(3, "c")]
        var wish = ClonePlan.Wish()
        wish.copies = 1
        wish.removesSurplus = true
        var plan = ClonePlan(cluster: cluster(stores), wish: wish, stepsMaximum: 10)
        plan.consider(try content([1, 2, 3]))
        #expect(plan.draft.steps.count == 1)
        #expect(plan.draft.tally.left.map(\.reason) == [.tooFew])
    }

    @Test("move within the zone when a store is drained, and count one store's move for the next")
    func drain() throws {
        let stores = try [
            store(1, "a"), store(2, "a", used: 600), store(3, "b", used: 0), store(4, "b"),
        ]
        var plan = DrainPlan(cluster: cluster(stores), store: StoreNumber(1), stepsMaximum: 10)
        plan.consider(try content([1, 4]))
        #expect(plan.draft.steps.map(\.kind) == [.move])
        #expect(plan.draft.steps.map(\.store.value) == [2])
        #expect(plan.draft.steps.map(\.source?.value) == [1])
        let tally = plan.draft.tally
        #expect(tally.stores.map(\.usedAfter) == [90, 610])
        #expect(tally.zones.map(\.copiesAdded) == [1] && tally.zones.map(\.copiesRemoved) == [1])
    }

    @Test("stop at their limit, and say so")
    func limit() throws {
        let stores = try [store(1, "a"), store(2, "b"), store(3, "c")]
        var wish = ClonePlan.Wish()
        wish.copies = 3
        var plan = ClonePlan(cluster: cluster(stores), wish: wish, stepsMaximum: 4)
        for number in 1...5 {
            var content = try content([1, 2])
            content.hash = try ContentHash(bytes: [UInt8](repeating: UInt8(number), count: 20))
            plan.consider(content)
        }
        #expect(plan.draft.steps.count == 4)
        #expect(plan.draft.tally.left.map(\.reason) == [.planFull])
        #expect(plan.draft.tally.left.map(\.contents) == [1])
    }
}
