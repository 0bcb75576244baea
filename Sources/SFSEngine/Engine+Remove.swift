import SFSCatalog
import SFSCore
import SFSWire

extension Engine {
    /// Plans the deletion of contents from the whole cluster.
    func makeRemoval(_ order: RemoveOrder) async throws -> MadePlan {
        let view = try await planningView()
        var steps: [PlanStep] = []
        var tally = DeletionTally(view)
        let missing = try await eachContent(of: order.hashes) { content in
            let stores = Set(content.stores + content.extras).sorted()
            // One that nobody holds has to go as well: any store stands for it.
            let named = stores.isEmpty ? view.roll.records.prefix(1).map(\.facts.number) : stores
            steps += named.map { PlanStep(content, .trash, on: $0) }
            tally.add(content.size, stores)
        }
        guard steps.count <= settings.planStepsMaximum else {
            throw SFSError(
                .tooLarge, "\(steps.count) replicas to remove; name fewer contents at a time")
        }
        var made = MadePlan(
            .remove, steps: steps, summary: tally.summary, members: view.digest())
        made.leaveAlone(missing, "the cluster does not hold it")
        return made
    }
}
