import ProcessFixture
import Testing

extension Conformance {
    @Suite("A body that is wrong", .serialized)
    struct BadBodyTests {
        private static let json = ("Content-Type", "application/json")

        /// Checks that `reply` refuses, and that the prism goes on.
        private func check(_ reply: Reply, _ statuses: [Int], _ what: String) {
            #expect(statuses.contains(reply.status), "\(what): \(reply.summary)")
            #expect(!reply.body.isEmpty && !reply.isTalkative, "\(what): \(reply.summary)")
        }

        @Test("as JSON is refused, whatever is wrong with it")
        func json() async throws {
            let prism = try ConformanceCluster.running().prism()
            let deep = String(repeating: "[", count: 100_000)
            let bodies = [
                "{", "{\"hash\":", "{\"hash\":\"a\"", "nonsense", "{'hash':'a'}", "\u{0}", "[1,]",
                "{\"hash\":\"a\"}}", deep, "{\"hash\":\"\\ud800\"}", "{\"hash\":1e99999}",
                "\u{FEFF}{}x",
            ]
            for route in ["/content/detail", "/content/purchase", "/user/session/validate"] {
                let connection = try await WebConnection(to: prism.place)
                let fields = prism.access.map { ($0.name, $0.value) } + [Self.json]
                for body in bodies {
                    let reply = try await connection.ask(
                        "POST", route, fields, body: Array(body.utf8))
                    check(reply, [400], "\(route) \(body.prefix(20))")
                }
                let bytes = try await connection.ask(
                    "POST", route, fields, body: [0x22, 0xFF, 0x22])
                check(bytes, [400], "\(route) not UTF-8")
                #expect(try await connection.ask("GET", "/ping").status == 200)
            }
        }

        @Test("may be missing, which is an empty object")
        func missing() async throws {
            let prism = try ConformanceCluster.running().prism()
            for body: [UInt8]? in [nil, []] {
                let reply = try await prism.ask("POST", "/user/session/validate", body: body)
                #expect(reply.status == 200, "\(reply.summary)")
            }
        }

        @Test("too large for JSON is refused before it is sent, and while it is")
        func tooLarge() async throws {
            let prism = try ConformanceCluster.running().prism()
            let fields = prism.access.map { ($0.name, $0.value) } + [Self.json]
            let stated = try await WebConnection(to: prism.place).ask(
                "POST", "/content/detail",
                fields + [("Content-Length", "999999999"), ("Expect", "100-continue")])
            check(stated, [413], "stated")
            #expect(stated.interim.isEmpty, "nobody asked for the body")
            let connection = try await WebConnection(to: prism.place)
            let piece =
                Array("100000\r\n".utf8) + [UInt8](repeating: 0x20, count: 1 << 20) + [13, 10]
            let chunked = try await connection.ask(
                "POST", "/content/detail", fields + [("Transfer-Encoding", "chunked")],
                body: Array(repeatElement(piece, count: 6).joined()) + Array("0\r\n\r\n".utf8))
            check(chunked, [413], "chunked")
            let login = try await prism.anonymous.post(
                "/user/login", ["name": .text(String(repeating: "a", count: 200_000))])
            check(login, [413, 500], "from a stranger")
            #expect(try await prism.anonymous.get("/ping").status == 200)
        }

        @Test("of another type is not taken for JSON, and not for a form")
        func contentType() async throws {
            let prism = try ConformanceCluster.running().prism()
            for type in [
                "text/plain", "application/x-www-form-urlencoded", "multipart/form-data", "x",
            ] {
                let reply = try await prism.ask(
                    "POST", "/content/detail", [("Content-Type", type)],
                    body: Array("{\"hash\":\"a\"}".utf8))
                check(reply, [400, 415, 500], type)
            }
            for type in [
                "multipart/form-data", "multipart/form-data; boundary=",
                "multipart/mixed; boundary=x",
                "multipart/form-data; boundary=\(String(repeating: "b", count: 71))", "text/plain",
            ] {
                let reply = try await prism.ask(
                    "POST", "/content/upload", [("Content-Type", type)], body: Form().bytes)
                check(reply, [400, 415, 500], type)
            }
        }

        @Test("as a form is refused when it is malformed or cut, and leaves nothing")
        func forms() async throws {
            let cluster = try ConformanceCluster.running()
            let prism = try cluster.prism()
            let good = Form().file("file", "a.txt", Member.freshBytes(3000)).bytes
            let name = "Content-Disposition: form-data; name=\"file\"; filename=\"a\""
            let bodies: [(String, [UInt8])] = [
                ("cut in a file", Array(good.prefix(1000))), ("no end", Array(good.dropLast(6))),
                ("nothing", []), ("no boundary", Array(repeating: 0x61, count: 5000)),
                ("no name", Form().part("Content-Disposition: form-data\r\n", [1]).bytes),
                ("no disposition", Form().part("X: y\r\n", [1]).bytes),
                ("no colon", Form().part("nonsense\r\n", [1]).bytes),
                (
                    "long head",
                    Form().part("\(name)\r\nX: \(String(repeating: "x", count: 100_000))\r\n", [1])
                        .bytes
                ),
                (
                    "many fields",
                    (0..<2000).reduce(Form()) { form, number in form.text("f\(number)", "x") }.bytes
                ),
                ("a long text", Form().text("a", String(repeating: "x", count: 200_000)).bytes),
            ]
            for (what, body) in bodies {
                let reply = try await prism.ask(
                    "POST", "/content/upload", [Form.contentType], body: body)
                check(reply, [400, 413, 500], what)
                #expect(reply.json["error"] != nil, "\(what): \(reply.summary)")
            }
            #expect(try await prism.anonymous.get("/ping").status == 200)
        }

        @Test("that ends before it is whole leaves nothing, and no good copy is lost (trap 15)")
        func cutUpload() async throws {
            let cluster = try ConformanceCluster.running()
            let prism = try cluster.prism()
            let bytes = Member.freshBytes(100_000)
            let hash = try await prism.keep(bytes)
            for _ in 0..<5 {
                let connection = try await WebConnection(to: prism.place)
                let body = Form().file("file", "film.mp4", bytes).bytes
                let access = prism.access[0]
                let head = """
                    POST /content/upload HTTP/1.1\r\nHost: x\r\n\(access.name): \(access.value)\r\n\
                    \(Form.contentType.0): \(Form.contentType.1)\r\n\
                    Content-Length: \(body.count)\r\n\r\n
                    """
                await connection.send(Array(head.utf8) + body.prefix(60_000))
                connection.endSending()
                // An answer is of no use to who is gone, but it is none of success.
                if let reply = try? await connection.reply(to: "POST") {
                    #expect(reply.status >= 400, "\(reply.summary)")
                }
            }
            let back = try await prism.post("/content/download", ["hash": .text(hash)])
            #expect(back.body == bytes)
            #expect(try await prism.keep(bytes) == hash)
        }

        @Test("names files and fields as it likes, and nothing comes of it but names")
        func names() async throws {
            let prism = try ConformanceCluster.running().prism()
            let names = [
                "../../../etc/passwd", "a\\\"b.txt", "%0d%0aX-Evil: yes", "\u{1}\u{7F}.txt", "CON",
                ".",
                "/absolute.txt", "C:\\x.txt", String(repeating: "n", count: 300), "ü.txt",
                "a.txt/../b",
            ]
            for name in names {
                let reply = try await prism.upload(
                    Form().file("file", name, Member.freshBytes(20)))
                #expect([200, 400, 500].contains(reply.status), "\(name) \(reply.summary)")
                #expect(reply["X-Evil"] == nil && !reply.text.contains("\u{1}"))
                if reply.status == 200 {
                    #expect(reply.json["files"]?["file"]?["hash"]?.string?.count == 40)
                }
            }
            let field = try await prism.upload(Form().file("__proto__", "a", Member.freshBytes(20)))
            #expect(field.json["files"]?.names == ["__proto__"], "\(field.summary)")
            let message = try await prism.post(
                "/content/retrieve",
                ["request": ["url": "http://a/"], "hashType": "a\r\nX-Evil: yes\r\n\r\n\u{1}ü"])
            #expect(message.status == 500 && message["X-Evil"] == nil, "\(message.summary)")
            #expect(message["StretchFS-Message"]?.isEmpty == false, "trap 12")
            let purchase = try await prism.post(
                "/v1/purchases",
                ["hash": .text(try await prism.keep()), "name": "a\r\nX-Evil: yes"])
            #expect(purchase.status == 400, "\(purchase.summary)")
        }
    }
}
