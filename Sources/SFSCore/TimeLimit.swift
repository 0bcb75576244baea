/// Runs `body` for at most `limit`, then cancels it.
///
/// `body` must answer to cancellation: the time is up when it has ended.
///
/// - Throws: `SFSError` with code `.timeout` and a message that names `subject`; what `body` throws.
package func withTimeLimit<Result: Sendable>(
    _ limit: Duration, _ subject: String, _ body: @escaping @Sendable () async throws -> Result
) async throws -> Result {
    try await withThrowingTaskGroup(of: Result?.self) { group in
        group.addTask { try await body() }
        group.addTask {
            try await Task.sleep(for: limit)
            return nil
        }
        defer { group.cancelAll() }
        guard let first = try await group.next(), let result = first else {
            throw SFSError(.timeout, "\(subject) did not answer within \(limit)")
        }
        return result
    }
}
