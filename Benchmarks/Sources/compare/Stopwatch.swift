/// Takes the time of what is done once.
enum Stopwatch {
    /// Seconds that `body` took.
    static func seconds(_ body: () async throws -> Void) async throws -> Double {
        let start = ContinuousClock.now
        try await body()
        return (ContinuousClock.now - start) / .seconds(1)
    }
}
