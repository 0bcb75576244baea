/// Finishes work whose asker may go away.
///
/// A client that disconnects while its content is being committed cancels its request; the commit
/// itself goes on here, so that nothing stays half-made. Work lives in the scope of `run()`, which
/// returns after `stop()` once all of it is done.
package final class WorkGroup: Sendable {
    private let orders: AsyncStream<@Sendable () async -> Void>
    private let input: AsyncStream<@Sendable () async -> Void>.Continuation

    package init() {
        (orders, input) = AsyncStream.makeStream()
    }

    /// Does what is asked of it until `stop()`.
    package func run() async {
        await withDiscardingTaskGroup { group in
            for await order in orders {
                group.addTask { await order() }
            }
        }
    }

    /// Takes no more work, and lets `run()` return when the rest is done.
    package func stop() {
        input.finish()
    }

    /// Does `body` to its end, even when the caller is cancelled, and gives its result back.
    ///
    /// - Throws: what `body` throws; `CancellationError` when the caller was cancelled, while
    ///   `body` goes on; `SFSError` with code `.unavailable` after `stop()`.
    package func finish<Result: Sendable>(
        _ body: @escaping @Sendable () async throws -> Result
    ) async throws -> Result {
        let answer = Answer<Result>()
        let order: @Sendable () async -> Void = {
            do {
                answer.give(.success(try await body()))
            } catch {
                answer.give(.failure(error))
            }
        }
        guard case .enqueued = input.yield(order) else {
            throw SFSError(.unavailable, "sfsd is stopping")
        }
        return try await answer.value()
    }
}
