import Logging
import SFSCore
import Synchronization

/// Links of which each serves one transaction at a time.
final class PostgresPool: Sendable {
    private struct Waiter {
        let link = Promise<PostgresLink>()
        let deadline: ContinuousClock.Instant
    }

    private struct State {
        var all: [PostgresLink] = []
        var free: [PostgresLink] = []
        var waiting: [Waiter] = []
        var isClosed = false
    }

    private let state = Mutex(State())
    private let targets: [PostgresTarget]
    private let options: PostgresOptions
    private let logger: Logger

    init(targets: [PostgresTarget], options: PostgresOptions, logger: Logger) {
        self.targets = targets
        self.options = options
        self.logger = logger
    }

    /// A link for the caller alone, who must give it back.
    ///
    /// - Throws: `PostgresFailure` `.full` when too many wait, or none was free by `deadline`;
    ///   `SFSError` when no thread can be started; `CancellationError`.
    func lease(by deadline: ContinuousClock.Instant) async throws -> PostgresLink {
        enum Verdict { case leased(PostgresLink), waits(Waiter), refused(PostgresFailure.Kind) }
        let verdict = try state.withLock { state -> Verdict in
            if state.isClosed { return .refused(.closed) }
            if let link = state.free.popLast() { return .leased(link) }
            if state.all.count < options.transactionsMaximum {
                let link = try PostgresLink(
                    name: "postgres-\(state.all.count)", targets: targets, options: options,
                    logger: logger)
                state.all.append(link)
                return .leased(link)
            }
            guard state.waiting.count < options.transactionsWaitingMaximum else {
                return .refused(.full)
            }
            let waiter = Waiter(deadline: deadline)
            state.waiting.append(waiter)
            return .waits(waiter)
        }
        switch verdict {
        case .leased(let link): return link
        case .waits(let waiter): return try await waiter.link.valueOrSettleOnCancel()
        case .refused(let kind): throw PostgresFailure(kind)
        }
    }

    /// Takes a link back and hands it to the next who waits.
    func giveBack(_ link: PostgresLink) {
        while true {
            let next = state.withLock { state -> Waiter? in
                guard state.waiting.isEmpty else { return state.waiting.removeFirst() }
                state.free.append(link)
                return nil
            }
            // One who was cancelled or too late does not take it.
            guard let next, !next.link.settle(.success(link)) else { return }
        }
    }

    /// Refuses those who have waited long enough, and passes the time on to the links.
    func expire(_ now: ContinuousClock.Instant) {
        let (expired, links) = state.withLock { state in
            let expired = state.waiting.filter { $0.deadline <= now }
            state.waiting.removeAll { $0.deadline <= now || $0.link.outcome != nil }
            return (expired, state.all)
        }
        for waiter in expired {
            waiter.link.settle(.failure(PostgresFailure(.full, "no connection became free")))
        }
        for link in links { link.expire(now) }
    }

    /// Closes all links, without waiting for their threads; returns them.
    func close() -> [PostgresLink] {
        let (waiting, links) = state.withLock { state in
            state.isClosed = true
            defer { state.waiting = [] }
            return (state.waiting, state.all)
        }
        for waiter in waiting { waiter.link.settle(.failure(PostgresFailure(.closed))) }
        for link in links { link.close() }
        return links
    }
}
