package import Logging
package import SFSCore
import Synchronization

/// What the catalog last told of revoked purchases, and its clock; read several times a second.
///
/// One for all members of a process. It is right as of `age` ago: who must not be wrong for longer
/// than that refuses.
package final class ChangeFeed: Sendable {
    private struct State {
        var revocations = RevocationTable()
        /// The catalog's clock in the newest reading, and when that was asked for.
        var newest: (now: Timestamp, asked: ContinuousClock.Instant)?
        /// When the last reading of everything was asked for.
        var full: ContinuousClock.Instant?
        /// Counts the readings that came in.
        var readings = 0
    }

    private let catalog: Catalog
    private let interval: Duration
    private let fullInterval: Duration
    private let logger: Logger
    private let state = Mutex(State())
    /// See `version`.
    private let versions = Atomic(0)
    /// The newest reading as two numbers that can be read without a lock: the catalog's clock less
    /// this process's, and when it was asked for, in milliseconds; `.min` = there was none.
    private let clockLead = Atomic(Int64.min)
    private let newestAsked = Atomic(Int64.min)
    private let start = ContinuousClock.now

    /// How long one reading may take.
    package static let readingTimeout: Duration = .seconds(2)

    /// A feed that asks every `interval` while it runs.
    ///
    /// Every `fullInterval` it reads everything, so that what is of no use any more is dropped.
    package init(
        catalog: Catalog, interval: Duration = .milliseconds(300),
        fullInterval: Duration = .seconds(30), logger: Logger
    ) {
        self.catalog = catalog
        self.interval = interval
        self.fullInterval = fullInterval
        self.logger = logger
    }

    /// The catalog's clock, carried on since the last reading; this machine's before the first.
    package var clock: Timestamp {
        let lead = clockLead.load(ordering: .relaxed)
        return lead == .min ? .now() : Timestamp(milliseconds: lead + uptime)
    }

    /// How old the last good reading is; `nil` = there was none.
    package var age: Duration? {
        let asked = newestAsked.load(ordering: .relaxed)
        return asked == .min ? nil : .milliseconds(uptime - asked)
    }

    /// Counts the readings that brought something new.
    ///
    /// As long as it is the same, so is the answer of `isRevoked`. Neither this nor `clock` and
    /// `age` wait for anybody.
    package var version: Int { versions.load(ordering: .acquiring) }

    private var uptime: Int64 { Int64((.now - start) / .milliseconds(1)) }

    /// Whether a purchase, or a grant of it, was ended before its time, as far as is known.
    ///
    /// `created` is when the purchase was made: what was bought after a revocation is not meant.
    package func isRevoked(
        token: PurchaseToken, hash: ContentHash, account: String, created: Timestamp
    ) -> Bool {
        state.withLock {
            $0.revocations.isRevoked(token: token, hash: hash, account: account, created: created)
        }
    }

    /// Asks the catalog now: what was revoked before the call is known when it returns.
    ///
    /// - Throws: `SFSError`, at the latest after `readingTimeout`; `CancellationError`.
    package func refresh() async throws {
        let asked = ContinuousClock.now
        let (moment, readings) = state.withLock { state -> (Timestamp?, Int) in
            let isDue = state.full.map { asked - $0 >= fullInterval } ?? true
            return (isDue ? nil : state.newest?.now, state.readings)
        }
        let changes = try await withTimeLimit(Self.readingTimeout, "the catalog") { [catalog] in
            try await catalog.changes(since: moment)
        }
        try state.withLock { state in
            state.readings += 1
            if moment == nil {
                // What came in meanwhile may know more than this reading of everything.
                if state.readings == readings + 1 { state.revocations = RevocationTable() }
                state.full = asked
            }
            for revocation in changes.revocations { state.revocations.insert(revocation) }
            // In time for who asks after the reading is said to be done.
            if moment == nil || !changes.revocations.isEmpty {
                versions.add(1, ordering: .releasing)
            }
            guard state.revocations.count <= Catalog.revocationsMaximum else {
                // Not in touch then: grants are refused, memory is not used up.
                state.full = nil
                throw SFSError(
                    .busy, "more than \(Catalog.revocationsMaximum) revocations to keep in mind")
            }
            if state.newest.map({ $0.asked < asked }) ?? true {
                state.newest = (changes.now, asked)
                let moment = Int64((asked - start) / .milliseconds(1))
                newestAsked.store(moment, ordering: .relaxed)
                clockLead.store(changes.now.milliseconds - moment, ordering: .relaxed)
            }
        }
    }

    /// Asks the catalog every `interval` until the task is cancelled.
    package func run() async {
        var isInTouch = true
        while !Task.isCancelled {
            do {
                try await refresh()
                if !isInTouch { logger.notice("in touch with the catalog's changes again") }
                isInTouch = true
            } catch {
                guard !Task.isCancelled else { return }
                if isInTouch {
                    logger.warning(
                        "out of touch with the catalog's changes", metadata: ["error": "\(error)"])
                }
                isInTouch = false
            }
            do {
                try await Task.sleep(for: interval)
            } catch {
                return
            }
        }
    }
}
