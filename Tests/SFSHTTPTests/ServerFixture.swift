import Logging
import NIOCore
import NIOPosix
import SFSCore
import SFSHTTP
import Testing

/// A handler made of a closure.
struct Answer: HTTPHandler {
    let answer: @Sendable (HTTPRequest, RequestBody) async throws -> HTTPResponse

    init(_ answer: @escaping @Sendable (HTTPRequest, RequestBody) async throws -> HTTPResponse) {
        self.answer = answer
    }

    func respond(to request: HTTPRequest, body: RequestBody) async -> HTTPResponse {
        do {
            return try await answer(request, body)
        } catch {
            let error = SFSError(wrapping: error)
            return .text(error.message, status: error.code.httpStatus)
        }
    }

    /// Says what was asked.
    static let path = Answer { request, _ in .text("\(request.method) \(request.path)") }
    /// Sends the body back when all of it has come.
    static let echo = Answer { _, body in
        HTTPResponse(status: 200, body: .bytes(try await body.collect(upTo: 1 << 20)))
    }
}

extension HTTPResponse {
    static func text(_ text: String, status: Int = 200) -> HTTPResponse {
        HTTPResponse(
            status: status, headers: ["Content-Type": "text/plain"],
            body: .bytes(ByteBuffer(string: text)))
    }
}

/// A server that runs while the test's body does.
struct RunningServer: Sendable {
    let server: HTTPServer
    let listeners: [BoundListener]

    /// One client in a thread of its own; blocking is allowed in `body`.
    func withClient<R: Sendable>(
        of listener: Int = 0, _ body: @escaping @Sendable (RawClient) throws -> R
    ) async throws -> R {
        let target = listeners[listener]
        return try await blocking {
            try body(RawClient(to: target))
        }
    }

    /// What the server says to `bytes` until it closes.
    func exchange(_ bytes: String) async throws -> String {
        try await withClient { client in
            try client.send(bytes)
            return try client.receiveAll()
        }
    }

    static func with<R>(
        _ handler: any HTTPHandler = Answer.path, limits: HTTPLimits = HTTPLimits(),
        listeners: [ListenerAddress] = [.tcp(host: "127.0.0.1", port: 0, tls: nil)],
        _ body: (RunningServer) async throws -> R
    ) async throws -> R {
        let server = HTTPServer(
            listeners: listeners, limits: limits, handler: handler,
            logger: .silent,
            group: MultiThreadedEventLoopGroup.singleton)
        let bound = try await server.bind()
        return try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await server.run() }
            do {
                let result = try await body(RunningServer(server: server, listeners: bound))
                server.beginGracefulStop()
                try await group.waitForAll()
                return result
            } catch {
                group.cancelAll()
                throw error
            }
        }
    }
}

/// A door that stays shut until it is opened, once.
final class Gate: Sendable {
    private let stream: AsyncStream<Void>
    private let continuation: AsyncStream<Void>.Continuation

    init() { (stream, continuation) = AsyncStream.makeStream() }

    func open() { continuation.finish() }

    /// Waits until it is open, or the task is cancelled.
    func pass() async { for await _ in stream {} }
}

extension Logger {
    /// A logger that says nothing.
    static var silent: Logger { Logger(label: "test") { _ in SwiftLogNoOpLogHandler() } }
}
