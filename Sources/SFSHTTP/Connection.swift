import Logging
import NIOCore
import NIOHTTP1
import SFSCore

/// One client's connection: requests in, responses out, in order, until one side ends it.
struct Connection: Sendable {
    private typealias Parts = NIOAsyncChannel<HTTPServerRequestPart, Output>

    /// What all connections of a server share.
    struct Surroundings: Sendable {
        let limits: HTTPLimits
        let handler: any HTTPHandler
        let registry: ConnectionRegistry
        let dates: DateClock
        let logger: Logger
    }

    let channel: any Channel
    /// Index of the listener that it came in by.
    let listener: Int
    /// Whether bytes travel encrypted.
    let isSecure: Bool
    let surroundings: Surroundings

    /// Serves it to its end, and never fails: what happens to a connection happens to it alone.
    func serve() async {
        do {
            let peer = try await Peer.of(channel)
            let parts = try await channel.eventLoop.submit { try wrapped() }.get()
            try await parts.executeThenClose { inbound, outbound in
                await withDiscardingTaskGroup { group in
                    group.addTask {
                        await withTaskExecutorPreference(LoopExecutor(channel.eventLoop)) {
                            await converse(inbound, outbound, peer)
                        }
                    }
                    // A client that leaves ends what is being done for it. This never fails.
                    try? await channel.closeFuture.get()
                    group.cancelAll()
                }
            }
        } catch {
            surroundings.logger.debug("connection failed", metadata: ["cause": "\(error)"])
            channel.close(promise: nil)
        }
    }

    private func wrapped() throws -> Parts {
        // The parts of a channel that is closed would trap when they are let go.
        guard channel.isActive else { throw ChannelError.ioOnClosedChannel }
        // One read at a time: a second is made only when all parts of the first were taken.
        let parts = try Parts(
            wrappingChannelSynchronously: channel,
            configuration: .init(backPressureStrategy: .init(lowWatermark: 1, highWatermark: 1)))
        channel.pipeline.syncOperations.fireUserInboundEventTriggered(TakeOverEvent())
        return parts
    }

    /// The loop of requests; whoever leaves it has arranged for the channel to close.
    private func converse(
        _ inbound: NIOAsyncChannelInboundStream<HTTPServerRequestPart>,
        _ outbound: NIOAsyncChannelOutboundWriter<Output>, _ peer: Peer
    ) async {
        let writer = ResponseWriter(
            channel: channel, output: outbound, dates: surroundings.dates)
        do {
            let parts = RequestParts(inbound, channel: channel)
            var count = 0
            while let part = try await parts.next() {
                guard case .head(let head) = part else {
                    throw SFSError(.internal, "a request began in its middle")
                }
                count += 1
                let checked = try RequestHead(
                    checking: head, limits: surroundings.limits, peer: peer, listener: listener,
                    isSecure: isSecure)
                let isLast = count >= surroundings.limits.requestsPerConnectionMaximum
                guard try await answer(checked, isLast: isLast, parts, writer) else { return }
            }
            channel.close(promise: nil)
        } catch {
            await end(after: error, writer)
        }
    }

    /// Serves one request; `false` when it was the last.
    private func answer(
        _ head: RequestHead, isLast: Bool, _ parts: RequestParts, _ writer: ResponseWriter
    ) async throws -> Bool {
        let body = RequestBody(head, parts: parts) { try await writer.sendContinue() }
        defer { body.close() }
        let response = await surroundings.handler.respond(to: head.request, body: body)
        let isKept =
            head.isKeepAlive && !isLast && !surroundings.registry.isDraining
            && body.isNearlyRead(limit: surroundings.limits.discardBytesMaximum)
        let circumstances = ResponseHead.Circumstances(
            isHead: head.request.method == "HEAD", isOld: head.isOld, isKeepAlive: isKept)
        var sent: Int64 = 0
        defer { response.whenEnded?(sent) }
        do {
            if response.body.isAtHand {
                try await writer.send(response, circumstances, counting: &sent)
            } else {
                // Whatever its bytes come from may hold a thread up.
                try await withTaskExecutorPreference(globalConcurrentExecutor) {
                    try await writer.send(response, circumstances, counting: &sent)
                }
            }
        } catch {
            // Not a refusal, even if the cause is one: the response has begun.
            throw SFSError(.io, "the response was cut short", cause: error)
        }
        if isKept { try await body.discard() }
        return isKept
    }

    /// Tells the client what was wrong with its request, if that is it, and closes.
    private func end(after error: any Error, _ writer: ResponseWriter) async {
        surroundings.logger.debug("connection ended", metadata: ["cause": "\(error)"])
        guard let refusal = Refusal(error) else { return channel.close(promise: nil) }
        do {
            var sent: Int64 = 0
            try await writer.send(
                refusal.response, .init(isHead: false, isOld: false, isKeepAlive: false),
                counting: &sent)
        } catch {
            channel.close(promise: nil)
        }
    }
}
