import SFSCore
import Testing

@Suite("The repair of any cluster")
struct ReplicaPlannerPropertyTests {
    @Test("only adds, brings contents to what they want or says why not, and overloads no store")
    func properties() throws {
        for seed in Seeds.some(700) {
            var random = RandomCluster(seed: seed)
            var model = try random.model()
            let before = model
            let limit = Int.random(in: 1...6, using: &random.generator)
            var planner = ReplicaPlanner(cluster: model.cluster, tasksPerStore: limit)
            var steps: [PlanStep] = []
            var waiting: Set<ContentHash> = []
            var hopeless: Set<ContentHash> = []
            for content in model.contentsInOrder {
                switch planner.repair(content) {
                case .steps(let more, let reason):
                    steps += more
                    if reason != nil { hopeless.insert(content.hash) }
                case .later: waiting.insert(content.hash)
                case .none(let reason):
                    if reason != nil { hopeless.insert(content.hash) }
                }
            }
            #expect(steps.allSatisfy { $0.kind == .clone && $0.source != nil }, "seed \(seed)")
            let complaints = model.perform(steps, using: &random.generator)
            #expect(complaints.isEmpty, "seed \(seed)")
            let tasks = Dictionary(grouping: steps, by: \.store).mapValues(\.count)
            #expect(tasks.values.allSatisfy { $0 <= limit }, "seed \(seed)")
            for old in before.contents.values {
                guard let new = model.contents[old.hash] else { continue }
                let wanted = old.rules.copies(wanting: old.want)
                let live = model.live(new).count
                #expect(
                    live >= wanted || waiting.contains(old.hash) || hopeless.contains(old.hash),
                    "seed \(seed)")
                if before.live(old).count >= wanted { #expect(new == old, "seed \(seed)") }
            }
            let idle = model.stores.keys.allSatisfy { tasks[$0, default: 0] < limit }
            #expect(waiting.isEmpty || !idle, "seed \(seed)")
        }
    }
}
