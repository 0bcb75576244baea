import AsyncHTTPClient
import NIOCore
import NIOHTTP1

/// Fails a request whose other side makes no progress for `limit`.
///
/// The library's own time-outs are not these: its write time-out strikes when our *source* of bytes
/// is slow and never when the other side takes none, and its read time-out strikes also when our
/// *reader* is slow. Here only the other side is timed: while bytes wait to leave, or while the
/// request is out and we are ready to read.
///
/// A request whose reply needs long work says so by `Prefer: wait=SECONDS`; until the head of its
/// reply is there, that is the limit. That the other host is still there TCP asks meanwhile.
final class StallHandler: ChannelDuplexHandler {
    typealias InboundIn = HTTPClientResponsePart
    typealias InboundOut = HTTPClientResponsePart
    typealias OutboundIn = HTTPClientRequestPart
    typealias OutboundOut = HTTPClientRequestPart

    private enum Phase { case idle, sending, awaitingReply }

    /// How often the clock is looked at within `limit`; a stall is found this part of it late.
    private static let checksPerLimit: Int64 = 4

    private let limit: TimeAmount
    /// What counts until the head of the reply is there.
    private var limitForHead: TimeAmount
    private var phase = Phase.idle
    /// A connection reads from its start, before this handler is there to see it.
    private var isReading = true
    private var waitingBytes = 0
    private var lastProgress = NIODeadline.now()
    private var nextCheck: Scheduled<Void>?

    private init(limit: TimeAmount) {
        self.limit = limit
        limitForHead = limit
    }

    /// Adds a handler to a new connection of the library, where it sees requests and replies in
    /// parts.
    ///
    /// Called on the connection's event loop, and done when it returns: a connection that closes
    /// while the library waits for its initializer is never cleared away by it.
    static func add(to channel: any Channel, limit: TimeAmount) throws {
        let pipeline = channel.pipeline.syncOperations
        let decoder = try pipeline.handler(type: ByteToMessageHandler<HTTPResponseDecoder>.self)
        try pipeline.addHandler(StallHandler(limit: limit), position: .after(decoder))
    }

    func handlerAdded(context: ChannelHandlerContext) {
        scheduleCheck(context)
    }

    func handlerRemoved(context: ChannelHandlerContext) {
        nextCheck?.cancel()
    }

    func channelInactive(context: ChannelHandlerContext) {
        nextCheck?.cancel()
        context.fireChannelInactive()
    }

    func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
        switch unwrapOutboundIn(data) {
        case .head(let head):
            phase = .sending
            limitForHead = HTTPRequestParts.patience(head.headers) ?? limit
        case .body: break
        case .end: phase = .awaitingReply
        }
        lastProgress = .now()
        context.write(data, promise: promise)
    }

    func read(context: ChannelHandlerContext) {
        if !isReading { lastProgress = .now() }
        isReading = true
        context.read()
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        lastProgress = .now()
        switch unwrapInboundIn(data) {
        case .head: limitForHead = limit
        case .body: break
        case .end: if phase == .awaitingReply { phase = .idle }
        }
        context.fireChannelRead(data)
    }

    func channelReadComplete(context: ChannelHandlerContext) {
        isReading = false
        context.fireChannelReadComplete()
    }

    private func scheduleCheck(_ context: ChannelHandlerContext) {
        let interval = TimeAmount.nanoseconds(limit.nanoseconds / Self.checksPerLimit)
        nextCheck = context.eventLoop.assumeIsolated().scheduleTask(in: interval) {
            self.check(context)
        }
    }

    private func check(_ context: ChannelHandlerContext) {
        noteDeparture(context)
        let limit = phase == .awaitingReply ? limitForHead : limit
        guard isWaitingForOtherSide(context), lastProgress + limit < .now() else {
            return scheduleCheck(context)
        }
        context.fireErrorCaught(HTTPClientError.readTimeout)
    }

    /// Bytes that left between two checks are progress, however few.
    private func noteDeparture(_ context: ChannelHandlerContext) {
        // A channel that does not count them is judged by whether it is writable alone.
        let waiting = try? context.channel.syncOptions?.getOption(.bufferedWritableBytes)
        if waiting != waitingBytes { lastProgress = .now() }
        waitingBytes = waiting ?? 0
    }

    private func isWaitingForOtherSide(_ context: ChannelHandlerContext) -> Bool {
        switch phase {
        case .idle: false
        case .sending: !context.channel.isWritable
        case .awaitingReply: isReading || !context.channel.isWritable
        }
    }
}
