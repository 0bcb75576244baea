import Synchronization

/// Lets bytes pass at a rate, for all who share it together.
///
/// What one takes the others wait for, in the order in which they came. Time in which nobody took
/// anything is not saved up, but for a moment.
package final class Throttle: Sendable {
    /// How much unused time may be made up for.
    private static let slack: Duration = .milliseconds(100)

    /// The rate, 1 or more.
    package let bytesPerSecond: Int64
    /// When everything that was let pass so far has had its time.
    private let free = Mutex(ContinuousClock.now)

    package init(bytesPerSecond: Int64) {
        precondition(bytesPerSecond > 0, "a throttle that lets nothing pass is a deadlock")
        self.bytesPerSecond = bytesPerSecond
    }

    /// Returns once `bytes` may pass.
    ///
    /// The first ones pass at once, and are paid for by those that come after them: so a piece may
    /// be larger than what passes in a second.
    ///
    /// - Throws: `CancellationError`; what was asked for is then counted all the same.
    package func take(_ bytes: Int) async throws {
        let time = Duration.seconds(Double(bytes) / Double(bytesPerSecond))
        let due = free.withLock { free in
            let due = max(free, .now - Self.slack)
            free = due + time
            return due
        }
        if due > .now { try await Task.sleep(until: due, clock: .continuous) }
    }
}
