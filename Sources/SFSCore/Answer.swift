import Synchronization

/// One result, handed from whoever has it to the one task that waits; the first one counts.
package final class Answer<Value: Sendable>: Sendable {
    private enum State {
        case open
        case awaited(CheckedContinuation<Value, any Error>)
        case given(Result<Value, any Error>)
    }

    private let state = Mutex(State.open)

    package init() {}

    /// Gives the result; does nothing when there is one already.
    package func give(_ result: Result<Value, any Error>) {
        let waiter = state.withLock { state -> CheckedContinuation<Value, any Error>? in
            switch state {
            case .open:
                state = .given(result)
                return nil
            case .awaited(let waiter):
                state = .given(result)
                return waiter
            case .given: return nil
            }
        }
        waiter?.resume(with: result)
    }

    /// Waits for the result, once; a cancelled caller stops waiting, and what comes then is lost.
    ///
    /// - Throws: what was given; `CancellationError`.
    package func value() async throws -> Value {
        try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { waiter in
                let result = state.withLock { state -> Result<Value, any Error>? in
                    if case .given(let result) = state { return result }
                    state = .awaited(waiter)
                    return nil
                }
                if let result { waiter.resume(with: result) }
            }
        } onCancel: {
            give(.failure(CancellationError()))
        }
    }
}
