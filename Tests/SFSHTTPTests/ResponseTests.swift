import Foundation
import Glibc
import NIOCore
import SFSCore
import SFSHTTP
import Testing

@Suite("A response")
struct ResponseTests {
    private static let get = "GET /a HTTP/1.1\r\nHost: x\r\n\r\n"

    private static let lastGet = "GET /a HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"

    private static func stream(_ chunks: [String], then error: SFSError? = nil) -> ByteStream {
        ByteStream(
            AsyncThrowingStream { continuation in
                for chunk in chunks { continuation.yield(ByteBuffer(string: chunk)) }
                continuation.finish(throwing: error)
            })
    }

    /// What a client gets for `response`, and what for its next request.
    private static func answers(_ response: HTTPResponse) async throws -> String {
        try await RunningServer.with(
            Answer { request, _ in
                request.path == "/a" ? response : .text("next")
            }
        ) { server in
            try await server.exchange(
                get + "GET /b HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
        }
    }

    @Test("has a date, its length and nothing that it was not given")
    func head() async throws {
        try await RunningServer.with(Answer.path) { server in
            try await server.withClient { client in
                try client.send(Self.get)
                let response = try client.response()
                let names = response.headers.map(\.name)
                #expect(names == ["Date", "Content-Type", "Content-Length"])
                #expect(response.header("Content-Length") == "6")
                let format = DateFormatter()
                format.locale = Locale(identifier: "en_US_POSIX")
                format.dateFormat = "EEE, dd MMM yyyy HH:mm:ss 'GMT'"
                format.timeZone = TimeZone(identifier: "UTC")
                let date = try #require(format.date(from: response.header("Date") ?? ""))
                #expect(abs(date.timeIntervalSinceNow) < 5)
            }
        }
    }

    @Test(
        "to HEAD is that to GET without its body",
        arguments: [
            ResponseBody.bytes(ByteBuffer(string: "abc")),
            .stream(length: 3, stream([], then: SFSError(.internal, "was read"))),
        ])
    func headRequest(body: ResponseBody) async throws {
        try await RunningServer.with(
            Answer { _, _ in
                HTTPResponse(status: 200, body: body)
            }
        ) { server in
            try await server.withClient { client in
                for _ in 0..<2 {
                    try client.send("HEAD /a HTTP/1.1\r\nHost: x\r\n\r\n")
                    let response = try client.response(toHEAD: true)
                    #expect(response.header("Content-Length") == "3")
                    #expect(response.body.isEmpty)
                }
            }
        }
    }

    @Test("to HEAD may say the length of a body that was not made")
    func headLength() async throws {
        try await RunningServer.with(
            Answer { _, _ in
                HTTPResponse(status: 200, headers: ["Content-Length": "12345678901"])
            }
        ) { server in
            try await server.withClient { client in
                try client.send("HEAD /a HTTP/1.1\r\nHost: x\r\n\r\n")
                let response = try client.response(toHEAD: true)
                #expect(response.header("Content-Length") == "12345678901")
                try client.send(Self.get)
                #expect(try client.response().header("Content-Length") == "0")
            }
        }
    }

    @Test("without a body has none, whatever the handler says", arguments: [204, 304])
    func bodiless(status: Int) async throws {
        let text = try await Self.answers(
            HTTPResponse(
                status: status, headers: ["ETag": "\"1\""],
                body: .bytes(ByteBuffer(string: "abc"))))
        #expect(text.hasPrefix("HTTP/1.1 \(status) "))
        #expect(!text.contains("abc"))
        #expect(text.ranges(of: "Content-Length").count == 1)
        #expect(text.hasSuffix("\r\n\r\nnext"))
    }

    @Test("cannot be given a second head by a value")
    func injection() async throws {
        let text = try await Self.answers(
            HTTPResponse(
                status: 200,
                headers: [
                    "X-One": "a\r\nX-Two: b\r\n\r\n\0", "Content-Length": "77",
                    "transfer-encoding": "chunked", "connection": "close", "date": "x",
                ]))
        #expect(
            text.contains("\r\nX-One: a  X-Two: b     \r\nContent-Length: 0\r\n\r\nHTTP/1.1 200"))
    }

    @Test("streams exactly what was announced")
    func streamed() async throws {
        let text = try await Self.answers(
            HTTPResponse(
                status: 200, body: .stream(length: 6, Self.stream(["ab", "", "cd", "ef"]))))
        #expect(text.contains("\r\nContent-Length: 6\r\n\r\nabcdefHTTP/1.1 200 OK\r\n"))
    }

    @Test(
        "is cut short when its stream fails, ends early or goes on too long",
        arguments: [
            (["ab"], SFSError(.corrupt, "bad block")), (["ab"], nil), (["ab", "cdef"], nil),
        ])
    func cut(chunks: [String], error: SFSError?) async throws {
        let text = try await Self.answers(
            HTTPResponse(status: 200, body: .stream(length: 5, Self.stream(chunks, then: error))))
        #expect(text.hasSuffix("\r\nContent-Length: 5\r\n\r\nab"))
    }

    @Test("is the error when its stream fails before its first byte")
    func failedAtOnce() async throws {
        let error = SFSError(.unavailable, "no replica of 'x' \"answers\"")
        let text = try await Self.answers(
            HTTPResponse(status: 200, body: .stream(length: 5, Self.stream([], then: error))))
        #expect(text.hasPrefix("HTTP/1.1 503 Service Unavailable\r\n"))
        #expect(
            text.contains(
                #"{"error":{"code":"unavailable","message":"no replica of 'x' \"answers\""}}"#))
        #expect(text.hasSuffix("next"))
    }

    @Test("stops its stream while the client does not read")
    func backPressure() async throws {
        let size: Int64 = 256 << 20
        let made = Counter()
        try await RunningServer.with(
            Answer { _, _ in
                .zeros(size, made: made)
            }
        ) { server in
            let memory = residentBytes()
            try await server.withClient { client in
                try client.send(Self.get)
                var waiting = 0
                var received = try client.receive(upTo: 1 << 20).count
                // What the kernel keeps for both sides, and what is on its way.
                let settled = try waitUntilStill { made.value }
                #expect(settled < Int(size) / 2)
                while received < size {
                    let more = try client.receive(upTo: 1 << 20).count
                    try #require(more > 0)
                    received += more
                    waiting = max(waiting, made.value - received)
                }
                #expect(waiting < 64 << 20)
            }
            #expect(residentBytes() - memory < 128 << 20)
        }
    }

    @Test("is no longer made when the client goes away", arguments: [true, false])
    func handlerCancelled(byReset: Bool) async throws {
        let isCancelled = Outcome<Bool>()
        let arrived = DispatchSemaphore(value: 0)
        try await RunningServer.with(
            Answer { _, _ in
                arrived.signal()
                await Gate().pass()
                isCancelled.set(Task.isCancelled)
                return .text("too late")
            }
        ) { server in
            try await server.withClient { client in
                try client.send(Self.get)
                #expect(arrived.wait(timeout: .now() + 30) == .success)
                if byReset { client.reset() }
            }
            #expect(await isCancelled.value)
        }
    }

    @Test("lets go of its stream when the client goes away", arguments: [true, false])
    func streamReleased(byReset: Bool) async throws {
        let ended = Outcome<Void>()
        try await RunningServer.with(
            Answer { _, _ in
                .zeros(1 << 40, atEnd: { ended.set(()) })
            }
        ) { server in
            try await server.withClient { client in
                try client.send(Self.get)
                _ = try client.receive()
                if byReset { client.reset() }
            }
            await ended.value
        }
    }

    @Test("is given up when the client takes nothing of it for too long")
    func writeTimeout() async throws {
        var limits = HTTPLimits()
        limits.writeIdleTimeout = .milliseconds(100)
        let ended = DispatchSemaphore(value: 0)
        try await RunningServer.with(
            Answer { _, _ in
                .zeros(1 << 40, atEnd: { ended.signal() })
            }, limits: limits
        ) { server in
            try await server.withClient { client in
                try client.send(Self.get)
                #expect(ended.wait(timeout: .now() + 30) == .success)
            }
        }
    }

    @Test("arrives whole at a client that is slower than any timeout")
    func slowEnd() async throws {
        var limits = HTTPLimits()
        limits.idleTimeout = .seconds(5)
        let size = 12 << 20
        let bytes = ByteBuffer(repeating: 1, count: size)
        try await RunningServer.with(
            Answer { _, _ in HTTPResponse(status: 200, body: .bytes(bytes)) }, limits: limits
        ) { server in
            try await server.withClient { client in
                client.receivesLittle()
                try client.send(Self.get)
                // The last bytes wait in the server when it has long begun to wait for the next
                // request.
                let received = try client.receiveAll { received in
                    if received > size - (8 << 20) { usleep(250_000) }
                }
                #expect(received > size)
            }
        }
    }

    @Test("may take longer than that while the client takes anything")
    func slowReader() async throws {
        var limits = HTTPLimits()
        limits.writeIdleTimeout = .seconds(2)
        let size = 24 << 20
        try await RunningServer.with(
            Answer { _, _ in
                .zeros(Int64(size))
            }, limits: limits
        ) { server in
            try await server.withClient { client in
                client.receivesLittle()
                try client.send(Self.lastGet)
                let clock = ContinuousClock()
                let start = clock.now
                let received = try client.receiveAll { _ in
                    if clock.now - start < .seconds(4) { usleep(50_000) }
                }
                #expect(received > size)
            }
        }
    }
}

extension HTTPResponse {
    /// `size` zero bytes, streamed; `atEnd` is called when nobody can read them any more.
    static func zeros(
        _ size: Int64, made: Counter = Counter(), atEnd: @escaping @Sendable () -> Void = {}
    ) -> HTTPResponse {
        let zeros = Zeros(size, made, atEnd: atEnd)
        return HTTPResponse(status: 200, body: .stream(length: size, ByteStream(zeros)))
    }
}
