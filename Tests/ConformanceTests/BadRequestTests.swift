import ProcessFixture
import Testing

extension Conformance {
    @Suite("A request that is wrong", .serialized)
    struct BadRequestTests {
        /// Sends exactly `text`, and gives the reply, or nothing when the member just closes.
        private func send(_ text: String, to member: Member) async throws -> Reply? {
            let connection = try await WebConnection(to: member.place)
            await connection.send(Array(text.utf8))
            connection.endSending()
            // A connection that is closed without a reply is clean too.
            return try? await connection.reply()
        }

        @Test("cannot climb out of a volume, however it is written")
        func traversal() async throws {
            let cluster = try ConformanceCluster.running()
            let (prism, store) = (try cluster.prism(), cluster.stores[0])
            let climbs = [
                "../../etc/passwd", "..%2f..%2fetc%2fpasswd", "%2e%2e/%2e%2e/etc/passwd",
                "..%252f..%252fetc%252fpasswd", "....//....//etc/passwd", "..\\..\\etc\\passwd",
                "..%5c..%5cetc%5cpasswd", "%c0%ae%c0%ae%c0%afetc",
                "..%c0%af..%c0%afetc%c0%afpasswd",
                "%00/etc/passwd", "/etc/passwd", "file:///etc/passwd", "%uff0e%uff0e/etc",
            ]
            for climb in climbs {
                for prefix in [
                    "/static/", "/static/a/", "/play/", "/play/a/", "/", "/content/put/",
                ] {
                    for member in [prism, store] {
                        let reply = try await member.get(prefix + climb)
                        #expect(
                            [400, 404, 405].contains(reply.status),
                            "\(prefix)\(climb) \(reply.summary)")
                        #expect(!reply.text.contains("root:") && !reply.isTalkative)
                    }
                }
                for route in ["download", "detail", "exists", "verify", "remove", "send"] {
                    let order: JSONTree = [
                        "hash": .text(climb), "file": .text(climb), "store": "x",
                    ]
                    let reply = try await store.post("/content/\(route)", order)
                    #expect(reply.status < 501, "\(route) \(reply.summary)")
                    #expect(!reply.text.contains("root:") && !reply.isTalkative, "\(reply.summary)")
                }
            }
        }

        @Test("with two lengths, or a length that is none, is refused and the connection closed")
        func lengths() async throws {
            let cluster = try ConformanceCluster.running()
            let framings = [
                "Content-Length: 3\r\nContent-Length: 4",
                "Content-Length: 3\r\nTransfer-Encoding: chunked",
                "Content-Length: -1", "Content-Length: 3, 3", "Content-Length: 0x3",
                "Content-Length: 99999999999999999999", "Transfer-Encoding: chunked, identity",
                "Transfer-Encoding: gzip",
                "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked",
                "Transfer-Encoding : chunked", "Content-Length: 3\r\n Transfer-Encoding: chunked",
            ]
            for member in [try cluster.prism(), cluster.stores[0]] {
                for framing in framings {
                    let connection = try await WebConnection(to: member.place)
                    await connection.send(
                        Array("POST /ping HTTP/1.1\r\nHost: x\r\n\(framing)\r\n\r\nabc".utf8))
                    let reply = try await connection.reply(to: "POST")
                    #expect([400, 413, 501].contains(reply.status), "\(framing) \(reply.summary)")
                    #expect(try await connection.isClosedByServer(), "\(framing)")
                }
                #expect(try await member.get("/ping").status == 200)
            }
        }

        @Test("that is no HTTP, too long or without a host is refused")
        func lines() async throws {
            let cluster = try ConformanceCluster.running()
            let long = String(repeating: "a", count: 70_000)
            let requests: [(String, [Int])] = [
                ("nonsense\r\n\r\n", [400]), ("GET /ping\r\n\r\n", [400, 505]),
                ("GET /ping HTTP/1.1\r\n\r\n", [400]),
                ("GET /ping HTTP/9.9\r\nHost: x\r\n\r\n", [400, 505]),
                ("GET /ping HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n", [400]),
                ("GET /ping HTTP/1.1\r\nHost: x/../y\r\n\r\n", [400]),
                ("GET /\(long) HTTP/1.1\r\nHost: x\r\n\r\n", [414, 431]),
                ("GET /ping HTTP/1.1\r\nHost: x\r\nX: \(long)\r\n\r\n", [431]),
                (
                    "GET /ping HTTP/1.1\r\nHost: x\r\n"
                        + String(repeating: "X: y\r\n", count: 200) + "\r\n", [431]
                ),
                ("GET /ping HTTP/1.1\r\nHost: x\r\nBad Name: y\r\n\r\n", [400]),
                ("GET /ping HTTP/1.1\r\nHost: x\r\nX: a\u{0}b\r\n\r\n", [400]),
                ("GET /pi ng HTTP/1.1\r\nHost: x\r\n\r\n", [400]),
                ("GET /static/%zz/a HTTP/1.1\r\nHost: x\r\n\r\n", [400, 404]),
                ("\u{16}\u{3}\u{1}\u{0}\u{5}hello", [400]),
            ]
            for member in [try cluster.prism(), cluster.stores[0]] {
                for (request, statuses) in requests {
                    if let reply = try await send(request, to: member) {
                        #expect(
                            statuses.contains(reply.status),
                            "\(request.prefix(60)) \(reply.summary)")
                        #expect(!reply.isTalkative, "\(reply.summary)")
                    }
                }
                #expect(try await member.get("/ping").status == 200)
            }
        }

        @Test("with a header field twice is taken by the first, as the C++ client needs it")
        func duplicates() async throws {
            let cluster = try ConformanceCluster.running()
            let prism = try cluster.prism()
            let connection = try await WebConnection(to: prism.place)
            let token = try cluster.token(of: "tester")
            let twice = [
                ("Accept", "application/json"), ("Accept", "*/*"),
                ("Content-Type", "application/json"), ("Content-Type", "text/plain"),
                ("X-STRETCHFS-Token", token), ("X-STRETCHFS-Token", "other"),
                ("x-stretchfs-token", "another"),
            ]
            let reply = try await connection.ask(
                "POST", "/user/session/validate", twice, body: Array("{}".utf8))
            #expect(reply.status == 200, "\(reply.summary)")
            #expect(reply.json["session"]?["token"] == .text(token))
            let swapped = try await connection.ask(
                "POST", "/user/session/validate",
                [("X-STRETCHFS-Token", "other"), ("X-STRETCHFS-Token", token)])
            #expect(swapped.status == 401, "\(swapped.summary)")
            let form = try await connection.ask(
                "POST", "/user/session/validate",
                [("Content-Type", "text/plain")] + twice, body: Array("{}".utf8))
            #expect(form.status == 415, "\(form.summary)")
        }

        @Test("for what only other nodes and operators may do is refused to accounts")
        func privateRoutes() async throws {
            let cluster = try ConformanceCluster.running()
            let prism = try cluster.prism()
            let hash = String(repeating: "ab", count: 20)
            for (method, target) in [
                ("GET", "/v1/accounts"), ("POST", "/v1/accounts"), ("GET", "/v1/sessions"),
                ("DELETE", "/v1/accounts/tester"), ("POST", "/v1/accounts/tester/password"),
                ("POST", "/v1/stores/init"), ("GET", "/v1/known-purchases/a\(hash.prefix(19))"),
            ] {
                let reply = try await prism.ask(method, target, body: Array("{}".utf8))
                #expect(reply.status == 403, "\(target) \(reply.summary)")
                let nobody = try await prism.anonymous.ask(method, target, body: Array("{}".utf8))
                #expect(nobody.status == 401, "\(target) \(nobody.summary)")
            }
            for (method, target) in [
                ("GET", "/v1/store/health"), ("GET", "/v1/replicas/\(hash)"),
                ("POST", "/v1/replicas/\(hash)/verify"),
            ] {
                for asked in [cluster.stores[0], cluster.stores[0].anonymous] {
                    let reply = try await asked.ask(method, target)
                    #expect([401, 403].contains(reply.status), "\(target) \(reply.summary)")
                }
            }
        }
    }
}
