import Dispatch
import NIOCore
import SFSCore
import SFSHTTP
import Testing

@Suite("The body of a request")
struct RequestBodyTests {
    private static func post(_ fields: String, _ body: String = "") -> String {
        "POST / HTTP/1.1\r\nHost: x\r\n\(fields)\r\n\r\n\(body)"
    }

    private let next = "GET /next HTTP/1.1\r\nHost: x\r\n\r\n"

    @Test("comes in chunks as well as with a length")
    func framing() async throws {
        try await RunningServer.with(
            Answer { _, body in
                let bytes = try await body.collect(upTo: 100)
                return .text(
                    "\(body.declaredLength.map(String.init) ?? "-") \(String(buffer: bytes))")
            }
        ) { server in
            try await server.withClient { client in
                try client.send(Self.post("Content-Length: 3", "abc"))
                #expect(try client.response().text == "3 abc")
                try client.send(
                    Self.post(
                        "Transfer-Encoding: chunked", "2;x=y\r\nab\r\n1\r\nc\r\n0\r\nT: u\r\n\r\n"))
                #expect(try client.response().text == "- abc")
                try client.send(Self.post("Content-Length: 0"))
                #expect(try client.response().text == "0 ")
            }
        }
    }

    @Test("is asked for only when the handler wants it")
    func expectContinue() async throws {
        try await RunningServer.with(Answer.echo) { server in
            try await server.withClient { client in
                try client.send(Self.post("Expect: 100-continue\r\nContent-Length: 3"))
                #expect(try client.response().status == 100)
                try client.send("abc")
                #expect(try client.response().text == "abc")
                try client.send(Self.post("Content-Length: 3", "def"))
                #expect(try client.response().text == "def")
            }
        }
    }

    @Test("is not asked for when the answer is there without it, and the connection ends")
    func expectRefused() async throws {
        try await RunningServer.with(Answer.path) { [next] server in
            let text = try await server.exchange(
                Self.post("Expect: 100-continue\r\nContent-Length: 3") + next)
            #expect(text.hasPrefix("HTTP/1.1 200 OK\r\n"))
            #expect(text.contains("\r\nConnection: close\r\n"))
            #expect(text.hasSuffix("POST /"))
        }
    }

    @Test("is skipped when it is small and nobody reads it")
    func skipped() async throws {
        let body = String(repeating: "x", count: 200 << 10)
        let chunks = "3\r\nabc\r\n0\r\n\r\n"
        try await RunningServer.with(Answer.path) { server in
            try await server.withClient { [next] client in
                try client.send(Self.post("Content-Length: \(body.utf8.count)", body) + next)
                #expect(try client.response().text == "POST /")
                #expect(try client.response().text == "GET /next")
                // Chunks could go on for ever.
                try client.send(Self.post("Transfer-Encoding: chunked", chunks) + next)
                #expect(try client.response().header("Connection") == "close")
                #expect(client.isClosed())
            }
        }
    }

    @Test("does not keep the client from reading an answer that came before its end")
    func unread() async throws {
        let size = 16 << 20
        var limits = HTTPLimits()
        limits.lingerTimeout = .seconds(30)
        try await RunningServer.with(
            Answer { _, _ in
                .text("no", status: 403)
            }, limits: limits
        ) { server in
            try await server.withClient { client in
                try client.send(Self.post("Content-Length: \(size)"))
                try client.send(zeros: size)
                let response = try client.response()
                #expect(response.status == 403)
                #expect(response.header("Connection") == "close")
                #expect(client.isClosed())
            }
        }
    }

    @Test("does not keep the connection open for ever when nobody reads it")
    func lingering() async throws {
        var limits = HTTPLimits()
        limits.lingerTimeout = .milliseconds(100)
        try await RunningServer.with(limits: limits) { server in
            try await server.withClient { client in
                try client.send(Self.post("Content-Length: 1000000000"))
                #expect(try client.response().status == 200)
                #expect(client.isClosed())
                #expect(throws: RawClient.Failure.self) {
                    while true { try client.send([UInt8](repeating: 0, count: 1 << 20)) }
                }
            }
        }
    }

    @Test(
        "is refused when it is larger than what is collected",
        arguments: [
            "Content-Length: 5\r\n\r\nabcde",
            "Transfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n2\r\nde\r\n0\r\n\r\n",
        ])
    func tooLarge(request: String) async throws {
        try await RunningServer.with(
            Answer { _, body in
                .text(String(buffer: try await body.collect(upTo: 4)))
            }
        ) { server in
            try await server.withClient { client in
                try client.send("POST / HTTP/1.1\r\nHost: x\r\n\(request)")
                #expect(try client.response().status == 413)
            }
        }
    }

    @Test(
        "ends the connection when it is malformed",
        arguments: [
            "0x3\r\nabc\r\n0\r\n\r\n", "+3\r\nabc\r\n0\r\n\r\n", "-3\r\nabc\r\n0\r\n\r\n",
            " 3\r\nabc\r\n0\r\n\r\n", "3 4\r\nabc\r\n0\r\n\r\n", "3\nabc\r\n0\r\n\r\n",
            "3\r\nabcd\r\n0\r\n\r\n", "3\r\nabc0\r\n\r\n", "3\r\nabc\n0\r\n\r\n",
            "FFFFFFFFFFFFFFFFF\r\nabc\r\n0\r\n\r\n", "\r\n", "g\r\n", "3;\u{0}\r\nabc\r\n0\r\n\r\n",
            "3\r\nabc\r\n0\r\nX-Trailer : a\r\n\r\n", "3;a\nb\r\nabc\r\n0\r\n\r\n",
            "0\r\n X: a\r\n\r\n",
        ])
    func malformed(chunks: String) async throws {
        try await RunningServer.with(Answer.echo) { [next] server in
            let text = try await server.exchange(
                Self.post("Transfer-Encoding: chunked", chunks) + next)
            #expect(text.hasPrefix("HTTP/1.1 400 Bad Request\r\n"))
            #expect(text.hasSuffix("the body of the request is malformed"))
        }
    }

    @Test("throws when the client goes away before its end", arguments: [true, false])
    func clientGone(byReset: Bool) async throws {
        let thrown = Outcome<any Error>()
        let arrived = DispatchSemaphore(value: 0)
        try await RunningServer.with(
            Answer { _, body in
                arrived.signal()
                do {
                    _ = try await body.collect(upTo: 1000)
                } catch {
                    thrown.set(error)
                }
                return .text("too late")
            }
        ) { server in
            try await server.withClient { client in
                try client.send(Self.post("Content-Length: 100", "abc"))
                #expect(arrived.wait(timeout: .now() + 30) == .success)
                if byReset { client.reset() }
            }
            let error = try #require(await thrown.value as? SFSError)
            #expect(error.code == .protocol)
            #expect(error.message == "the client went away within its request")
        }
    }

    @Test("throws when the client falls silent")
    func silent() async throws {
        var limits = HTTPLimits()
        limits.bodyIdleTimeout = .milliseconds(100)
        try await RunningServer.with(Answer.echo, limits: limits) { server in
            let text = try await server.exchange(Self.post("Content-Length: 100", "abc"))
            #expect(text.hasPrefix("HTTP/1.1 504 "))
            #expect(text.hasSuffix("the client stopped sending its request"))
        }
    }

    @Test("is not late while the handler is busy with something else")
    func busyHandler() async throws {
        var limits = HTTPLimits()
        limits.bodyIdleTimeout = .seconds(1)
        try await RunningServer.with(
            Answer { _, body in
                try await Task.sleep(for: .milliseconds(1500))
                return .text(
                    String(buffer: try await body.collect(upTo: 1 << 20)).suffix(3).description)
            }, limits: limits
        ) { server in
            try await server.withClient { client in
                let body = String(repeating: "x", count: 1 << 19)
                try client.send(Self.post("Content-Length: \(body.utf8.count + 3)", body + "end"))
                #expect(try client.response().text == "end")
            }
        }
    }

    @Test("gives up on a rest that nobody wants and that does not come")
    func restNeverComes() async throws {
        var limits = HTTPLimits()
        limits.headerTimeout = .milliseconds(100)
        try await RunningServer.with(Answer.path, limits: limits) { server in
            let text = try await server.exchange(Self.post("Content-Length: 100", "abc"))
            #expect(text.hasSuffix("POST /"))
        }
    }

    @Test("can be sent back while it comes")
    func streamedBack() async throws {
        try await RunningServer.with(
            Answer { _, body in
                HTTPResponse(
                    status: 200, body: .stream(length: body.declaredLength ?? 0, body.stream))
            }
        ) { server in
            try await server.withClient { client in
                try client.send(Self.post("Content-Length: 6", "abc"))
                try client.send("def")
                #expect(try client.response().text == "abcdef")
                try client.send(Self.post("Content-Length: 1", "g"))
                #expect(try client.response().text == "g")
            }
        }
    }

    @Test("cannot be read when its response is out")
    func readTooLate() async throws {
        let kept = Outcome<RequestBody>()
        try await RunningServer.with(
            Answer { _, body in
                kept.set(body)
                return .text("out")
            }
        ) { server in
            try await server.withClient { client in
                try client.send(Self.post("Content-Length: 1000000000"))
                #expect(try client.response().text == "out")
                #expect(client.isClosed())
            }
            let body = await kept.value
            let error = await #expect(throws: SFSError.self) {
                try await body.collect(upTo: 1 << 40)
            }
            // The handler's fault, or the client's that has gone, whichever is seen first.
            #expect([.internal, .protocol].contains(error?.code))
        }
    }

    @Test("stops coming while the handler does not read it")
    func backPressure() async throws {
        let gate = Gate()
        let size = 256 << 20
        try await RunningServer.with(
            Answer { _, body in
                await gate.pass()
                var count = 0
                for try await chunk in body.stream { count += chunk.readableBytes }
                return .text("\(count)")
            }
        ) { server in
            try await server.withClient { client in
                try client.send(Self.post("Content-Length: \(size)"))
                let block = [UInt8](repeating: 0, count: 1 << 20)
                let sent = client.sendUntilBlocked(block, limit: size)
                // What the kernel keeps for both sides, and one read.
                #expect(sent < size / 2)
                gate.open()
                try client.send(zeros: size - sent)
                #expect(try client.response().text == "\(size)")
            }
        }
    }
}
