/// Runs `body`, then `cleanUp` whatever happened; the first error of the two is thrown.
func withCleanUp<Result>(
    _ body: () async throws -> Result, finally cleanUp: () async throws -> Void
) async throws -> Result {
    let result: Result
    do {
        result = try await body()
    } catch {
        // What went wrong first is what counts.
        try? await cleanUp()
        throw error
    }
    try await cleanUp()
    return result
}
