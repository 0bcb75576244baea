import Synchronization

/// What must be undone at the end of a test, last made first undone.
///
/// Use the scoped `with…` functions where one resource is enough; use this where a test makes a
/// number of them that is known only when it runs.
package final class CleanUp: Sendable {
    private typealias Step = @Sendable () async throws -> Void

    private let steps = Mutex<[Step]>([])

    fileprivate init() {}

    /// Has `step` done at the end, before everything that was added earlier.
    package func add(_ step: @escaping @Sendable () async throws -> Void) {
        steps.withLock { $0.append(step) }
    }

    /// Does every step, also after one that failed; gives the first failure.
    fileprivate func finish() async -> (any Error)? {
        var failure: (any Error)?
        while let step = steps.withLock({ $0.popLast() }) {
            do {
                try await step()
            } catch {
                failure = failure ?? error
            }
        }
        return failure
    }
}

/// Runs `body`, then undoes what it added, whether it returned or threw.
///
/// - Throws: what `body` throws, else what the first failing clean-up throws.
package func withCleanUp<Result>(
    _ body: (CleanUp) async throws -> Result
) async throws -> Result {
    let cleanUp = CleanUp()
    let result: Result
    do {
        result = try await body(cleanUp)
    } catch {
        // The body's error is to be told; a clean-up that fails after it is its consequence.
        _ = try await uncancelled { await cleanUp.finish() }
        throw error
    }
    if let failure = try await uncancelled({ await cleanUp.finish() }) { throw failure }
    return result
}

/// Runs `body` to its end, also when the task that asks for it is cancelled: what must be undone
/// has to wait for processes.
func uncancelled<Result: Sendable>(
    _ body: @escaping @Sendable () async throws -> Result
) async throws -> Result {
    try await Task { try await body() }.value
}
