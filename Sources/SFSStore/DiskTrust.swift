import SFSCore

/// Whether the disk of an open volume is trusted, and when one that failed is tried again.
///
/// A disk that failed takes nothing in until a trial of it has succeeded. The first trial waits for
/// a while after the last failure; a disk that fails again soon after it was trusted waits twice
/// as long each time, up to a day, so that one that comes and goes is not filled and emptied.
package struct DiskTrust: Sendable {
    /// What failed; `nil` while it is trusted.
    package private(set) var suspicion: String?
    private let firstWait: Duration
    private var wait: Duration
    private var failedAt: ContinuousClock.Instant?

    /// Trusts it; with `firstWait` 0 one that fails is never tried again.
    package init(firstWait: Duration) {
        self.firstWait = firstWait
        wait = firstWait
    }

    /// The longest wait, and how long a disk must be well to have its failures forgotten.
    private static let day: Duration = .seconds(86_400)

    /// Takes note of a failure; whether it was trusted until now.
    package mutating func fail(_ message: String, at now: ContinuousClock.Instant) -> Bool {
        let last = failedAt
        failedAt = now
        guard suspicion == nil else { return false }
        suspicion = message
        if let last {
            wait = now - last > Self.day + wait ? firstWait : min(wait * 2, Self.day)
        }
        return true
    }

    /// Whether it is to be tried now.
    package func isTrialDue(at now: ContinuousClock.Instant) -> Bool {
        guard suspicion != nil, firstWait > .zero, let failedAt else { return false }
        return now - failedAt >= wait
    }

    /// Trusts it again: a trial that began at `start` went well.
    ///
    /// Returns whether it does; not when it has failed since.
    package mutating func pass(begunAt start: ContinuousClock.Instant) -> Bool {
        guard suspicion != nil, let failedAt, failedAt < start else { return false }
        suspicion = nil
        return true
    }
}
