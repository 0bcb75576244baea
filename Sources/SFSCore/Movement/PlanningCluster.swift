/// The stores as a plan sees them while it is made: what it has decided counts already.
///
/// Pure: the same stores and decisions give the same answers. Inside, a store is named by its
/// slot, its place in `stores`.
package struct PlanningCluster: Sendable {
    /// By number.
    package let stores: [PlanningStore]
    /// No plan leaves a content with fewer live replicas.
    package let minCopies: Int
    /// Percent of a store's capacity beyond which nothing is placed on it.
    package let highWater: Int
    private(set) var volumes: [PlannedVolume]
    /// The same number for stores of one zone, and of one host.
    private let zones: [Int]
    private let hosts: [Int]
    /// The slot of each store number; -1 = there is no such store.
    private let slots: [Int]

    package init(stores: [PlanningStore], minCopies: Int, highWater: Int) {
        let stores = stores.sorted { $0.facts.number < $1.facts.number }
        self.stores = stores
        self.minCopies = max(1, minCopies)
        self.highWater = highWater
        volumes = stores.map(PlannedVolume.init)
        zones = stores.map { store in
            stores.firstIndex { $0.facts.zone == store.facts.zone } ?? 0
        }
        // A host is one within its zone: two zones may each have a host of the same name.
        hosts = stores.map { store in
            stores.firstIndex {
                $0.facts.zone == store.facts.zone && $0.facts.host == store.facts.host
            } ?? 0
        }
        var slots = [Int](repeating: -1, count: Int(stores.last?.facts.number.value ?? 0) + 1)
        for (slot, store) in stores.enumerated() where store.facts.number.value >= 0 {
            slots[Int(store.facts.number.value)] = slot
        }
        self.slots = slots
    }

    /// The store with that number; `nil` = there is none.
    package subscript(number: StoreNumber) -> PlanningStore? {
        slot(number).map { stores[$0] }
    }

    func slot(_ number: StoreNumber) -> Int? {
        let index = Int(number.value)
        guard slots.indices.contains(index), slots[index] >= 0 else { return nil }
        return slots[index]
    }

    func number(_ slot: Int) -> StoreNumber { stores[slot].facts.number }

    func zone(_ slot: Int) -> Int { zones[slot] }

    func host(_ slot: Int) -> Int { hosts[slot] }

    // MARK: How many

    /// The slots of the stores whose replicas of `content` count.
    func live(_ content: PlanningContent) -> [Int] {
        content.stores.compactMap(slot).filter { stores[$0].isLive }
    }

    /// How many replicas `content` should have.
    func wanted(_ content: PlanningContent) -> Int {
        content.rules.copies(wanting: content.want)
    }

    /// How many it must have, whatever it wants.
    func minimum(_ content: PlanningContent) -> Int {
        max(minCopies, content.rules.copyMinimum ?? 0)
    }

    /// How many it keeps when something is taken away.
    func kept(_ content: PlanningContent) -> Int { max(wanted(content), minimum(content)) }

    // MARK: What a decision changes

    /// Counts `change` as decided.
    mutating func count(_ change: ContentChange, isUndone: Bool = false) {
        let size = change.content.size
        for number in change.gains {
            guard let slot = slot(number) else { continue }
            volumes[slot].add(size, isUndone: isUndone)
        }
        for number in change.losses {
            guard let slot = slot(number) else { continue }
            volumes[slot].remove(size, isUndone: isUndone)
        }
    }
}
