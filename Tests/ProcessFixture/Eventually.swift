extension Duration {
    /// How long a test waits for what is promised within a second: the second, and what a machine
    /// adds that does much else.
    package static let busySecond = Duration.seconds(6)
}

/// Asks `condition` again and again until it gives something, and returns that.
///
/// For what other processes do: there is nobody to wait for but the clock. Asks about every two
/// milliseconds.
///
/// - Throws: `FixtureError` that names `what` once `limit` is over; what `condition` throws.
package func eventually<Result>(
    within limit: Duration = .seconds(60), _ what: @autoclosure () -> String,
    _ condition: () async throws -> Result?
) async throws -> Result {
    let end = ContinuousClock.now + limit
    while true {
        if let result = try await condition() { return result }
        guard ContinuousClock.now < end else {
            throw FixtureError("not within \(limit): \(what())")
        }
        try await Task.sleep(for: .milliseconds(2))
    }
}
