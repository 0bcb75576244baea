package import SFSCore
package import SFSWire
import Synchronization

/// The passes of a stand-in over volumes that do not exist, and what it finds there.
package final class PassBook: Sendable {
    private struct State {
        var passes: [PassReply] = []
        var orders: [PassOrder] = []
        var verifications: [VerifyOrder] = []
        var prunes: [PruneOrder] = []
        var found = PassCounters()
        var end = PassState.done
        var replicas: [VerifyReply.Replica] = []
        var pruned: [PruneReply.Entry] = []
        var looksUntilDone = 2
        var looks = 0
    }

    private let state = Mutex(State())

    /// Every order to begin passes.
    package var orders: [PassOrder] { state.withLock { $0.orders } }

    /// Every order to verify contents.
    package var verifications: [VerifyOrder] { state.withLock { $0.verifications } }

    /// Every order to prune.
    package var prunes: [PruneOrder] { state.withLock { $0.prunes } }

    /// All passes.
    package var passes: [PassReply] { state.withLock { $0.passes } }

    /// What passes from now on find, and how they end.
    package func setFindings(_ counters: PassCounters, _ end: PassState = .done) {
        state.withLock { ($0.found, $0.end) = (counters, end) }
    }

    /// Has passes end after so many looks at one that is under way.
    package func setLooksUntilDone(_ count: Int) { state.withLock { $0.looksUntilDone = count } }

    /// What verifying a content finds.
    package func setReplicas(_ replicas: [VerifyReply.Replica]) {
        state.withLock { $0.replicas = replicas }
    }

    /// What pruning removes.
    package func setPruned(_ entries: [PruneReply.Entry]) { state.withLock { $0.pruned = entries } }

    /// What `head` with `body` is answered with; `nil` when it is no route of this book.
    func answer(_ head: RawRequest, _ body: () throws -> [UInt8]) throws -> StandInAnswer? {
        let parts = head.path.split(separator: "/").dropFirst().map(String.init)
        switch (head.method, head.path) {
        case ("POST", Routes.passes):
            return try .json(
                PassList(passes: try begin(try JSON.decode(PassOrder.self, from: body()))))
        case ("GET", Routes.passes): return try .json(PassList(passes: look(head.query("kind"))))
        case ("POST", Routes.verifyContents):
            let order = try JSON.decode(VerifyOrder.self, from: body())
            let replicas = state.withLock { state in
                state.verifications.append(order)
                return state.replicas.filter { order.hashes.contains($0.hash) }
            }
            return try .json(VerifyReply(replicas: replicas))
        case ("POST", Routes.prune):
            let order = try JSON.decode(PruneOrder.self, from: body())
            let entries = state.withLock { state in
                state.prunes.append(order)
                return state.pruned.filter { order.only?.contains($0.kind) ?? true }
            }
            return try .json(PruneReply(entries: entries))
        case ("POST", _) where parts.first == "passes" && parts.count == 4:
            return try .json(try change(parts[1], parts[2], parts[3]))
        default: return nil
        }
    }

    private func begin(_ order: PassOrder) throws -> [PassReply] {
        let names = order.store.map { [$0.text] } ?? (order.zone == nil ? ["s1", "s3"] : ["s1"])
        let begun = try names.map { name in
            PassReply(
                store: try MemberName(parsing: name), kind: order.kind, state: .waiting,
                progress: 0, counters: PassCounters(), requestedAt: Timestamp(milliseconds: 0))
        }
        state.withLock { state in
            state.orders.append(order)
            state.passes.removeAll { pass in
                begun.contains { $0.store == pass.store && $0.kind == pass.kind }
            }
            state.passes += begun
        }
        return begun
    }

    private func look(_ kind: String?) -> [PassReply] {
        state.withLock { state in
            state.looks += 1
            let isOver = state.looks >= state.looksUntilDone
            for index in state.passes.indices
            where [.waiting, .running].contains(state.passes[index].state) {
                state.passes[index].state = isOver ? state.end : .running
                state.passes[index].progress = 0.5
                if isOver { state.passes[index].counters = state.found }
                if isOver, state.end == .failed { state.passes[index].problem = "it is gone" }
            }
            return state.passes.filter { kind == nil || $0.kind.rawValue == kind }
        }
    }

    private func change(_ kind: String, _ store: String, _ change: String) throws -> PassReply {
        try state.withLock { state in
            let index = state.passes.firstIndex { pass in
                pass.kind.rawValue == kind && pass.store.text == store
            }
            guard let index else { throw SFSError(.notFound, "there is no pass of '\(store)'") }
            state.passes[index].state = change == "resume" ? .running : .paused
            return state.passes[index]
        }
    }
}
