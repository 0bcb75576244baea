package import Logging
package import SFSCore

/// A PostgreSQL database: single statements down shared connections, transactions on connections
/// of their own.
///
/// It connects when it is first used and reconnects by itself. While the server is away every
/// call fails with `.unavailable` within two seconds. No call blocks the caller's thread, waits
/// for ever, or does a thing twice; a cancelled caller stops waiting at once.
package final class PostgresDatabase: Sendable {
    private let options: PostgresOptions
    private let readers: [PostgresLink]
    private let writers: [PostgresLink]
    private let pool: PostgresPool
    private let clock: PostgresClock

    /// A database named by a PostgreSQL URL.
    ///
    /// Of several hosts the first that can be written is used. Settings in the URL win over those
    /// in `options`.
    ///
    /// - Throws: `SFSError` with code `.configuration` for a URL that is none.
    package init(
        url: String, options: PostgresOptions = PostgresOptions(), logger: Logger
    ) throws(SFSError) {
        let targets = try PostgresTarget.all(in: url, options: options)
        func links(_ count: Int, _ name: String) throws(SFSError) -> [PostgresLink] {
            var links: [PostgresLink] = []
            for index in 0..<max(1, count) {
                links.append(
                    try PostgresLink(
                        name: "\(name)-\(index)", targets: targets, options: options,
                        logger: logger))
            }
            return links
        }
        let readers = try links(options.readers, "pg-reader")
        let writers = try links(options.writers, "pg-writer")
        let pool = PostgresPool(targets: targets, options: options, logger: logger)
        self.options = options
        self.readers = readers
        self.writers = writers
        self.pool = pool
        clock = try PostgresClock { now in
            for link in readers + writers { link.expire(now) }
            pool.expire(now)
        }
    }

    deinit {
        // Threads of a database that nobody closed end by themselves.
        _ = stop()
    }

    /// Runs one statement in a transaction of its own, and returns its rows.
    ///
    /// Its parameters are bound to `$1`, `$2` and so on. It shares a connection: it must be quick,
    /// and may not begin a transaction or change the session. `writes` says that it changes rows,
    /// so that those which only read do not wait behind its commit.
    ///
    /// When the connection breaks before the answer, a `.never` statement fails and may or may
    /// not have been done; an `.idempotent` one is sent again.
    ///
    /// - Throws: `SFSError`: `.unavailable` when the server is away or the result unknown,
    ///   `.busy` past the limit of waiting statements or of tries, `.timeout`; `CancellationError`.
    @discardableResult
    package func query(
        _ statement: String, _ values: [PostgresValue] = [], writes: Bool = false,
        retry: PostgresRetry = .never
    ) async throws -> [PostgresRow] {
        try await retrying(retry) { deadline in
            let link = link(writes: writes)
            let request = PostgresRequest(
                statement, values, sendBy: deadline, timeout: options.answerTimeout)
            return try await link.answer(to: request).rows
        }
    }

    /// Sends one statement down a shared connection, once, and calls `done` with what came of it,
    /// on whatever thread learns of that.
    func send(
        _ statement: String, _ values: [PostgresValue], writes: Bool,
        done: @escaping @Sendable (Result<[PostgresRow], any Error>) -> Void
    ) {
        let request = PostgresRequest(
            statement, values, sendBy: .now + options.reachTimeout, timeout: options.answerTimeout)
        request.answer.whenSettled { outcome in done(outcome.map(\.rows)) }
        link(writes: writes).submit(request)
    }

    /// The shared connection with the least to do.
    private func link(writes: Bool) -> PostgresLink {
        let links = writes ? writers : readers
        return links.min { $0.load < $1.load } ?? links[0]
    }

    /// Runs `body` between BEGIN and COMMIT, and again from the start when the server asks for
    /// that or the connection broke before COMMIT: `body` must bear to be called several times.
    ///
    /// Whatever `body` throws rolls back and is rethrown.
    ///
    /// - Throws: `SFSError` as `query` does, `.unavailable` too when the connection broke while
    ///   committing, so that the result is unknown; `CancellationError`.
    package func transaction<R>(
        _ body: (PostgresTransaction) async throws -> R
    ) async throws -> R {
        try await retrying(.never) { deadline in
            let link = try await pool.lease(by: deadline)
            var isCommitted = false
            defer { giveBack(link, isClean: isCommitted) }
            let session = try await begin(on: link, by: deadline)
            let transaction = PostgresTransaction(link: link, session: session, options: options)
            defer { transaction.end() }
            do {
                let result = try await body(transaction)
                try await transaction.commit()
                isCommitted = true
                return result
            } catch {
                if let failure = transaction.failure, failure.mayBeRepeated { throw failure }
                throw error
            }
        }
    }

    /// Fails all calls, lets go of all connections and returns when all threads have ended.
    ///
    /// - Throws: `CancellationError`.
    package func close() async throws {
        for link in stop() { try await link.closed() }
        try await clock.stopped()
    }

    private func stop() -> [PostgresLink] {
        let shared = readers + writers
        for link in shared { link.close() }
        let links = shared + pool.close()
        clock.stop()
        return links
    }

    private func begin(
        on link: PostgresLink, by deadline: ContinuousClock.Instant
    ) async throws -> Int {
        do {
            let request = PostgresRequest(
                "BEGIN", sendBy: deadline, timeout: options.answerTimeout)
            return try await link.answer(to: request).session
        } catch let failure as PostgresFailure {
            throw failure.beforeCommit
        }
    }

    /// Returns a link to the pool, rolled back if need be.
    ///
    /// Nobody waits for that: the caller may be cancelled, and its last statement may still run.
    private func giveBack(_ link: PostgresLink, isClean: Bool) {
        guard !isClean else { return pool.giveBack(link) }
        let rollback = PostgresRequest(
            "ROLLBACK", route: .current, sendBy: .now + options.answerTimeout,
            timeout: options.answerTimeout)
        rollback.answer.whenSettled { [pool] _ in pool.giveBack(link) }
        link.submit(rollback)
    }

    /// The one place where anything is tried again: while `attempt` fails in a way that another
    /// try may mend, up to a number of tries and a time after the first failure.
    ///
    /// `attempt` gets the moment until which it should have reached the server.
    private func retrying<R>(
        _ retry: PostgresRetry, _ attempt: (ContinuousClock.Instant) async throws -> R
    ) async throws -> R {
        var deadline = ContinuousClock.now + options.reachTimeout
        var failures = 0
        while true {
            do {
                return try await attempt(deadline)
            } catch let failure as PostgresFailure {
                failures += 1
                if failures == 1 { deadline = .now + options.reachTimeout }
                let mayRepeat =
                    failure.mayBeRepeated || failure.kind == .lost && retry == .idempotent
                guard mayRepeat, failures < Self.triesMaximum, .now < deadline else {
                    throw failure.asError
                }
                try await Task.sleep(for: Self.backoff.delay(afterFailures: failures))
            }
        }
    }

    private static let triesMaximum = 10
    private static let backoff = Backoff(first: .milliseconds(4), maximum: .milliseconds(200))
}
