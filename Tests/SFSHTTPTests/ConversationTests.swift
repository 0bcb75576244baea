import NIOCore
import SFSCore
import SFSHTTP
import Testing

@Suite("A conversation")
struct ConversationTests {
    private let get = "GET /a HTTP/1.1\r\nHost: x\r\n\r\n"

    @Test("goes on over one connection")
    func keepAlive() async throws {
        try await RunningServer.with { server in
            try await server.withClient { client in
                for path in ["/one", "/two", "/three"] {
                    try client.send("GET \(path) HTTP/1.1\r\nHost: x\r\n\r\n")
                    let response = try client.response()
                    #expect(response.status == 200)
                    #expect(response.text == "GET \(path)")
                    #expect(response.header("Connection") == nil)
                }
            }
        }
    }

    @Test("answers requests that come all at once in their order")
    func pipelining() async throws {
        try await RunningServer.with(
            Answer { request, body in
                // The first to be asked is the last to be ready.
                if request.path == "/0" { try await Task.sleep(for: .milliseconds(50)) }
                let sent = try await body.collect(upTo: 10)
                return .text("\(request.path)\(String(buffer: sent))")
            }
        ) { server in
            try await server.withClient { client in
                let requests = (0..<200).map {
                    "POST /\($0) HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\n\r\n!"
                }
                try client.send(requests.joined())
                for number in 0..<200 {
                    #expect(try client.response().text == "/\(number)!")
                }
            }
        }
    }

    @Test("understands a request that comes byte by byte")
    func dribble() async throws {
        try await RunningServer.with(Answer.echo) { server in
            try await server.withClient { client in
                for byte in "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\n\r\nabc".utf8 {
                    try client.send([byte])
                }
                #expect(try client.response().text == "abc")
            }
        }
    }

    @Test("ends when the client asks for it")
    func close() async throws {
        try await RunningServer.with { server in
            let text = try await server.exchange(
                "GET /a HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
            #expect(text.contains("\r\nConnection: close\r\n"))
            #expect(text.hasSuffix("GET /a"))
        }
    }

    @Test("ends after one request of HTTP/1.0")
    func old() async throws {
        try await RunningServer.with { server in
            let text = try await server.exchange("GET /a HTTP/1.0\r\n\r\n")
            #expect(text.hasPrefix("HTTP/1.1 200 OK\r\n"))
            #expect(text.contains("\r\nConnection: close\r\n"))
        }
    }

    @Test("goes on with HTTP/1.0 when the client asks for it")
    func oldKeepAlive() async throws {
        try await RunningServer.with { server in
            try await server.withClient { client in
                for _ in 0..<2 {
                    try client.send("GET /a HTTP/1.0\r\nConnection: keep-alive\r\n\r\n")
                    #expect(try client.response().header("Connection") == "keep-alive")
                }
            }
        }
    }

    @Test("ends after the last request that is allowed")
    func requestLimit() async throws {
        var limits = HTTPLimits()
        limits.requestsPerConnectionMaximum = 2
        try await RunningServer.with(limits: limits) { [get] server in
            let text = try await server.exchange(get + get + get)
            #expect(text.ranges(of: "HTTP/1.1 200 OK").count == 2)
        }
    }

    @Test("ends after a request to change the protocol, which is answered as it is")
    func upgrade() async throws {
        try await RunningServer.with { server in
            let text = try await server.exchange(
                "GET /a HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: h2c\r\n\r\n")
            #expect(text.hasPrefix("HTTP/1.1 200 OK\r\n"))
            #expect(text.contains("\r\nConnection: close\r\n"))
        }
    }

    @Test("tells the handler who asks, by which listener, for what")
    func request() async throws {
        let loopback = ListenerAddress.tcp(host: "127.0.0.1", port: 0, tls: nil)
        try await RunningServer.with(
            Answer { request, _ in
                guard case .address(let host, let port) = request.peer, port > 0 else {
                    return .text("no peer", status: 500)
                }
                let fields = try request.query().map { "\($0.name)=\($0.value)" }
                return .text(
                    "\(host) \(request.listener) \(request.path) \(fields) "
                        + "\(request.headers.first("x-ONE") ?? "") \(request.headers.all("x-one"))")
            }, listeners: [loopback, loopback]
        ) { server in
            try await server.withClient(of: 1) { client in
                try client.send(
                    "GET /%41/b?q=a+b%2B&r HTTP/1.1\r\nHost: x\r\nX-One: 1\r\nx-one: 2\r\n\r\n")
                let text = try client.response().text
                #expect(text == #"127.0.0.1 1 /%41/b ["q=a b+", "r="] 1 ["1", "2"]"#)
            }
        }
    }

    @Test("works over IPv6")
    func version6() async throws {
        try await RunningServer.with(
            listeners: [.tcp(host: "::1", port: 0, tls: nil)]
        ) { [get] server in
            #expect(server.listeners[0].address.description.hasPrefix("[::1]:"))
            try await server.withClient { client in
                try client.send(get)
                #expect(try client.response().status == 200)
            }
        }
    }

    @Test("is held with a thousand clients at once")
    func thousand() async throws {
        try raiseDescriptorLimit()
        let everybody = Gate()
        let arrived = Counter()
        try await RunningServer.with(
            Answer { request, _ in
                if arrived.add(1) == 1000 { everybody.open() }
                await everybody.pass()
                return .text(request.path)
            }
        ) { server in
            try await server.withClient { [target = server.listeners[0]] _ in
                var clients: [RawClient] = []
                for number in 0..<1000 {
                    let client = try RawClient(to: target)
                    try client.send("GET /\(number) HTTP/1.1\r\nHost: x\r\n\r\n")
                    clients.append(client)
                }
                for (number, client) in clients.enumerated() {
                    #expect(try client.response().text == "/\(number)")
                }
            }
        }
    }
}
