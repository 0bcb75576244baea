import SFSCore

/// A cluster that does what plans say, one thing at a time in any order, and knows where good
/// replicas are; it complains of everything that must never happen.
struct MovementModel {
    var stores: [StoreNumber: PlanningStore]
    var contents: [ContentHash: PlanningContent]
    let minCopies: Int
    let highWater: Int
    /// What `perform` could not do, since full stores wait for each other.
    private(set) var waiting: [PlanStep] = []

    init(
        stores: [StoreNumber: PlanningStore], contents: [ContentHash: PlanningContent],
        minCopies: Int, highWater: Int
    ) {
        self.stores = stores
        self.contents = contents
        self.minCopies = minCopies
        self.highWater = highWater
    }

    var cluster: PlanningCluster {
        PlanningCluster(
            stores: Array(stores.values), minCopies: minCopies, highWater: highWater)
    }

    /// By hash, as the catalog gives them.
    var contentsInOrder: [PlanningContent] { contents.values.sorted { $0.hash < $1.hash } }

    // MARK: What is so

    func live(_ content: PlanningContent) -> [StoreNumber] {
        content.stores.filter { number in
            guard let store = stores[number] else { return false }
            return store.condition == .well || store.condition == .away
        }
    }

    /// What must stay of a content, whatever is done.
    func floor(_ content: PlanningContent, wanting want: Int) -> Int {
        max(minCopies, content.rules.copyMinimum ?? 0, content.rules.copies(wanting: want))
    }

    func fill(_ number: StoreNumber) -> Double {
        guard let store = stores[number], store.capacity > 0 else { return 100 }
        return 100 * Double(store.usedBytes) / Double(store.capacity)
    }

    func zones(_ numbers: [StoreNumber]) -> Set<MemberName> {
        Set(numbers.compactMap { stores[$0]?.facts.zone })
    }

    /// Pairs of replicas that share a zone.
    func zonePairs(_ numbers: [StoreNumber]) -> Int {
        let zones = numbers.compactMap { stores[$0]?.facts.zone }
        return Dictionary(grouping: zones) { $0 }.values.reduce(0) {
            $0 + $1.count * ($1.count - 1) / 2
        }
    }

    // MARK: What is done

    private struct Act {
        let step: PlanStep
        var isAddition: Bool
    }

    /// Does all `steps` in an order that `generator` chooses, a move as an addition and a
    /// removal some time later; answers with what went wrong.
    ///
    /// A store that is at its high-water mark waits for what it is still to give up.
    mutating func perform(
        _ steps: [PlanStep], want: Int? = nil, using generator: inout SeededGenerator
    ) -> [String] {
        var complaints: [String] = []
        let start = contents
        var acts = steps.map { Act(step: $0, isAddition: $0.kind != .remove) }
        // In a row: as long as anything is done, what waits may still get its turn.
        var refusals = 0
        while !acts.isEmpty, refusals < 20 * acts.count + 20 {
            let index = Int.random(in: acts.indices, using: &generator)
            let act = acts[index]
            if act.isAddition {
                guard isBelowHighWater(act.step) else {
                    refusals += 1
                    continue
                }
                refusals = 0
                complaints += add(act.step)
                if act.step.kind == .move {
                    acts[index].isAddition = false
                } else {
                    acts.remove(at: index)
                }
            } else {
                refusals = 0
                complaints += remove(act.step, before: start, want: want)
                acts.remove(at: index)
            }
        }
        waiting = acts.map(\.step)
        // Two full stores that are to swap something wait for each other, until the next plan.
        let givers = Set(waiting.compactMap(\.source))
        if !waiting.allSatisfy({ givers.contains($0.store) }) {
            complaints.append("\(acts.count) steps go over the high-water mark")
        }
        return complaints
    }

    private func isBelowHighWater(_ step: PlanStep) -> Bool {
        guard var store = stores[step.store] else { return true }
        let capacity = store.capacity
        store.usedBytes += step.size
        return Double(store.usedBytes) * 100 <= Double(capacity) * Double(highWater)
    }

    private mutating func add(_ step: PlanStep) -> [String] {
        var complaints: [String] = []
        guard var content = contents[step.hash], var store = stores[step.store] else {
            return ["an unknown content or store: \(step)"]
        }
        if !store.mayTake { complaints.append("store \(step.store) may not take") }
        if content.rules.bannedStores.contains(step.store) {
            complaints.append("to a banned store")
        }
        if content.stores.contains(step.store) { complaints.append("it is there already") }
        if content.busy.contains(step.store) { complaints.append("another task does it") }
        if !content.stores.contains(where: { stores[$0]?.condition == .well }) {
            complaints.append("there is nobody to copy from")
        }
        if let source = step.source, stores[source]?.condition != .well {
            complaints.append("the source is not in service")
        }
        store.usedBytes += step.size
        store.facts.freeBytes -= step.size
        if store.facts.freeBytes < 0 { complaints.append("store \(step.store) is full") }
        stores[step.store] = store
        content.stores = (content.stores + [step.store]).sorted()
        contents[step.hash] = content
        return complaints.map { "\($0): \(step)" }
    }

    private mutating func remove(
        _ step: PlanStep, before: [ContentHash: PlanningContent], want: Int?
    ) -> [String] {
        let number = step.kind == .move ? step.source ?? step.store : step.store
        guard var content = contents[step.hash], let first = before[step.hash],
            var store = stores[number]
        else { return ["an unknown content or store: \(step)"] }
        var complaints: [String] = []
        if store.condition != .well { complaints.append("store \(number) is not in service") }
        if !content.stores.contains(number) { complaints.append("there is nothing to remove") }
        if !content.rules.mayLeave(number) { complaints.append("a rule keeps it there") }
        content.stores.removeAll { $0 == number }
        let left = live(content)
        let needed = min(
            floor(first, wanting: first.want), floor(first, wanting: want ?? first.want))
        if left.count < needed { complaints.append("\(left.count) of \(needed) copies are left") }
        let provable = left.count { stores[$0]?.condition == .well }
        if provable < minCopies { complaints.append("only \(provable) copies can be proven") }
        // It lies in the trash for a while, and nothing more can be written in its place.
        store.usedBytes -= step.size
        store.trashBytes += step.size
        stores[number] = store
        contents[step.hash] = content
        return complaints.map { "\($0): \(step)" }
    }
}
