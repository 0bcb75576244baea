import Logging
import NIOCore
import SFSCore
import SFSHTTP
import Synchronization

/// The listeners of one member, bound before the member exists: it tells the cluster its port when
/// it joins.
struct Door: Sendable {
    /// Whose listeners they are.
    let name: MemberName
    /// Where the first TCP listener is reached; `nil` when there is none.
    let url: String?
    /// Port of the first TCP listener without TLS, as the kernel has it; `nil` when there is none.
    let httpPort: Int?
    /// Port of the first TCP listener with TLS, as the kernel has it; `nil` when there is none.
    let httpsPort: Int?
    let server: HTTPServer
    private let reception: Reception

    /// Binds all of `listeners` or none.
    ///
    /// - Throws: `SFSError` with code `.configuration`.
    static func bind(
        _ listeners: [ListenerAddress], of name: MemberName, limits: SFSHTTP.HTTPLimits,
        threads: any EventLoopGroup, logger: Logger
    ) async throws -> Door {
        let reception = Reception()
        let server = HTTPServer(
            listeners: listeners, limits: limits, handler: reception, logger: logger,
            group: threads)
        let bound = try await server.bind()
        for listener in bound {
            logger.info(
                "listening",
                metadata: [
                    "member": "\(name)", "address": "\(listener.address)",
                    "tls": "\(listener.address.isSecure)",
                ])
        }
        let first = bound.first { $0.port != nil }
        let url = first.map { "\($0.address.isSecure ? "https" : "http")://\($0.address)" }
        return Door(
            name: name, url: url,
            httpPort: bound.first { $0.port != nil && !$0.address.isSecure }?.port,
            httpsPort: bound.first { $0.port != nil && $0.address.isSecure }?.port,
            server: server, reception: reception)
    }

    /// Lets whoever comes in meet `handler`.
    func lead(to handler: some HTTPHandler) {
        reception.handler.withLock { $0 = handler }
    }
}

/// Answers for a member that is not there yet: "come again".
private final class Reception: HTTPHandler {
    let handler = Mutex<(any HTTPHandler)?>(nil)

    func respond(to request: HTTPRequest, body: RequestBody) async -> HTTPResponse {
        guard let handler = handler.withLock(\.self) else { return HTTPResponse(status: 503) }
        return await handler.respond(to: request, body: body)
    }

    var preparesReplies: Bool { handler.withLock(\.self)?.preparesReplies ?? false }

    func prepare(_ request: HTTPRequest) async -> PreparedReply? {
        await handler.withLock(\.self)?.prepare(request)
    }
}
