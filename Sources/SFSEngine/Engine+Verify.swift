import SFSCatalog
import SFSCore
package import SFSWire

extension Engine {
    /// Contents that one order may name.
    private static let verifiedMaximum = 100

    /// Has every store that holds any of some contents read its replica again, and waits for it.
    ///
    /// A bad one goes to quarantine and is replaced, and so is a missing one. Of a store that misses
    /// one an inventory is ordered: it may miss others.
    ///
    /// - Throws: `SFSError` with code `.tooLarge` for more than 100 hashes.
    package func verify(_ order: VerifyOrder) async throws -> VerifyReply {
        guard order.hashes.count <= Self.verifiedMaximum else {
            throw SFSError(
                .tooLarge,
                "\(order.hashes.count) hashes in one order; verify up to "
                    + "\(Self.verifiedMaximum) at once")
        }
        let roll = try await storeRoll()
        let hashes = Array(Set(order.hashes)).sorted()
        let contents = try await catalog.contents(hashes)
        let known = Set(contents.map(\.hash))
        var replicas = hashes.filter { !known.contains($0) }.map { hash in
            VerifyReply.Replica(hash: hash, result: .unknown, problem: "it is not known here")
        }
        replicas += try await verify(try contents.flatMap { try questions($0, roll) }, order.force)
        try await lookForMissing(replicas, roll)
        return VerifyReply(replicas: replicas.sorted { Self.key($0) < Self.key($1) })
    }

    private struct Question: Sendable {
        let content: ContentRecord
        let store: MemberName
    }

    private func questions(
        _ content: ContentRecord, _ roll: StoreRoll
    ) throws(SFSError) -> [Question] {
        let holders = Set(content.stores + content.extras)
        return try holders.map { number throws(SFSError) in
            Question(content: content, store: try roll.name(of: number))
        }
    }

    /// Asks all, `CareSettings.verifyConcurrency` at once.
    private func verify(
        _ questions: [Question], _ force: Bool
    ) async throws -> [VerifyReply.Replica] {
        try await withThrowingTaskGroup(of: VerifyReply.Replica.self) { group in
            var rest = questions[...]
            func askNext() {
                guard let question = rest.popFirst() else { return }
                group.addTask { [self] in try await ask(question, force) }
            }
            for _ in 0..<care.verifyConcurrency { askNext() }
            var replicas: [VerifyReply.Replica] = []
            for try await replica in group {
                replicas.append(replica)
                askNext()
            }
            return replicas
        }
    }

    private func ask(_ question: Question, _ force: Bool) async throws -> VerifyReply.Replica {
        let (content, store) = (question.content, question.store)
        var replica = VerifyReply.Replica(hash: content.hash, store: store, result: .good)
        do {
            let limit = care.proofTimeout + .seconds(content.size / care.proofRate)
            let size = try await withTimeLimit(limit, "store '\(store)'") { [reach] in
                guard let peer = try await reach.peers(store) else {
                    throw SFSError(.unavailable, "store '\(store)' cannot be reached")
                }
                return force
                    ? try await peer.verify(content.hash).size
                    : try await peer.prove(content.hash).size
            }
            guard size == content.size else {
                throw SFSError(.corrupt, "it has \(size) bytes, not \(content.size)")
            }
        } catch {
            try Task.checkCancellation()
            let error = SFSError(wrapping: error)
            replica.result =
                switch error.code {
                case .corrupt, .hashMismatch: .bad
                case .notFound: .missing
                default: .unknown
                }
            replica.problem = error.message
        }
        return replica
    }

    private func lookForMissing(
        _ replicas: [VerifyReply.Replica], _ roll: StoreRoll
    ) async throws {
        let orders = String(decoding: try JSON.encode(PassOptions()), as: UTF8.self)
        for name in Set(replicas.filter { $0.result == .missing }.compactMap(\.store)) {
            let store = try roll.record(named: name)
            // One that is waiting or running already does as well.
            _ = try await catalog.requestPass(
                .inventory, of: store.facts.number, orders: orders)
        }
    }

    private static func key(_ replica: VerifyReply.Replica) -> (ContentHash, String) {
        (replica.hash, replica.store?.text ?? "")
    }
}
