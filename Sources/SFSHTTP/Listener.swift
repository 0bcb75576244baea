import NIOCore
import NIOHTTP1
import NIOPosix
import NIOSSL
import SFSCore

/// One bound address and the connections that come in by it.
struct Listener: Sendable {
    /// With the port that the kernel picked.
    let address: ListenerAddress
    /// `nil` where nothing is encrypted.
    let certificate: ServedCertificate?
    private let channel: any Channel
    private let file: UnixSocket?

    /// Fulfilled when it no longer listens.
    var closeFuture: EventLoopFuture<Void> { channel.closeFuture }

    /// Listens on `address`; every connection on which something else than the quick path is needed
    /// is handed to `accept` on its event loop, with nothing read from it that `accept` does not get.
    ///
    /// `desk` gives the desk of an event loop.
    ///
    /// - Throws: `SFSError` with code `.configuration`.
    static func bind(
        _ address: ListenerAddress, group: any EventLoopGroup, quick: QuickPath.Surroundings,
        desk: @escaping @Sendable (any EventLoop) -> NIOLoopBound<QuickDesk>,
        accept: @escaping @Sendable (any Channel) -> Void
    ) async throws(SFSError) -> Listener {
        var certificate: ServedCertificate?
        if case .tcp(_, _, .some(let files)) = address {
            certificate = try ServedCertificate(files)
        }
        let bootstrap = bootstrap(group, quick, desk, certificate, accept)
        var file: UnixSocket?
        do {
            switch address {
            case .tcp(let host, let port, let tls):
                // Numbers only: a look-up could block this thread for long.
                let socket = try SocketAddress(
                    ipAddress: host == "localhost" ? "127.0.0.1" : host, port: port)
                let channel = try await bootstrap.bind(to: socket).get()
                let bound = ListenerAddress.tcp(
                    host: host, port: channel.localAddress?.port ?? port, tls: tls)
                return Listener(
                    address: bound, certificate: certificate, channel: channel, file: nil)
            case .unix(let path, let mode, let owner):
                let socket = try UnixSocket(path: path, mode: mode, group: owner)
                file = socket
                let channel = try await bootstrap.withBoundSocket(socket.descriptor).get()
                return Listener(
                    address: address, certificate: nil, channel: channel, file: socket)
            }
        } catch {
            file?.remove()
            throw failure(address, error)
        }
    }

    /// Stops listening and takes the socket file away; connections go on.
    func close() {
        file?.remove()
        channel.close(promise: nil)
    }

    private static func bootstrap(
        _ group: any EventLoopGroup, _ quick: QuickPath.Surroundings,
        _ desk: @escaping @Sendable (any EventLoop) -> NIOLoopBound<QuickDesk>,
        _ certificate: ServedCertificate?, _ accept: @escaping @Sendable (any Channel) -> Void
    ) -> ServerBootstrap {
        ServerBootstrap(group: group)
            .serverChannelOption(.backlog, value: 4096)
            .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
            .serverChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    // Out of descriptors: try again in a second.
                    try channel.pipeline.syncOperations.addHandler(
                        AcceptBackoffHandler(shouldForwardIOErrorCaught: false))
                }
            }
            .childChannelOption(.maxMessagesPerRead, value: 1)
            .childChannelOption(
                .recvAllocator,
                value: AdaptiveRecvByteBufferAllocator(
                    minimum: 2048, initial: 4096,
                    maximum: max(4096, quick.limits.receiveBufferBytes))
            )
            .childChannelInitializer { channel in
                do {
                    try prepare(channel, quick, desk(channel.eventLoop), certificate, accept)
                } catch {
                    channel.close(promise: nil)
                }
                return channel.eventLoop.makeSucceededVoidFuture()
            }
    }

    private static func prepare(
        _ channel: any Channel, _ quick: QuickPath.Surroundings, _ desk: NIOLoopBound<QuickDesk>,
        _ certificate: ServedCertificate?, _ accept: @escaping @Sendable (any Channel) -> Void
    ) throws {
        let limits = quick.limits
        let pipeline = channel.pipeline.syncOperations
        if channel.remoteAddress?.ipAddress != nil {
            try channel.syncOptions?.setOption(.tcpOption(.tcp_nodelay), value: 1)
        }
        if let context = certificate?.context {
            try pipeline.addHandler(NIOSSLServerHandler(context: context))
            // Several reads of a file are encrypted, and sent, together.
            try channel.syncOptions?.setOption(
                .writeBufferWaterMark, value: .init(low: 128 << 10, high: 512 << 10))
        }
        try pipeline.addHandler(QuickPath(quick, desk: desk.value))
        var parsing = NIOHTTPDecoderLimitConfiguration()
        parsing.maxHeaderFieldSize = limits.headerBytesMaximum
        parsing.maxHeaderListSize = limits.headerBytesMaximum
        parsing.maxHeaderFieldCount = limits.headerCountMaximum
        let decoder = HTTPRequestDecoder(
            leftOverBytesStrategy: .dropBytes, informationalResponseStrategy: .drop,
            limitConfiguration: parsing)
        try pipeline.addHandler(ByteToMessageHandler(decoder))
        try pipeline.addHandler(ConnectionGuard(limits: limits, accept: accept))
    }

    private static func failure(_ address: ListenerAddress, _ error: any Error) -> SFSError {
        if let error = error as? SFSError { return error }
        let reason =
            (error as? IOError).map { SystemError.text($0.errnoCode) } ?? "it is no IP address"
        return SFSError(
            .configuration, "cannot listen on '\(address)': \(reason)", cause: error)
    }
}
