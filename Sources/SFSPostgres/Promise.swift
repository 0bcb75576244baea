import Synchronization

/// A value that arrives once, from any thread; the first settlement counts.
final class Promise<Value: Sendable>: Sendable {
    typealias Outcome = Result<Value, any Error>

    private typealias Reader = @Sendable (Outcome) -> Void

    private enum State {
        case open([Int: Reader], nextID: Int)
        case settled(Outcome)
    }

    private let state = Mutex(State.open([:], nextID: 0))

    /// The outcome; `nil` until there is one.
    var outcome: Outcome? {
        state.withLock { state in
            if case .settled(let outcome) = state { outcome } else { nil }
        }
    }

    /// Settles it, unless it is settled already; says whether this call did.
    @discardableResult
    func settle(_ outcome: Outcome) -> Bool {
        let readers = state.withLock { state -> [Int: Reader]? in
            guard case .open(let readers, _) = state else { return nil }
            state = .settled(outcome)
            return readers
        }
        guard let readers else { return false }
        for read in readers.values { read(outcome) }
        return true
    }

    /// Calls `read` once with the outcome, now or on the thread that settles it.
    func whenSettled(_ read: @escaping @Sendable (Outcome) -> Void) {
        enter(reserve(), read)
    }

    /// Waits for the outcome, also when the caller is cancelled.
    func settled() async -> Outcome {
        await withCheckedContinuation { wake in
            whenSettled { wake.resume(returning: $0) }
        }
    }

    /// Waits for the value; a cancelled caller stops waiting and the promise stays open.
    func value() async throws -> Value {
        let id = reserve()
        return try await withTaskCancellationHandler {
            try await withCheckedContinuation { wake in
                enter(id) { wake.resume(returning: $0) }
                // A cancellation that came before `enter` found nobody to send away.
                if Task.isCancelled { leave(id) }
            }.get()
        } onCancel: {
            leave(id)
        }
    }

    /// Waits for the value as its only reader; a cancelled caller settles the promise, so that
    /// whoever would fulfil it learns that nobody wants it any more.
    func valueOrSettleOnCancel() async throws -> Value {
        let id = reserve()
        return try await withTaskCancellationHandler {
            try await withCheckedContinuation { wake in
                enter(id) { wake.resume(returning: $0) }
            }.get()
        } onCancel: {
            settle(.failure(CancellationError()))
        }
    }

    private func reserve() -> Int {
        state.withLock { state in
            guard case .open(let readers, let id) = state else { return 0 }
            state = .open(readers, nextID: id + 1)
            return id
        }
    }

    private func enter(_ id: Int, _ read: @escaping Reader) {
        let outcome = state.withLock { state -> Outcome? in
            switch state {
            case .settled(let outcome): return outcome
            case .open(var readers, let nextID):
                readers[id] = read
                state = .open(readers, nextID: nextID)
                return nil
            }
        }
        if let outcome { read(outcome) }
    }

    private func leave(_ id: Int) {
        let read = state.withLock { state -> Reader? in
            guard case .open(var readers, let nextID) = state else { return nil }
            let read = readers.removeValue(forKey: id)
            state = .open(readers, nextID: nextID)
            return read
        }
        read?(.failure(CancellationError()))
    }
}
