import Glibc
import Logging
import SFSCore
import Synchronization

/// A queue of statements, and a thread that keeps a connection for them.
///
/// It connects when there is something to send, and again when the connection broke. Statements
/// go out in order, without waiting for one another's answers.
final class PostgresLink: Sendable {
    private struct State {
        var waiting: [PostgresRequest] = []
        /// Sent and not answered.
        var underwayCount = 0
        /// The number of the open session, if there is one.
        var session: Int?
        /// Whether the thread has to be woken for new work.
        var isAsleep = false
        var isClosed = false
    }

    private let state = Mutex(State())
    private let wake: WakeSignal
    private let targets: [PostgresTarget]
    private let options: PostgresOptions
    private let logger: Logger
    private let thread = Mutex<DedicatedThread?>(nil)

    /// Statements under way on one connection; a limit on what is lost with it.
    private static let underwayMaximum = 128
    private static let backoff = Backoff(first: .milliseconds(20), maximum: .milliseconds(500))

    /// Starts the thread, which connects at the first statement.
    init(
        name: String, targets: [PostgresTarget], options: PostgresOptions, logger: Logger
    ) throws(SFSError) {
        wake = try WakeSignal()
        self.targets = targets
        self.options = options
        self.logger = logger
        let started = try DedicatedThread(name: name) { self.run() }
        thread.withLock { $0 = started }
    }

    /// How many statements wait or are under way.
    var load: Int { state.withLock { $0.waiting.count + $0.underwayCount } }

    /// Sends `request` as soon as possible and returns its answer.
    ///
    /// - Throws: `PostgresFailure`; `CancellationError`.
    func answer(to request: PostgresRequest) async throws -> PostgresAnswer {
        try Task.checkCancellation()
        submit(request)
        return try await request.answer.valueOrSettleOnCancel()
    }

    /// Queues `request`; its promise is kept or failed in bounded time.
    func submit(_ request: PostgresRequest) {
        enum Verdict { case queued(mustWake: Bool), refused(PostgresFailure.Kind) }
        let verdict = state.withLock { state -> Verdict in
            if state.isClosed { return .refused(.closed) }
            switch request.route {
            case .any: break
            case .only(let session):
                if state.session != session { return .refused(.interrupted) }
            case .current: if state.session == nil { return .refused(.interrupted) }
            }
            guard state.waiting.count + state.underwayCount < options.statementsMaximum else {
                return .refused(.full)
            }
            state.waiting.append(request)
            defer { state.isAsleep = false }
            return .queued(mustWake: state.isAsleep)
        }
        switch verdict {
        case .queued(let mustWake): if mustWake { wake.signal() }
        case .refused(let kind): request.fail(kind)
        }
    }

    /// Fails what should have been sent by `now`, and forgets what nobody waits for any more.
    func expire(_ now: ContinuousClock.Instant) {
        let (expired, isConnected) = state.withLock { state in
            let expired = state.waiting.filter { $0.sendBy <= now }
            state.waiting.removeAll { $0.sendBy <= now || $0.answer.outcome != nil }
            return (expired, state.session != nil)
        }
        for request in expired {
            request.fail(isConnected ? .full : .unreachable, "not sent in time")
        }
    }

    /// Lets go of the connection and ends the thread, without waiting for it; what waits fails.
    func close() {
        state.withLock { $0.isClosed = true }
        wake.signal()
    }

    /// Returns when the thread has ended, after `close()`.
    func closed() async throws {
        try await thread.withLock { $0 }?.ended()
    }

    // MARK: The thread

    private func run() {
        let connector = PostgresConnector(targets: targets, timeout: options.connectTimeout)
        var failures = 0
        while waitForWork() {
            let connected = connector.connect(wake: wake) { state.withLock { $0.isClosed } }
            switch connected {
            case .success(let session):
                logger.debug("connected to PostgreSQL")
                failures = 0
                state.withLock { $0.session = session.number }
                let end = serve(session)
                leave(session, end)
            case .failure(let failure):
                if failures == 0 {
                    logger.warning(
                        "cannot connect to PostgreSQL", metadata: ["reason": "\(failure.detail)"])
                }
                failures += 1
                rest(until: .now + Self.backoff.delay(afterFailures: failures))
            }
        }
        let rest = state.withLock { state in
            defer { state.waiting = [] }
            return state.waiting
        }
        for request in rest { request.fail(.closed) }
    }

    /// Sleeps until a statement waits; `false` when the link is closed.
    private func waitForWork() -> Bool {
        while true {
            let isReady = state.withLock { state -> Bool? in
                if state.isClosed { return false }
                state.isAsleep = state.waiting.isEmpty
                return state.isAsleep ? nil : true
            }
            if let isReady { return isReady }
            SocketWait.wait(wake, until: nil)
        }
    }

    /// Sleeps until `deadline`, or until the link is closed.
    private func rest(until deadline: ContinuousClock.Instant) {
        while ContinuousClock.now < deadline, !state.withLock({ $0.isClosed }) {
            SocketWait.wait(wake, until: deadline)
        }
    }

    /// Sends and receives until the connection breaks, is retired, or the link is closed; says
    /// what is to be told of the statements that are still under way.
    private func serve(_ session: PostgresSession) -> PostgresFailure {
        while let batch = takeBatch(session) {
            for request in batch { session.send(request) }
            if session.isRetired, session.underwayCount == 0 {
                return PostgresFailure(.lost, "the server became read-only")
            }
            guard let mustWrite = session.flush() else {
                return PostgresFailure(.lost, session.detail)
            }
            let isReady = SocketWait.wait(
                session.descriptor, for: mustWrite ? POLLIN | POLLOUT : POLLIN, wake: wake,
                until: session.answerBy)
            if isReady, !session.receive() { return PostgresFailure(.lost, session.detail) }
            if let answerBy = session.answerBy, ContinuousClock.now >= answerBy {
                return PostgresFailure(.late, "no answer in time")
            }
        }
        return PostgresFailure(.lost, "closed")
    }

    /// What is to be sent now; `nil` when the link is closed.
    private func takeBatch(_ session: PostgresSession) -> [PostgresRequest]? {
        state.withLock { state in
            if state.isClosed { return nil }
            let room = session.isRetired ? 0 : Self.underwayMaximum - session.underwayCount
            let batch = Array(state.waiting.prefix(room))
            state.waiting.removeFirst(batch.count)
            let wanted = batch.filter { $0.answer.outcome == nil }
            state.underwayCount = session.underwayCount + wanted.count
            // What is there already is sent when answers have made room.
            state.isAsleep = state.waiting.isEmpty
            return wanted
        }
    }

    /// Lets go of a session; its transactions are over, all other statements wait for the next.
    private func leave(_ session: PostgresSession, _ end: PostgresFailure) {
        let orphans = state.withLock { state -> [PostgresRequest] in
            state.session = nil
            state.underwayCount = 0
            let orphans = state.waiting.filter { $0.route != .any }
            state.waiting.removeAll { $0.route != .any }
            return orphans
        }
        if !session.isRetired, !state.withLock({ $0.isClosed }) {
            logger.warning(
                "lost the connection to PostgreSQL", metadata: ["reason": "\(end.detail)"])
        }
        session.abandon(end.kind, end.detail)
        for request in orphans { request.fail(.interrupted, end.detail) }
    }
}
