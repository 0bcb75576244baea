import NIOCore
import NIOHTTP1
import SFSCore

/// Tells a connection to end as soon as no request runs on it.
struct DrainEvent: Sendable {}

/// Ends what takes too long on one connection, and closes it so that the last response arrives.
///
/// It stands between the parser and the connection's task: it sees every part come in and every
/// byte go out, which is all it needs to know what the client is waiting for or kept waiting by.
/// There is at most one timer, and it is not touched by a request that is quick.
final class ConnectionGuard: ChannelDuplexHandler {
    typealias InboundIn = HTTPServerRequestPart
    typealias InboundOut = HTTPServerRequestPart
    typealias OutboundIn = Output
    typealias OutboundOut = IOData

    private let accept: @Sendable (any Channel) -> Void
    private var times: ConnectionTimes
    private var timer: (deadline: NIODeadline, scheduled: Scheduled<Void>)?
    private var isDraining = false
    /// Whether the connection has come this far; before that its time is the quick path's affair.
    private var hasBegun = false
    /// Whether a part came with the read that is going on.
    private var sawPart = false

    /// `accept` is given the channel once, when it can be read and written.
    init(limits: HTTPLimits, accept: @escaping @Sendable (any Channel) -> Void) {
        self.accept = accept
        times = ConnectionTimes(limits: limits, now: .now())
    }

    func channelActive(context: ChannelHandlerContext) {
        hasBegun = true
        times.began(now: .now())
        setTimer(context)
        context.fireChannelActive()
        accept(context.channel)
    }

    func channelInactive(context: ChannelHandlerContext) {
        timer?.scheduled.cancel()
        timer = nil
        context.fireChannelInactive()
    }

    // MARK: What the client sends

    func read(context: ChannelHandlerContext) {
        times.inputWanted(now: .now())
        setTimer(context)
        context.read()
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        guard !times.isClosing else { return }
        sawPart = true
        let now = NIODeadline.now()
        switch Self.unwrapInboundIn(data) {
        case .head: times.headCame(now: now)
        case .body: times.bodyCame(now: now)
        case .end: times.requestEnded(now: now)
        }
        context.fireChannelRead(data)
    }

    func channelReadComplete(context: ChannelHandlerContext) {
        times.inputCame()
        if !sawPart { times.bytesCame(now: .now()) }
        sawPart = false
        setTimer(context)
        // Nobody above asks for what is only to be dropped.
        if times.isClosing { context.read() }
        context.fireChannelReadComplete()
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        times.inputFailed()
        context.fireErrorCaught(error)
    }

    // MARK: What the client gets

    func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
        let output = Self.unwrapOutboundIn(data)
        context.write(Self.wrapOutboundOut(.byteBuffer(output.bytes)), promise: promise)
        switch output.next {
        case .more: break
        case .request:
            times.responseEnded(now: .now())
            if isDraining { linger(context) } else { setTimer(context) }
        case .close: linger(context)
        }
    }

    func channelWritabilityChanged(context: ChannelHandlerContext) {
        times.writability(context.channel.isWritable, backlog: backlog(context), now: .now())
        setTimer(context)
        context.fireChannelWritabilityChanged()
    }

    // MARK: Ends

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        if event is DrainEvent {
            isDraining = true
            if times.isIdle { endIdle(context) }
        } else if event as? ChannelEvent == .outputClosed {
            times.startLingering(now: .now())
            setTimer(context)
        }
        context.fireUserInboundEventTriggered(event)
    }

    private func endIdle(_ context: ChannelHandlerContext) {
        if backlog(context) == 0 { context.close(promise: nil) } else { linger(context) }
    }

    /// Says that nothing more will come, once the bytes are out, and waits for the client to close.
    ///
    /// Closing at once would reset the connection if the client has sent anything unread, and a
    /// reset can overtake the response. What it sends now is read and dropped.
    private func linger(_ context: ChannelHandlerContext) {
        times.startClosing(backlog: backlog(context), now: .now())
        context.flush()
        context.close(mode: .output, promise: nil)
        context.read()
        setTimer(context)
    }

    private func setTimer(_ context: ChannelHandlerContext) {
        guard hasBegun, context.channel.isActive, let (deadline, _) = times.nextDeadline else {
            return
        }
        if let timer {
            guard deadline < timer.deadline else { return }
            timer.scheduled.cancel()
        }
        let scheduled = context.eventLoop.assumeIsolated().scheduleTask(deadline: deadline) {
            self.timerFired(context)
        }
        timer = (deadline, scheduled)
    }

    private func timerFired(_ context: ChannelHandlerContext) {
        timer = nil
        times.noteBacklog(backlog(context), now: .now())
        guard let (deadline, expiry) = times.nextDeadline, deadline <= .now() else {
            return setTimer(context)
        }
        switch expiry {
        case .close: return context.close(promise: nil)
        case .refuse:
            times.inputFailed()
            context.fireErrorCaught(Refusal(408, "the header of the request came too slowly"))
        case .failBody:
            times.inputFailed()
            context.fireErrorCaught(SFSError(.timeout, "the client stopped sending its request"))
        }
        setTimer(context)
    }

    /// Bytes of responses that the kernel has not taken yet.
    private func backlog(_ context: ChannelHandlerContext) -> Int {
        // It fails only for a closed channel, which has no backlog.
        (try? context.channel.syncOptions?.getOption(.bufferedWritableBytes)) ?? 0
    }
}
