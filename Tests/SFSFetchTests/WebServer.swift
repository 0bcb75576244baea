import NIOCore
import NIOPosix
import Synchronization

/// A server on a loopback address that answers exactly what a test tells it to, malformed answers
/// included; one request per connection.
enum WebServer {
    /// Serves with `answer` while `body` runs, which gets the port.
    static func run<R: Sendable>(
        host: String = "127.0.0.1", _ answer: @escaping @Sendable (Exchange) async throws -> Void,
        _ body: @Sendable (Int) async throws -> R
    ) async throws -> R {
        let server = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
            .bind(host: host, port: 0) { channel in
                channel.eventLoop.makeCompletedFuture {
                    try NIOAsyncChannel<ByteBuffer, ByteBuffer>(
                        wrappingChannelSynchronously: channel)
                }
            }
        let port = server.channel.localAddress?.port ?? 0
        return try await server.executeThenClose { connections in
            try await withThrowingTaskGroup(of: Void.self) { group in
                group.addTask { try await serve(connections, answer) }
                defer { group.cancelAll() }
                return try await body(port)
            }
        }
    }

    private static func serve(
        _ connections: NIOAsyncChannelInboundStream<NIOAsyncChannel<ByteBuffer, ByteBuffer>>,
        _ answer: @escaping @Sendable (Exchange) async throws -> Void
    ) async throws {
        try await withThrowingDiscardingTaskGroup { group in
            for try await connection in connections {
                group.addTask {
                    // A client that goes away in the middle is what several tests are about.
                    try? await connection.executeThenClose { inbound, outbound in
                        let request = try await Self.request(inbound)
                        try await answer(Exchange(request: request, outbound: outbound))
                    }
                }
            }
        }
    }

    private static func request(
        _ inbound: NIOAsyncChannelInboundStream<ByteBuffer>
    ) async throws -> String {
        var text = ""
        for try await chunk in inbound {
            text += String(buffer: chunk)
            guard let end = text.firstRange(of: "\r\n\r\n") else { continue }
            let announced = text.lowercased().split(separator: "content-length: ").dropFirst().first
            let length = announced.flatMap { Int($0.prefix { $0.isNumber }) } ?? 0
            if text.utf8.distance(from: end.upperBound, to: text.endIndex) >= length { break }
        }
        return text
    }
}

/// One request, and the way to answer it.
struct Exchange: Sendable {
    /// Head and body as they came.
    let request: String
    let outbound: NIOAsyncChannelOutboundWriter<ByteBuffer>

    /// What stands between the method and the version.
    var target: String { String(request.split(separator: " ").dropFirst().first ?? "") }

    func send(_ text: String) async throws {
        try await outbound.write(ByteBuffer(string: text))
    }

    func send(_ bytes: [UInt8]) async throws {
        try await outbound.write(ByteBuffer(bytes: bytes))
    }

    /// A whole answer.
    func answer(_ body: String, status: String = "200 OK", headers: [String] = []) async throws {
        let lines = ["HTTP/1.1 \(status)", "Content-Length: \(body.utf8.count)"] + headers
        try await send(lines.joined(separator: "\r\n") + "\r\n\r\n" + body)
    }

    func redirect(to url: String, status: String = "302 Found") async throws {
        try await answer("gone", status: status, headers: ["Location: \(url)"])
    }
}

/// What a server saw, for the test to look at.
final class Notes: Sendable {
    private let texts = Mutex<[String]>([])
    private let number = Mutex(0)

    func add(_ text: String) { texts.withLock { $0.append(text) } }
    var all: [String] { texts.withLock { $0 } }
    func count(_ more: Int) { number.withLock { $0 += more } }
    var counted: Int { number.withLock { $0 } }
}
