import Logging
import NIOCore
import SFSCore

/// Says that a connection's task is there to take what the quick path passes on.
struct TakeOverEvent: Sendable {}

/// Answers the simplest requests of a connection on its event loop, and hands everything else, bytes
/// and all, to the parser and the task behind it.
///
/// It is the first handler of a connection, and all there is of it until something comes that it
/// does not recognise to the letter. From that byte on it is transparent, to the connection's end:
/// so no byte is ever seen by two parsers (see `QuickRequest`). An answer is sent with one or two
/// system calls, and a file goes from the kernel's cache to the socket; only what a socket does not
/// take at once goes through the channel. On encrypted connections everything does.
final class QuickPath: ChannelDuplexHandler {
    typealias InboundIn = ByteBuffer
    typealias InboundOut = ByteBuffer
    typealias OutboundIn = IOData
    typealias OutboundOut = IOData

    /// What all connections by one listener share.
    struct Surroundings: Sendable {
        let limits: HTTPLimits
        let handler: any HTTPHandler
        let admit: @Sendable (any Channel) -> ConnectionRegistry.Admission
        /// What somebody is told for whom there is no room.
        let refusal: @Sendable () -> ByteBuffer
        /// Index of the listener.
        let listener: Int
        let isSecure: Bool
    }

    enum State {
        /// Nothing is under way.
        case ready
        /// The answer to the request at hand is being prepared.
        case preparing
        case sending(QuickAnswer)
        /// The last answer is out, or on its way.
        case closing
        /// The client was told that nothing more comes, and is given time to read it.
        case lingering
        /// Something else came; whoever is behind is not ready to read it yet.
        case passing
        /// Transparent.
        case passed
        case closed
    }

    /// How long the rest of a request is waited for.
    private static let partTime: Duration = .seconds(1)

    let surroundings: Surroundings
    let desk: QuickDesk
    var state = State.ready
    /// Bytes that came and were not taken yet.
    var held = ByteBuffer()
    /// The socket, where it may be written to directly.
    var socket: QuickSocket?
    /// When the client last did something, or took something.
    var active = NIODeadline.now()
    private var isReadWanted = false
    /// Whether the timer is that of a request whose rest is still to come.
    private var isPartTimed = false
    private var isDraining = false
    private var requests = 0
    private var timer: Scheduled<Void>?
    /// Whether somebody else is at the answer that is being sent: its bytes are checked, or come from
    /// elsewhere.
    var isWaiting = false
    /// Whether the timer is that of a client that takes its time with an answer.
    var isTimedForWriting = false
    /// Bytes that waited for the client when the timer last fired.
    var backlog = Int.max
    private var address = ""
    /// Whether anything of what comes may be answered here.
    private var isUseful = false
    private var client: QuickClient?

    init(_ surroundings: Surroundings, desk: QuickDesk) {
        self.surroundings = surroundings
        self.desk = desk
    }

    // MARK: Beginning and end

    func channelActive(context: ChannelHandlerContext) {
        active = .now()
        address = context.channel.remoteAddress?.ipAddress ?? ""
        isUseful = surroundings.handler.preparesReplies && !address.isEmpty
        if !surroundings.isSecure, isUseful {
            socket = QuickSocket(of: context)
        }
        switch surroundings.admit(context.channel) {
        case .admitted: setTimer(context, surroundings.limits.idleTimeout)
        case .ignored: close(context)
        case .refused:
            context.writeAndFlush(
                Self.wrapOutboundOut(.byteBuffer(surroundings.refusal())), promise: nil)
            closeAfterAnswer(context)
        }
    }

    func channelInactive(context: ChannelHandlerContext) {
        timer?.cancel()
        timer = nil
        if case .passed = state { context.fireChannelInactive() }
        if case .passing = state { context.fireChannelInactive() }
        // A request that is being answered ends here; what was sent counts.
        if case .sending(let answer) = state { count(answer) }
        state = .closed
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        switch state {
        case .passed, .passing: context.fireErrorCaught(error)
        default: close(context)
        }
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        switch state {
        case .passing where event is TakeOverEvent: deliver(context)
        case .passed, .passing: context.fireUserInboundEventTriggered(event)
        case .ready where event is DrainEvent && held.readableBytes == 0: close(context)
        case .ready where event is DrainEvent: isDraining = true
        case .preparing where event is DrainEvent, .sending where event is DrainEvent:
            isDraining = true
        case .closing where event as? ChannelEvent == .outputClosed:
            state = .lingering
            setTimer(context, surroundings.limits.lingerTimeout)
        default: break
        }
    }

    func close(_ context: ChannelHandlerContext) {
        if case .sending(let answer) = state { count(answer) }
        state = .closed
        context.close(promise: nil)
    }

    /// Says that nothing more will come, and waits for the client to close: see
    /// `ConnectionGuard.linger`.
    private func closeAfterAnswer(_ context: ChannelHandlerContext) {
        state = .closing
        held.clear()
        context.flush()
        context.close(mode: .output, promise: nil)
        setTimer(context, surroundings.limits.writeIdleTimeout)
        readIfWanted(context)
    }

    // MARK: Reading

    func read(context: ChannelHandlerContext) {
        switch state {
        case .ready, .closing, .lingering, .passed: context.read()
        case .preparing, .sending, .passing, .closed: isReadWanted = true
        }
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        switch state {
        case .passed: context.fireChannelRead(data)
        case .closing, .lingering, .closed: break
        default:
            var bytes = Self.unwrapInboundIn(data)
            if held.readableBytes == 0 { held = bytes } else { held.writeBuffer(&bytes) }
        }
    }

    func channelReadComplete(context: ChannelHandlerContext) {
        switch state {
        case .passed: context.fireChannelReadComplete()
        case .ready: proceed(context)
        default: break
        }
    }

    private func readIfWanted(_ context: ChannelHandlerContext) {
        guard isReadWanted else { return }
        isReadWanted = false
        context.read()
    }

    /// Answers what was received, as long as there is a whole simple request and nothing to wait for.
    func proceed(_ context: ChannelHandlerContext) {
        while case .ready = state, held.readableBytes > 0 {
            active = .now()
            guard isUseful else { return pass(context) }
            let (finding, entry) = held.withUnsafeReadableBytes { bytes in
                let finding = QuickRequest.find(in: bytes)
                guard case .request(let request) = finding else {
                    return (finding, nil as QuickDesk.Entry?)
                }
                return (finding, desk.entry(for: request.target, in: bytes, now: active))
            }
            switch (finding, entry) {
            case (.other, _): return pass(context)
            case (.part, _): return awaitRest(context)
            case (.request(let request), nil): return prepare(request, context)
            case (.request(let request), .some(let entry)):
                if desk.isDue(entry, active), let whole = whole(request, context) {
                    desk.renew(entry, by: whole, surroundings.handler)
                }
                answer(request, from: entry, context)
            }
        }
        if case .ready = state { readIfWanted(context) }
    }

    /// Waits for the rest of a request, but not for long: slow clients are the parser's affair.
    private func awaitRest(_ context: ChannelHandlerContext) {
        // From its first byte on, however many follow one by one.
        if !isPartTimed {
            isPartTimed = true
            setTimer(context, min(Self.partTime, surroundings.limits.headerTimeout))
        }
        readIfWanted(context)
    }

    private func prepare(_ request: QuickRequest, _ context: ChannelHandlerContext) {
        guard let whole = whole(request, context) else { return pass(context) }
        state = .preparing
        let handler = surroundings.handler
        context.eventLoop.makeFutureWithTask { await handler.prepare(whole) }
            .assumeIsolated().whenComplete { result in
                guard case .preparing = self.state else { return }
                self.state = .ready
                // A future of this kind never fails.
                guard case .success(.some(let reply)) = result, reply.bytes.isCurrent else {
                    return self.pass(context)
                }
                let entry = self.desk.keep(reply, for: Array(whole.target.utf8))
                self.answer(request, from: entry, context)
                self.proceed(context)
            }
    }

    /// The request as it would have come the long way; `nil` when it is to go that way.
    private func whole(_ request: QuickRequest, _ context: ChannelHandlerContext) -> HTTPRequest? {
        let (target, host) = held.withUnsafeReadableBytes {
            ($0.text(request.target), $0.text(request.host))
        }
        guard target.utf8.count <= surroundings.limits.targetBytesMaximum,
            let peer = context.channel.remoteAddress.flatMap(Peer.init)
        else { return nil }
        // What is no target is refused on the long way.
        return try? HTTPRequest(
            method: "GET", target: target, headers: ["Host": host], peer: peer,
            listener: surroundings.listener, isSecure: surroundings.isSecure)
    }

    private func answer(
        _ request: QuickRequest, from entry: QuickDesk.Entry, _ context: ChannelHandlerContext
    ) {
        requests += 1
        let isLast = isDraining || requests >= surroundings.limits.requestsPerConnectionMaximum
        guard
            let answer = QuickAnswer(
                request, from: entry, to: client(of: request), isLast: isLast)
        else { return pass(context) }
        if isPartTimed {
            isPartTimed = false
            setTimer(context, surroundings.limits.idleTimeout)
        }
        held.moveReaderIndex(forwardBy: request.length)
        if held.readableBytes == 0 { held.clear() }
        state = .sending(answer)
        begin(answer, context)
    }

    /// The client as `request` shows it; the same object as long as it shows itself the same.
    private func client(of request: QuickRequest) -> QuickClient {
        held.withUnsafeReadableBytes { bytes in
            let agent = request.agent ?? 0..<0
            if let client, request.referer == nil, client.referer == nil,
                client.agent.utf8.elementsEqual(bytes[agent])
            {
                return client
            }
            let client =
                if let referer = request.referer {
                    QuickClient(
                        address: address, agent: bytes.text(agent), referer: bytes.text(referer))
                } else {
                    desk.client(address: address, agent: bytes.text(agent))
                }
            self.client = client
            return client
        }
    }

    /// All bytes of `answer` were handed over.
    func finish(_ answer: QuickAnswer, _ context: ChannelHandlerContext) {
        // Sending may have closed the channel.
        guard case .sending = state else { return }
        count(answer)
        active = .now()
        if answer.isLast || isDraining { return closeAfterAnswer(context) }
        state = .ready
        if isTimedForWriting {
            isTimedForWriting = false
            setTimer(context, surroundings.limits.idleTimeout)
        }
    }

    private func count(_ answer: QuickAnswer) {
        // As on the long way: an answer to HEAD is none.
        guard !answer.isHead else { return }
        desk.count(answer.sent, of: answer.entry, for: answer.client)
    }

    // MARK: The long way

    /// Lets everything through from here on.
    private func pass(_ context: ChannelHandlerContext) {
        // Nobody takes connections over any more, and what has come was not promised anything.
        guard !isDraining else { return close(context) }
        state = .passing
        timer?.cancel()
        timer = nil
        context.fireChannelActive()
    }

    /// Gives those who are behind, and ready now, what has come so far.
    private func deliver(_ context: ChannelHandlerContext) {
        state = .passed
        let bytes = held
        held = ByteBuffer()
        context.fireChannelRead(Self.wrapInboundOut(bytes))
        context.fireChannelReadComplete()
        // By way of those behind, who say whether they want any.
        context.channel.read()
    }

    // MARK: Time

    func setTimer(_ context: ChannelHandlerContext, _ delay: Duration) {
        timer?.cancel()
        timer = context.eventLoop.assumeIsolated().scheduleTask(in: TimeAmount(delay)) {
            self.timerFired(context)
        }
    }

    private func timerFired(_ context: ChannelHandlerContext) {
        timer = nil
        let limits = surroundings.limits
        switch state {
        case .ready where held.readableBytes > 0: pass(context)
        case .ready:
            let silence = NIODeadline.now() - active
            guard silence < TimeAmount(limits.idleTimeout) else { return close(context) }
            setTimer(context, limits.idleTimeout - .nanoseconds(silence.nanoseconds))
        case .preparing: setTimer(context, limits.idleTimeout)
        case .sending, .closing:
            // It fails only for a closed channel, which has no backlog.
            let waiting =
                (try? context.channel.syncOptions?.getOption(.bufferedWritableBytes)) ?? 0
            if waiting < backlog { active = .now() }
            backlog = waiting
            let silence = NIODeadline.now() - active
            guard silence < TimeAmount(limits.writeIdleTimeout) else { return close(context) }
            setTimer(context, limits.writeIdleTimeout)
        case .lingering: close(context)
        case .passing, .passed, .closed: break
        }
    }
}
