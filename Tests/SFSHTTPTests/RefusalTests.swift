import SFSCore
import SFSHTTP
import Testing

@Suite("The server itself refuses")
struct RefusalTests {
    struct Sample: Sendable, CustomTestStringConvertible {
        let what: String
        let status: Int
        let request: String

        var testDescription: String { what }

        init(_ what: String, _ status: Int, _ request: String) {
            self.what = what
            self.status = status
            self.request = request
        }
    }

    private static func post(_ fields: String, _ body: String = "") -> String {
        "POST / HTTP/1.1\r\nHost: x\r\n\(fields)\r\n\r\n\(body)"
    }

    static let samples: [Sample] = [
        // Two servers could disagree about where these end.
        Sample(
            "both lengths", 400,
            post("Content-Length: 3\r\nTransfer-Encoding: chunked", "0\r\n\r\n")),
        Sample(
            "both lengths, turned round", 400,
            post("Transfer-Encoding: chunked\r\nContent-Length: 3", "0\r\n\r\n")),
        Sample("differing lengths", 400, post("Content-Length: 3\r\nContent-Length: 4", "abc")),
        Sample("the same length twice", 400, post("Content-Length: 3\r\nContent-Length: 3", "abc")),
        Sample("a list of lengths", 400, post("Content-Length: 3, 3", "abc")),
        Sample("a signed length", 400, post("Content-Length: +3", "abc")),
        Sample("a negative length", 400, post("Content-Length: -3", "abc")),
        Sample("a hexadecimal length", 400, post("Content-Length: 0x3", "abc")),
        Sample("an empty length", 400, post("Content-Length: ", "abc")),
        Sample(
            "a length that is too large for a number", 400,
            post("Content-Length: 99999999999999999999")),
        Sample("a length just above the largest", 400, post("Content-Length: 9223372036854775808")),
        Sample("a length with a blank in it", 400, post("Content-Length: 1 2", "a")),
        Sample(
            "a coding before the chunks", 501, post("Transfer-Encoding: gzip, chunked", "0\r\n\r\n")
        ),
        Sample(
            "chunks twice", 400,
            post("Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked", "0\r\n\r\n")),
        Sample("chunks not last", 400, post("Transfer-Encoding: chunked, gzip", "0\r\n\r\n")),
        Sample("an unknown coding", 501, post("Transfer-Encoding: xchunked", "0\r\n\r\n")),
        Sample(
            "a coding with a vertical tab", 400,
            post("Transfer-Encoding: \u{0B}chunked", "0\r\n\r\n")),
        Sample(
            "chunks in HTTP/1.0", 400,
            "POST / HTTP/1.0\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"),
        Sample("a blank before the colon", 400, post("Content-Length : 3", "abc")),
        Sample("a folded field", 400, post("X-One: a\r\n b")),
        Sample("a field that begins with a blank", 400, "GET / HTTP/1.1\r\n Host: x\r\n\r\n"),
        Sample("a bare carriage return in a field", 400, post("X-One: a\rContent-Length: 3")),
        Sample("a bare line feed in a field", 400, post("X-One: a\nContent-Length: 3")),
        Sample("a zero byte in a field", 400, post("X-One: a\0b")),
        Sample("a field without a name", 400, post(": a")),
        Sample("a field without a colon", 400, post("abc")),
        Sample("lines that end with a line feed only", 505, "GET / HTTP/1.1\nHost: x\n\n"),
        Sample("lines that end with a carriage return only", 400, "GET / HTTP/1.1\rHost: x\r\r"),
        // Hosts.
        Sample("no host", 400, "GET / HTTP/1.1\r\n\r\n"),
        Sample("two hosts", 400, "GET / HTTP/1.1\r\nHost: x\r\nHost: x\r\n\r\n"),
        Sample("two hosts in one", 400, "GET / HTTP/1.1\r\nHost: x, y\r\n\r\n"),
        Sample("a host with a path", 400, "GET / HTTP/1.1\r\nHost: x/y\r\n\r\n"),
        // Request lines.
        Sample("an unknown method", 400, "FROB / HTTP/1.1\r\nHost: x\r\n\r\n"),
        Sample("a method in small letters", 400, "get / HTTP/1.1\r\nHost: x\r\n\r\n"),
        Sample("nonsense", 400, "\u{16}\u{03}\u{01}\r\n\r\n"),
        Sample("a target that is no path", 400, "GET a HTTP/1.1\r\nHost: x\r\n\r\n"),
        Sample("a tunnel", 400, "CONNECT x:443 HTTP/1.1\r\nHost: x\r\n\r\n"),
        Sample("a target with a blank", 400, "GET /a b HTTP/1.1\r\nHost: x\r\n\r\n"),
        Sample("a target with letters beyond ASCII", 400, "GET /ä HTTP/1.1\r\nHost: x\r\n\r\n"),
        Sample("a target with a fragment", 400, "GET /a#b HTTP/1.1\r\nHost: x\r\n\r\n"),
        Sample("HTTP/0.9", 505, "GET / HTTP/0.9\r\n\r\n"),
        Sample("HTTP/2", 505, "GET / HTTP/2.0\r\nHost: x\r\n\r\n"),
        Sample("HTTP/1.2", 505, "GET / HTTP/1.2\r\nHost: x\r\n\r\n"),
        Sample("the preface of HTTP/2", 400, "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"),
        // Sizes and expectations.
        Sample(
            "a target of 9 KiB", 414,
            "GET /\(String(repeating: "a", count: 9 << 10)) HTTP/1.1\r\nHost: x\r\n\r\n"),
        Sample(
            "a header of 65 KiB", 431, post("X-One: \(String(repeating: "a", count: 65 << 10))")),
        Sample(
            "many fields of 65 KiB together", 431,
            post(
                Array(repeating: "X-One: \(String(repeating: "a", count: 1 << 10))", count: 65)
                    .joined(separator: "\r\n"))),
        Sample(
            "101 fields", 431,
            post(Array(repeating: "X-One: a", count: 100).joined(separator: "\r\n"))),
        Sample(
            "an expectation that it does not know", 417, post("Expect: more\r\nContent-Length: 3")),
    ]

    @Test("and closes cleanly, whatever follows", arguments: samples)
    func refuses(_ sample: Sample) async throws {
        let handled = Counter()
        let text = try await RunningServer.with(
            Answer { _, _ in
                handled.add(1)
                return .text("handled")
            }
        ) { server in
            // A request hidden behind the bad one must not be answered either.
            try await server.exchange(sample.request + "GET /hidden HTTP/1.1\r\nHost: x\r\n\r\n")
        }
        #expect(text.hasPrefix("HTTP/1.1 \(sample.status) "), "\(text)")
        #expect(text.contains("\r\nConnection: close\r\n"))
        #expect(text.contains("\r\nContent-Type: application/json\r\n"))
        #expect(text.contains(#"{"error":{"code":"protocol","message":""#))
        #expect(text.ranges(of: "HTTP/1.1 ").count == 1)
        #expect(handled.value == 0)
    }

    @Test("a bad request only after it has answered the good ones before it")
    func order() async throws {
        let text = try await RunningServer.with { server in
            try await server.exchange("GET /a HTTP/1.1\r\nHost: x\r\n\r\nGET /b HTTP/1.1\r\n\r\n")
        }
        #expect(text.contains("GET /aHTTP/1.1 400 Bad Request\r\n"))
    }

    @Test("a header that comes too slowly")
    func slowHeader() async throws {
        var limits = HTTPLimits()
        limits.headerTimeout = .milliseconds(100)
        let text = try await RunningServer.with(limits: limits) { server in
            try await server.exchange("GET / HTTP/1.1\r\nHost:")
        }
        #expect(text.hasPrefix("HTTP/1.1 408 Request Timeout\r\n"))
    }

    @Test("to wait for a client that says nothing")
    func silence() async throws {
        var limits = HTTPLimits()
        limits.idleTimeout = .seconds(5)
        try await RunningServer.with(limits: limits) { server in
            #expect(try await server.exchange("") == "")
            let text = try await server.exchange("GET /a HTTP/1.1\r\nHost: x\r\n\r\n")
            #expect(text.hasSuffix("GET /a"))
        }
    }

    @Test("connections above its limit, and says so")
    func tooMany() async throws {
        var limits = HTTPLimits()
        limits.connectionsMaximum = 1
        try await RunningServer.with(limits: limits) { server in
            try await server.withClient { [target = server.listeners[0]] first in
                try first.send("GET /a HTTP/1.1\r\nHost: x\r\n\r\n")
                #expect(try first.response().status == 200)
                let second = try RawClient(to: target)
                try second.send("GET /a HTTP/1.1\r\nHost: x\r\n\r\n")
                #expect(try second.response().status == 503)
                #expect(second.isClosed())
                try first.send("GET /a HTTP/1.1\r\nHost: x\r\n\r\n")
                #expect(try first.response().status == 200)
            }
        }
    }
}
