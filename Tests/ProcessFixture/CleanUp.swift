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
    do {
        let result = try await body(cleanUp)
        if let failure = await cleanUp.finish() { throw failure }
        return result
    } catch {
        // The body's error is the one to be told; a clean-up that fails after it is its consequence.
        _ = await cleanUp.finish()
        throw error
    }
}
