import SFSCore
import Synchronization

/// Slows logins that fail: per account and per address, more with every failure.
///
/// It delays answers and locks nobody out: a stranger cannot keep the owner of an account away.
package final class LoginBrake: Sendable {
    /// What failures are counted for.
    enum Subject: Sendable, Hashable {
        /// `nil` = any name that no account can have: what strangers send is not kept.
        case account(AccountName?)
        case address(String)
        case both(AccountName?, String)

        /// How many logins of it may be under way at once.
        var underWayMaximum: Int {
            switch self {
            case .account: .max
            case .address: 32
            case .both: 4
            }
        }
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
    private let underWay = Mutex<[Subject: Int]>([:])

    init(_ settings: LoginSettings) {
        self.settings = settings
    }

    /// Runs `attempt`, which says whether it succeeded, and keeps its answer back for as long as
    /// earlier failures of the same account or address ask for.
    ///
    /// Who fills the places of an account from one address, or of an address, keeps nobody else
    /// out.
    ///
    /// - Throws: `SFSError` with code `.busy` when too many are waiting; what `attempt` throws.
    func slow<Result>(
        account: String, address: String, _ attempt: () async throws -> Result?
    ) async throws -> Result? {
        // A name that cannot be one is as good as another.
        let name = try? AccountName(parsing: account)
        let places: [Subject] = [.both(name, address), .address(address)]
        try enter(places)
        defer { leave(places) }
        let subjects: [(Subject, free: Int)] = [
            (.account(name), 0), (.address(address), Self.freeFailuresOfAddress),
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

    private func enter(_ places: [Subject]) throws(SFSError) {
        let isAdmitted = underWay.withLock { underWay in
            let isFull = places.contains { underWay[$0, default: 0] >= $0.underWayMaximum }
            // Each has two entries.
            guard !isFull, underWay.count < 2 * settings.waitingMaximum else { return false }
            for place in places { underWay[place, default: 0] += 1 }
            return true
        }
        guard isAdmitted else { throw SFSError(.busy, "too many logins at once; try again") }
    }

    private func leave(_ places: [Subject]) {
        underWay.withLock { underWay in
            for place in places {
                let count = underWay[place, default: 0] - 1
                underWay[place] = count > 0 ? count : nil
            }
        }
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
