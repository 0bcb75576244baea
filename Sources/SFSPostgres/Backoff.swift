/// How long to wait between tries: twice as long each time up to a limit, and never twice the
/// same, so that those who failed together do not come back together.
struct Backoff: Sendable {
    let first: Duration
    let maximum: Duration

    /// The pause after `failures` failures in a row, from half of its step to the whole.
    func delay(afterFailures failures: Int) -> Duration {
        let step = min(first * (1 << min(max(failures - 1, 0), 20)), maximum)
        return step * Double.random(in: 0.5...1)
    }
}
