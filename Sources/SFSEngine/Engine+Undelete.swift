import SFSCatalog
import SFSCore
import SFSWire

extension Engine {
    /// Plans how deleted contents come back from the trash.
    func makeUndelete(_ order: UndeleteOrder) async throws -> MadePlan {
        let asked = Set(order.hashes)
        guard (1...ContentSelection.hashesMaximum).contains(asked.count) else {
            throw SFSError(
                .usage,
                "\(asked.count) hashes; name between 1 and "
                    + "\(ContentSelection.hashesMaximum)")
        }
        let view = try await planningView()
        let deleted = try await catalog.deletedContents(Array(asked), grace: settings.trashGrace)
        var steps: [PlanStep] = []
        var tally = DeletionTally(view, restores: true)
        var left: [String: [ContentHash]] = [:]
        for content in deleted {
            if let obstacle = obstacle(toRestoring: content) {
                left[obstacle, default: []].append(content.hash)
                continue
            }
            let size = content.size ?? 0
            steps += content.stores.map { store in
                PlanStep(
                    hash: content.hash, kind: .restore, store: store, source: nil, size: size,
                    generation: content.generation + 1, stores: content.stores)
            }
            tally.add(size, content.stores)
        }
        left["it was never deleted", default: []] += asked.subtracting(deleted.map(\.hash)).sorted()
        var made = MadePlan(
            .undelete, steps: steps, summary: tally.summary, members: view.digest())
        for (reason, hashes) in left.sorted(by: { $0.key < $1.key }) {
            made.leaveAlone(hashes, reason)
        }
        return made
    }

    private func obstacle(toRestoring content: DeletedContent) -> String? {
        if content.isThere { return "it is there" }
        if !content.isRecent { return "it was deleted too long ago" }
        return content.stores.isEmpty ? "no store has it in its trash" : nil
    }
}
