import AsyncHTTPClient
package import Logging
import NIOCore
import SFSCore
import SFSWire

/// Requests to one prism or store and their replies, over pooled connections.
///
/// A reply that is no success is thrown as the `SFSError` that its sender had. A connection that
/// is refused or breaks gives `.unavailable`, a time-out `.timeout`; both name the address.
/// `shutdown()` must be called before the last reference goes.
package final class HTTPTransport: Sendable {
    /// Where the requests go.
    package let address: HTTPAddress
    package let limits: HTTPLimits
    let failure: TransportFailure

    private let client: HTTPClient
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
        client = HTTPClient(configuration: limits.configuration)
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
        let reply = try await exchange(request)
        guard (200..<300).contains(reply.status) else { throw await reply.error() }
        return reply
    }

    /// Where the answer to `GET path` by a stranger redirects to; `nil` when it is the answer itself.
    func location(_ path: String) async throws -> String? {
        let reply = try await exchange(HTTPRequestParts(.get, path).anonymous())
        if reply.status == 302, let location = reply.header("Location") {
            try await reply.discard()
            return location
        }
        guard (200..<300).contains(reply.status) else { throw await reply.error() }
        return nil
    }

    private func exchange(_ request: HTTPRequestParts) async throws -> HTTPReply {
        let message = request.message(to: address, authorization: authorization)
        let response: HTTPClientResponse
        do {
            response = try await client.execute(message, deadline: .distantFuture, logger: logger)
        } catch {
            throw failure.translate(error)
        }
        return HTTPReply(response: response, failure: failure, limits: limits)
    }

    /// Sends one request and decodes its reply.
    func send<Reply: Decodable>(
        _ request: HTTPRequestParts, for type: Reply.Type
    ) async throws -> Reply {
        try await send(request).decode(type)
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
