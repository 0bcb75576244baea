package import Logging
package import NIOCore
package import SFSCore
import Synchronization

/// An HTTP/1.1 server on any number of listeners, all answered by one handler.
///
/// Life: `bind()` once, `run()` once, and `beginGracefulStop()` or cancellation of `run()`.
package final class HTTPServer: Sendable {
    private struct State {
        var listeners: [Listener] = []
        var isStopping = false
        /// What cuts off the requests that drain too long.
        var cutOff: Scheduled<Void>?
        var desks: [ObjectIdentifier: NIOLoopBound<QuickDesk>] = [:]
    }

    private struct Accepted: Sendable {
        let channel: any Channel
        let listener: Int
    }

    private let addresses: [ListenerAddress]
    private let surroundings: Connection.Surroundings
    private let group: any EventLoopGroup
    private let accepted: AsyncStream<Accepted>
    private let accepting: AsyncStream<Accepted>.Continuation
    private let state = Mutex(State())

    /// A server that does nothing yet.
    ///
    /// `group` is the caller's, who shuts it down after `run()`.
    package init(
        listeners: [ListenerAddress], limits: HTTPLimits = HTTPLimits(),
        handler: any HTTPHandler, logger: Logger, group: any EventLoopGroup
    ) {
        addresses = listeners
        self.group = group
        surroundings = Connection.Surroundings(
            limits: limits, handler: handler,
            registry: ConnectionRegistry(limit: limits.connectionsMaximum),
            dates: DateClock(), logger: logger)
        // Bounded by the registry, which admits no more connections than the limit.
        (accepted, accepting) = AsyncStream.makeStream(of: Accepted.self)
    }

    /// Binds all listeners or none; connections wait until `run()`.
    ///
    /// - Throws: `SFSError` with code `.configuration`.
    package func bind() async throws(SFSError) -> [BoundListener] {
        var bound: [Listener] = []
        for (index, address) in addresses.enumerated() {
            do {
                let quick = QuickPath.Surroundings(
                    limits: surroundings.limits, handler: surroundings.handler,
                    admit: surroundings.registry.admit, refusal: { [self] in refusal },
                    listener: index, isSecure: address.isSecure)
                let listener = try await Listener.bind(
                    address, group: group, quick: quick, desk: { [self] in desk(on: $0) },
                    accept: { [accepting] in
                        let next = accepting.yield(Accepted(channel: $0, listener: index))
                        // The server stops: nobody would ever answer.
                        if case .terminated = next { $0.close(promise: nil) }
                    })
                bound.append(listener)
            } catch {
                for listener in bound { listener.close() }
                throw error
            }
        }
        state.withLock { $0.listeners = bound }
        return bound.map { BoundListener(address: $0.address) }
    }

    /// Reads the certificates of all listeners again; new connections get the new ones.
    ///
    /// All or none: when one cannot be used, all listeners keep theirs. Connections that are open
    /// go on as they are. It has no effect before `bind()`. It waits for the disk.
    ///
    /// - Throws: `SFSError` with code `.configuration` that names the files.
    package func reloadCertificates() throws(SFSError) {
        var exchanges: [@Sendable () -> Void] = []
        for listener in state.withLock({ $0.listeners }) {
            if let certificate = listener.certificate {
                exchanges.append(try certificate.reread())
            }
        }
        for exchange in exchanges { exchange() }
    }

    /// Serves until `beginGracefulStop()` has run its course; cancellation cuts everything off.
    ///
    /// - Throws: `SFSError` with code `.internal` when a listener ended by itself.
    package func run() async throws {
        watchListeners()
        await withTaskCancellationHandler {
            await withDiscardingTaskGroup { group in
                for await next in accepted {
                    let isSecure = addresses[next.listener].isSecure
                    let connection = Connection(
                        channel: next.channel, listener: next.listener, isSecure: isSecure,
                        surroundings: surroundings)
                    group.addTask { await connection.serve() }
                }
            }
            // Those on the quick path have no task. They are cut off in the end, as the others are.
            if state.withLock(\.isStopping) { await surroundings.registry.waitUntilEmpty() }
        } onCancel: {
            stop(cuttingOffAfter: .zero)
        }
        // Connections that came after cancellation were never taken from the stream.
        surroundings.registry.closeAll()
        let (cutOff, isStopping) = state.withLock { ($0.cutOff, $0.isStopping) }
        cutOff?.cancel()
        guard isStopping else { throw SFSError(.internal, "a listener ended by itself") }
    }

    /// Accepts no more connections, closes idle ones, cuts off what runs after `drainTimeout`.
    ///
    /// `run()` returns when the last connection has ended. Harmless when repeated.
    package func beginGracefulStop() {
        stop(cuttingOffAfter: surroundings.limits.drainTimeout)
    }

    private func stop(cuttingOffAfter timeout: Duration) {
        let (listeners, wasStopping) = state.withLock { state in
            defer { state.isStopping = true }
            return (state.listeners, state.isStopping)
        }
        for listener in listeners where !wasStopping { listener.close() }
        accepting.finish()
        guard timeout > .zero else { return surroundings.registry.closeAll() }
        guard !wasStopping else { return }
        surroundings.registry.drain()
        let cutOff = group.next().scheduleTask(in: TimeAmount(timeout)) { [surroundings] in
            surroundings.registry.closeAll()
        }
        state.withLock { $0.cutOff = cutOff }
    }

    /// The desk of `loop`, made when the first connection comes to it.
    private func desk(on loop: any EventLoop) -> NIOLoopBound<QuickDesk> {
        state.withLock { state in
            if let desk = state.desks[ObjectIdentifier(loop)] { return desk }
            let desk = NIOLoopBound(
                QuickDesk(
                    loop: loop, countMaximum: surroundings.limits.preparedRepliesMaximum),
                eventLoop: loop)
            state.desks[ObjectIdentifier(loop)] = desk
            return desk
        }
    }

    /// What tells one client too many to come again.
    private var refusal: ByteBuffer {
        var buffer = ByteBuffer()
        let refusal = Refusal(SFSError(.unavailable, "too many connections; try again"))
        ResponseHead.write(
            refusal.response, .init(isHead: false, isOld: false, isKeepAlive: false),
            date: surroundings.dates.text(), into: &buffer)
        if case .bytes(let body) = refusal.response.body { buffer.writeImmutableBuffer(body) }
        return buffer
    }

    /// A listener that ends without being told ends the server.
    private func watchListeners() {
        for listener in state.withLock({ $0.listeners }) {
            listener.closeFuture.whenComplete { [self] _ in
                guard !state.withLock({ $0.isStopping }) else { return }
                accepting.finish()
                surroundings.registry.closeAll()
            }
        }
    }
}
