import SFSCore
import Synchronization

/// Slows logins that fail: per account and per address, more with every failure.
///
/// It delays answers and locks nobody out: a stranger cannot keep the owner of an account away.
package final class LoginBrake: Sendable {
    /// What failures are counted for.
    enum Subject: Sendable, Hashable {
        case account(String)
        case address(String)
    }

    private struct Failures {
        var count = 0
        var last = ContinuousClock.now
    }

    /// After so long without a failure the earlier ones are forgotten.
    private static let memory: Duration = .seconds(900)
    /// An address may serve many people behind it, so its first failures cost nothing.
    private static let freeFailuresOfAddress = 8

    private let settings: LoginSettings
    private let failures = RecentCache<Subject, Failures>(countMaximum: 100_000)
    private let underWay = Atomic(0)

    init(_ settings: LoginSettings) {
        self.settings = settings
    }

    /// Runs `attempt`, which says whether it succeeded, and keeps its answer back for as long as
    /// earlier failures of the same account or address ask for.
    ///
    /// - Throws: `SFSError` with code `.busy` when too many are waiting; what `attempt` throws.
    func slow<Result>(
        account: String, address: String, _ attempt: () async throws -> Result?
    ) async throws -> Result? {
        guard underWay.add(1, ordering: .relaxed).newValue <= settings.waitingMaximum else {
            underWay.subtract(1, ordering: .relaxed)
            throw SFSError(.busy, "too many logins at once; try again")
        }
        defer { underWay.subtract(1, ordering: .relaxed) }
        let subjects: [(Subject, free: Int)] = [
            (.account(account), 0), (.address(address), Self.freeFailuresOfAddress),
        ]
        // Before the attempt, so that right and wrong passwords wait the same.
        let delays = subjects.map { self.delay(for: $0.0, free: $0.free) }
        let delay = delays.max() ?? Duration.zero
        if delay > .zero { try await Task.sleep(for: delay) }
        let start = ContinuousClock.now
        let result = try await attempt()
        for (subject, _) in subjects { note(subject, success: result != nil) }
        // A failure is told no earlier than this: how long it took tells nothing of its reason. A
        // password from the original's time takes some 300 ms to check.
        if result == nil { try await Task.sleep(until: start + settings.delay * 2) }
        return result
    }

    private func delay(for subject: Subject, free: Int) -> Duration {
        guard let known = failures[subject], .now - known.last < Self.memory else { return .zero }
        let counted = known.count - free
        guard counted > 0 else { return .zero }
        return min(settings.delay * (1 << min(counted - 1, 20)), settings.delayMaximum)
    }

    private func note(_ subject: Subject, success: Bool) {
        if success {
            // A success clears the account; an address may try many accounts with one of its own.
            if case .account = subject { failures.set(subject, nil) }
            return
        }
        failures.update(subject, default: Failures()) { known in
            if .now - known.last >= Self.memory { known.count = 0 }
            known.count += 1
            known.last = .now
        }
    }
}
