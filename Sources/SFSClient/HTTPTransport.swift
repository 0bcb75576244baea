import AsyncHTTPClient
package import Logging
import NIOCore
import SFSCore
import SFSWire
import Synchronization

/// Requests to one prism or store and their replies, over pooled connections.
///
/// The first few questions to a Unix socket go without the pool: most who ask there ask once.
///
/// A reply that is no success is thrown as the `SFSError` that its sender had. A connection that
/// is refused or breaks gives `.unavailable`, a time-out `.timeout`; both name the address.
/// `shutdown()` must be called before the last reference goes.
package final class HTTPTransport: Sendable {
    /// Where the requests go.
    package let address: HTTPAddress
    package let limits: HTTPLimits
    let failure: TransportFailure

    /// Made when it is needed, since it starts threads.
    private let client: LazyClient
    /// Questions that may go without it; who asks more gains from connections that stay.
    private static let plainExchangesMaximum = 4
    private let plainExchanges = Atomic(0)
    private let authorization: String?
    private let logger: Logger?

    /// A transport that makes its first connection when it is needed.
    ///
    /// `token` is sent as the bearer token of every request. `remedy` ends the message when nobody
    /// listens at `address`, for example `start one with 'sfsd dev'`.
    package init(
        _ address: HTTPAddress, token: String? = nil, limits: HTTPLimits = HTTPLimits(),
        remedy: String? = nil, logger: Logger? = nil
    ) {
        self.address = address
        self.limits = limits
        self.logger = logger
        failure = TransportFailure(address: address, remedy: remedy)
        authorization = token.map { "Bearer \($0)" }
        client = LazyClient(limits.configuration)
    }

    /// Closes all connections; requests under way fail.
    package func shutdown() async {
        do {
            try await client.shutdown()
        } catch {
            logger?.debug("client was shut down before", metadata: ["error": "\(error)"])
        }
    }

    /// Sends one request and returns its reply as soon as the head is there.
    ///
    /// The body of the request is read only as fast as the connection takes it. When the reply
    /// comes before all of it was sent, the rest is not read.
    func send(_ request: HTTPRequestParts) async throws -> HTTPReply {
        try await checked(try await exchange(request))
    }

    /// Sends one request for a content and returns its reply as soon as the head is there: in a
    /// time, and so is the whole of a refusal.
    func open(_ request: HTTPRequestParts) async throws -> HTTPReply {
        try await inTime(for: request) { [self] in try await send(request) }
    }

    /// Sends one request and has `read` take all of its reply, which fits into memory: in a time,
    /// unless the request brings a content.
    private func ask<Result: Sendable>(
        _ request: HTTPRequestParts, _ read: @escaping @Sendable (HTTPReply) async throws -> Result
    ) async throws -> Result {
        guard !request.isStreamed else { return try await read(try await send(request)) }
        return try await inTime(for: request) { [self] in try await read(try await ask(request)) }
    }

    /// Runs `body`, which sends `request` and reads of the answer what carries no content, for as
    /// long as a question and its answer may take.
    private func inTime<Result: Sendable>(
        for request: HTTPRequestParts, _ body: @escaping @Sendable () async throws -> Result
    ) async throws -> Result {
        let limit = limits.answerTimeout + (request.patience ?? .zero)
        return try await withTimeLimit(limit, "sfsd at '\(address)'", body)
    }

    /// Sends one request and returns its reply, all of which fits into memory.
    private func ask(_ request: HTTPRequestParts) async throws -> HTTPReply {
        guard case .socket(let path) = address,
            let message = request.socketMessage(authorization: authorization),
            plainExchanges.add(1, ordering: .relaxed).oldValue < Self.plainExchangesMaximum
        else { return try await send(request) }
        do {
            let exchange = SocketExchange(path: path, limits: limits)
            return try await checked(
                HTTPReply(
                    response: try await exchange.reply(to: message), failure: failure,
                    limits: limits))
        } catch {
            throw failure.translate(error)
        }
    }

    private func checked(_ reply: HTTPReply) async throws -> HTTPReply {
        guard (200..<300).contains(reply.status) else { throw await reply.error() }
        return reply
    }

    /// Where the answer to `GET path` by a stranger redirects to; `nil` when it is the answer itself.
    func location(_ path: String) async throws -> String? {
        let request = HTTPRequestParts(.get, path).anonymous()
        return try await inTime(for: request) { [self] in
            let reply = try await exchange(request)
            if reply.status == 302, let location = reply.header("Location") {
                try await reply.discard()
                return location
            }
            _ = try await checked(reply)
            return nil
        }
    }

    private func exchange(_ request: HTTPRequestParts) async throws -> HTTPReply {
        let message = request.message(to: address, authorization: authorization)
        let response: HTTPClientResponse
        do {
            response = try await client.opened().execute(
                message, deadline: .distantFuture, logger: logger)
        } catch {
            throw failure.translate(error)
        }
        return HTTPReply(response: response, failure: failure, limits: limits)
    }

    /// Sends one request and decodes its reply.
    func send<Reply: Decodable & Sendable>(
        _ request: HTTPRequestParts, for type: Reply.Type
    ) async throws -> Reply {
        try await ask(request) { try await $0.decode(type) }
    }

    /// Sends one request whose reply has nothing to say but that it was done.
    func order(_ request: HTTPRequestParts) async throws {
        try await ask(request) { try await $0.discard() }
    }
}

/// The HTTP library's client, from the first request that needs it.
private final class LazyClient: Sendable {
    private enum State {
        case none
        case open(HTTPClient)
        case shutDown
    }

    private let configuration: HTTPClient.Configuration
    private let state = Mutex(State.none)

    init(_ configuration: HTTPClient.Configuration) {
        self.configuration = configuration
    }

    func opened() throws -> HTTPClient {
        try state.withLock { state in
            switch state {
            case .none:
                let client = HTTPClient(configuration: configuration)
                state = .open(client)
                return client
            case .open(let client): return client
            case .shutDown: throw HTTPClientError.alreadyShutdown
            }
        }
    }

    func shutdown() async throws {
        let client = state.withLock { state -> HTTPClient? in
            defer { state = .shutDown }
            return if case .open(let client) = state { client } else { nil }
        }
        try await client?.shutdown()
    }
}

extension HTTPLimits {
    fileprivate var configuration: HTTPClient.Configuration {
        var configuration = HTTPClient.Configuration(
            redirectConfiguration: .disallow,
            timeout: HTTPClient.Configuration.Timeout(connect: TimeAmount(connectTimeout)))
        configuration.httpVersion = .http1Only
        configuration.connectionPool.idleTimeout = TimeAmount(pooledConnectionTimeout)
        configuration.connectionPool.concurrentHTTP1ConnectionsPerHostSoftLimit =
            connectionsMaximum
        // The library would go on trying until the time-out, with nobody there to listen.
        configuration.connectionPool.retryConnectionEstablishment = false
        let limit = TimeAmount(stallTimeout)
        let (receiveBytesMaximum, keepaliveInterval) = (receiveBytesMaximum, keepaliveInterval)
        // The only hook into a connection of the library; "debug" is no more than its name.
        configuration.http1_1ConnectionDebugInitializer = { channel in
            channel.eventLoop.makeCompletedFuture {
                try StallHandler.add(to: channel, limit: limit)
                try Keepalive.set(on: channel, every: keepaliveInterval)
                try channel.syncOptions?.setOption(
                    .recvAllocator,
                    value: AdaptiveRecvByteBufferAllocator(
                        minimum: 1 << 10, initial: 16 << 10, maximum: receiveBytesMaximum))
            }
        }
        return configuration
    }
}
