import NIOCore

/// What one connection waits for, and until when.
///
/// A value that only decides; `ConnectionGuard` tells it what happens and does what it says.
struct ConnectionTimes {
    /// What to do when the time is up.
    enum Expiry: Equatable {
        case close
        /// Answer 408.
        case refuse
        /// Let the body's reader know.
        case failBody
    }

    private enum Input {
        case betweenRequests(since: NIODeadline)
        case inHead(since: NIODeadline)
        case inBody(lastBytes: NIODeadline)
        /// In a body that nobody wants any more, since its response is out.
        case inRest(since: NIODeadline)
        case failed
    }

    private let idle: TimeAmount
    private let header: TimeAmount
    private let bodyIdle: TimeAmount
    private let writeIdle: TimeAmount
    private let linger: TimeAmount
    private var input: Input
    /// Requests whose response has not ended.
    private var unanswered = 0
    /// When the client last took bytes, while there are too many for it; and how many remain.
    private var blocked: (since: NIODeadline, backlog: Int)?
    /// Whether the connection has asked for more bytes, so that silence is the client's.
    private var wantsInput = false
    /// Since when the client knows that nothing more will come.
    private var lingering: NIODeadline?

    /// Whether the last response is on its way or out.
    private(set) var isClosing = false

    init(limits: HTTPLimits, now: NIODeadline) {
        idle = TimeAmount(limits.idleTimeout)
        header = TimeAmount(limits.headerTimeout)
        bodyIdle = TimeAmount(limits.bodyIdleTimeout)
        writeIdle = TimeAmount(limits.writeIdleTimeout)
        linger = TimeAmount(limits.lingerTimeout)
        input = .betweenRequests(since: now)
    }

    /// Whether no request is under way, not even a part of one.
    var isIdle: Bool {
        if case .betweenRequests = input { return unanswered == 0 && !isClosing }
        return false
    }

    mutating func began(now: NIODeadline) { input = .betweenRequests(since: now) }

    mutating func inputWanted(now: NIODeadline) {
        // While nobody asked, the client could not be blamed for its silence.
        if !wantsInput, case .inBody = input { input = .inBody(lastBytes: now) }
        wantsInput = true
    }

    mutating func inputCame() { wantsInput = false }

    /// Bytes came that are no part yet: the beginning of a head, if nothing else is going on.
    mutating func bytesCame(now: NIODeadline) {
        switch input {
        case .betweenRequests: input = .inHead(since: now)
        case .inBody: input = .inBody(lastBytes: now)
        case .inHead, .inRest, .failed: break
        }
    }

    mutating func headCame(now: NIODeadline) {
        unanswered += 1
        input = .inBody(lastBytes: now)
    }

    mutating func bodyCame(now: NIODeadline) {
        if case .inBody = input { input = .inBody(lastBytes: now) }
    }

    mutating func requestEnded(now: NIODeadline) { input = .betweenRequests(since: now) }

    mutating func responseEnded(now: NIODeadline) {
        unanswered = max(0, unanswered - 1)
        // While the response was made, the client could not be blamed for waiting.
        switch input {
        case .betweenRequests: input = .betweenRequests(since: now)
        case .inHead: input = .inHead(since: now)
        case .inBody where unanswered == 0: input = .inRest(since: now)
        case .inBody, .inRest, .failed: break
        }
    }

    /// Nothing that comes from now on can be understood, or it comes too late.
    mutating func inputFailed() { input = .failed }

    /// The channel can or cannot take more bytes; `backlog` bytes wait.
    mutating func writability(_ isWritable: Bool, backlog: Int, now: NIODeadline) {
        blocked = isWritable && !isClosing ? nil : (now, backlog)
    }

    /// Looks whether the client took any bytes since the last time.
    ///
    /// The end of a response may wait here long after the response has ended.
    mutating func noteBacklog(_ backlog: Int, now: NIODeadline) {
        if backlog == 0, !isClosing {
            blocked = nil
        } else if backlog < blocked?.backlog ?? Int.max {
            blocked = (now, backlog)
        }
    }

    /// The last bytes were handed over; `backlog` bytes wait.
    mutating func startClosing(backlog: Int, now: NIODeadline) {
        isClosing = true
        blocked = (now, backlog)
    }

    /// The last bytes are out, and the client was told so.
    mutating func startLingering(now: NIODeadline) {
        blocked = nil
        lingering = now
    }

    /// When patience ends, and what then; `nil` while the client owes nothing.
    var nextDeadline: (NIODeadline, Expiry)? {
        if let lingering { return (lingering + linger, .close) }
        let writing = blocked.map { ($0.since + writeIdle, Expiry.close) }
        guard !isClosing, let reading else { return writing }
        guard let writing else { return reading }
        return reading.0 < writing.0 ? reading : writing
    }

    private var reading: (NIODeadline, Expiry)? {
        switch input {
        case .betweenRequests(let since) where unanswered == 0 && blocked == nil:
            (since + idle, .close)
        case .inHead(let since) where unanswered == 0:
            (since + header, .refuse)
        case .inBody(let lastBytes) where wantsInput:
            (lastBytes + bodyIdle, .failBody)
        case .inRest(let since):
            (since + header, .close)
        case .betweenRequests, .inHead, .inBody, .failed: nil
        }
    }
}
