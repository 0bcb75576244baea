import Foundation
import Glibc
import NIOCore
import SFSCore
import SFSHTTP
import Synchronization
import Testing

@Suite("The end of a response")
struct ResponseEndTests {
    /// What was told, each time.
    private final class Told: Sendable {
        private let counts = Mutex<[Int64]>([])

        var all: [Int64] { counts.withLock { $0 } }

        func add(_ count: Int64) { counts.withLock { $0.append(count) } }
    }

    private static func response(_ request: HTTPRequest) -> HTTPResponse {
        switch request.path {
        case "/bytes": .text("hello")
        case "/stream":
            HTTPResponse(
                status: 200, body: .stream(length: 300_000, ByteStream(Zeros(300_000, Counter()))))
        case "/short":
            HTTPResponse(
                status: 200, body: .stream(length: 300_000, ByteStream(Zeros(1000, Counter()))))
        case "/cached": HTTPResponse(status: 304, headers: ["Content-Length": "5"])
        default: HTTPResponse(status: 204)
        }
    }

    @Test("is told once, with the bytes of the body that were sent")
    func told() async throws {
        let told = Told()
        try await RunningServer.with(
            Answer { request, _ in
                var response = Self.response(request)
                response.whenEnded = { told.add($0) }
                return response
            }
        ) { server in
            try await server.withClient { client in
                for path in ["/bytes", "/stream", "/cached", "/none"] {
                    try client.send("GET \(path) HTTP/1.1\r\nHost: x\r\n\r\n")
                    _ = try client.response(toHEAD: path == "/cached")
                }
                for path in ["/bytes", "/stream"] {
                    try client.send("HEAD \(path) HTTP/1.1\r\nHost: x\r\n\r\n")
                    _ = try client.response(toHEAD: true)
                }
                try client.send("GET /short HTTP/1.1\r\nHost: x\r\n\r\n")
                _ = try client.receiveAll()
            }
        }
        #expect(told.all == [5, 300_000, 0, 0, 0, 0, 1000])
    }

    @Test("is told when the client leaves in its middle")
    func cutOff() async throws {
        let told = Told()
        let made = Counter()
        let size: Int64 = 1 << 40
        try await RunningServer.with(
            Answer { _, _ in
                HTTPResponse(
                    status: 200, body: .stream(length: size, ByteStream(Zeros(size, made))),
                    whenEnded: { told.add($0) })
            }
        ) { server in
            try await server.withClient { client in
                try client.send("GET / HTTP/1.1\r\nHost: x\r\n\r\n")
                _ = try client.receive()
                client.reset()
            }
            let isTold = try await eventually { !told.all.isEmpty }
            #expect(isTold)
        }
        let count = try #require(told.all.first)
        #expect(told.all.count == 1)
        #expect(count <= Int64(made.value) && count > 0)
    }

    @Test("is told of a body that failed before its first byte, which was not sent")
    func failed() async throws {
        let told = Told()
        try await RunningServer.with(
            Answer { _, _ in
                let failing = AsyncThrowingStream<ByteBuffer, any Error> {
                    throw SFSError(.unavailable, "gone")
                }
                return HTTPResponse(
                    status: 200, body: .stream(length: 5, ByteStream(failing)),
                    whenEnded: { told.add($0) })
            }
        ) { server in
            try await server.withClient { client in
                try client.send("GET / HTTP/1.1\r\nHost: x\r\n\r\n")
                #expect(try client.response().status == 503)
            }
        }
        #expect(told.all == [0])
    }
}
