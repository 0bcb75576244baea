import Synchronization

/// Lets one caller at a time work on a key, in the order in which they came.
///
/// Callers with different keys never wait for each other.
package final class KeyedLock<Key: Hashable & Sendable>: Sendable {
    private typealias Wake = CheckedContinuation<Void, any Error>

    private struct Queue {
        var waiting: [(id: Int, wake: Wake)] = []
    }

    private struct State {
        /// A key is here while somebody holds it.
        var held: [Key: Queue] = [:]
        var nextID = 0
    }

    private let state = Mutex(State())

    package init() {}

    /// Runs `body` once nobody else works on `key`.
    ///
    /// - Throws: `CancellationError` when cancelled while waiting; what `body` throws.
    package func withLock<Result>(
        on key: Key, _ body: () async throws -> Result
    ) async throws -> Result {
        try await enter(key)
        defer { leave(key) }
        return try await body()
    }

    /// The same with a key that stays held as long as anybody has the `Hold` that `body` is given: for
    /// work that goes on when its asker has given it up.
    package func withHold<Result>(
        on key: Key, _ body: (Hold) async throws -> Result
    ) async throws -> Result {
        try await enter(key)
        let hold = Hold(self, key)
        defer { withExtendedLifetime(hold) {} }
        return try await body(hold)
    }

    /// Holds a key until the last reference to it goes.
    package final class Hold: Sendable {
        private let lock: KeyedLock
        private let key: Key

        fileprivate init(_ lock: KeyedLock, _ key: Key) {
            self.lock = lock
            self.key = key
        }

        deinit { lock.leave(key) }
    }

    private enum Verdict { case entered, waiting, cancelled }

    private func enter(_ key: Key) async throws {
        let id = state.withLock { state in
            state.nextID += 1
            return state.nextID
        }
        try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { (wake: Wake) in
                let verdict = state.withLock { state -> Verdict in
                    // Asked under the lock: a later cancellation finds `id` in the queue.
                    if Task.isCancelled { return .cancelled }
                    guard state.held[key] != nil else {
                        state.held[key] = Queue()
                        return .entered
                    }
                    state.held[key]?.waiting.append((id, wake))
                    return .waiting
                }
                switch verdict {
                case .entered: wake.resume()
                case .cancelled: wake.resume(throwing: CancellationError())
                case .waiting: break
                }
            }
        } onCancel: {
            abandon(id, key)
        }
    }

    private func abandon(_ id: Int, _ key: Key) {
        let wake = state.withLock { state -> Wake? in
            guard let place = state.held[key]?.waiting.firstIndex(where: { $0.id == id }) else {
                return nil
            }
            return state.held[key]?.waiting.remove(at: place).wake
        }
        wake?.resume(throwing: CancellationError())
    }

    private func leave(_ key: Key) {
        let next = state.withLock { state -> Wake? in
            guard let queue = state.held[key], !queue.waiting.isEmpty else {
                state.held[key] = nil
                return nil
            }
            return state.held[key]?.waiting.removeFirst().wake
        }
        next?.resume()
    }
}
