import SFSCore
import Synchronization

/// Lets `places` fetches run at once, lets others wait for a while, and refuses the rest.
final class FetchGate: Sendable {
    private typealias Wake = CheckedContinuation<Void, any Error>

    private struct State {
        var free: Int
        var waiting: [(id: Int, wake: Wake)] = []
        var nextID = 0
    }

    private static let waitingMaximum = 64
    private let state: Mutex<State>

    init(places: Int) {
        precondition(places > 0, "a gate that admits nothing is a deadlock")
        state = Mutex(State(free: places))
    }

    /// Takes a place, which `leave()` gives back.
    ///
    /// - Throws: `SFSError` with code `.busy` when none is free within `limit`, or too many wait
    ///   already; `CancellationError`.
    func enter(within limit: Duration) async throws {
        let id = state.withLock { state in
            state.nextID += 1
            return state.nextID
        }
        try await withThrowingTaskGroup(of: Void.self) { group in
            defer { group.cancelAll() }
            group.addTask {
                try await Task.sleep(for: limit)
                self.refuse(id, Self.refusal)
            }
            try await wait(id)
        }
    }

    /// Gives a place back, to the one that waits longest.
    func leave() {
        let next = state.withLock { state -> Wake? in
            guard state.waiting.isEmpty else { return state.waiting.removeFirst().wake }
            state.free += 1
            return nil
        }
        next?.resume()
    }

    private func wait(_ id: Int) async throws {
        try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { (wake: Wake) in
                enum Verdict { case enter, cancelled, wait, full }
                let verdict = state.withLock { state -> Verdict in
                    // Asked under the lock: a cancellation seen later than this finds `id`.
                    if Task.isCancelled { return .cancelled }
                    if state.free > 0 {
                        state.free -= 1
                        return .enter
                    }
                    guard state.waiting.count < Self.waitingMaximum else { return .full }
                    state.waiting.append((id, wake))
                    return .wait
                }
                switch verdict {
                case .enter: wake.resume()
                case .cancelled: wake.resume(throwing: CancellationError())
                case .full: wake.resume(throwing: Self.refusal)
                case .wait: break
                }
            }
        } onCancel: {
            refuse(id, CancellationError())
        }
    }

    private func refuse(_ id: Int, _ reason: any Error) {
        let wake = state.withLock { state in
            state.waiting.firstIndex { $0.id == id }.map { state.waiting.remove(at: $0).wake }
        }
        wake?.resume(throwing: reason)
    }

    private static let refusal = SFSError(.busy, "too many URLs are being fetched; try again later")
}
