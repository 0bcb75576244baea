import ProcessFixture
import Testing

extension Conformance {
    @Suite("A login", .serialized)
    struct LoginTests {
        private let password = JSONTree.text(ConformanceCluster.password)

        @Test("opens a session, for each way in which clients write it")
        func forms() async throws {
            let prism = try ConformanceCluster.running().prism().anonymous
            let orders: [(JSONTree, String)] = [
                (["name": "tester", "secret": password], "permanent"),
                (["name": "tester", "password": password, "tokenType": "permanent"], "permanent"),
                (
                    ["username": "tester", "secret": password, "tokenType": "temporary"],
                    "temporary"
                ),
                (
                    ["username": "tester", "password": password, "tokenType": "permanent"],
                    "permanent"
                ),
            ]
            for (order, type) in orders {
                let reply = try await prism.post("/user/login", order)
                #expect(reply.status == 200, "\(reply.summary)")
                #expect(reply.json["status"] == "ok")
                #expect(reply.json["message"] == "Login successful")
                #expect(reply.json["success"] == "User logged in")
                #expect(reply.json["error"] == nil)
                let session = try #require(reply.json["session"])
                #expect((session["token"]?.string ?? "").count >= 16)
                #expect(session["tokenType"] == .text(type))
                #expect(session["expiry"] == (type == "permanent" ? 0 : 86_400))
                #expect(session["ip"] == "127.0.0.1")
                #expect(session["data"] == [:])
                #expect(session["UserId"]?.int != nil, "the C++ client stops without it")
                #expect(session["name"]?.string == (order["name"] == nil ? nil : "tester"))
            }
        }

        @Test("fails with 500 and the same words, whatever the reason (trap 6)")
        func failures() async throws {
            let prism = try ConformanceCluster.running().prism().anonymous
            let orders: [JSONTree] = [
                ["name": "nobody-there", "secret": "wrong-wrong"],
                ["name": "tester-x'; DROP TABLE account; --", "secret": "x"],
                ["name": "login-tester", "secret": ""], ["name": "nobody-2"], [:],
                ["name": ["$ne": .null], "secret": ["$ne": .null]], ["name": 7, "secret": true],
            ]
            var bodies: Set<JSONTree> = []
            for order in orders {
                let reply = try await prism.post("/user/login", order, from: "127.0.3.1")
                #expect(reply.status == 500, "\(order) \(reply.summary)")
                bodies.insert(reply.json)
            }
            let text = "Invalid name or secret"
            #expect(
                bodies == [
                    [
                        "status": "error", "error": .text(text), "err": .text(text),
                        "message": .text("Login failed: " + text),
                    ]
                ])
        }

        @Test("with an unknown type of token says so")
        func tokenType() async throws {
            let prism = try ConformanceCluster.running().prism().anonymous
            for type: JSONTree in ["eternal", 1, ["permanent"]] {
                let reply = try await prism.post(
                    "/user/login", ["name": "tester", "secret": password, "tokenType": type])
                #expect(reply.status == 500, "\(reply.summary)")
                #expect(reply.json["error"] == "Invalid token type request")
            }
        }

        @Test("is known at once to every prism, and a logout too, even one whose body is 'true'")
        func logout() async throws {
            let cluster = try ConformanceCluster.running()
            let prisms = try cluster.prisms()
            for body: JSONTree? in [nil, .truth(true), [:]] {
                let token = try await Account(name: "tester").logIn(at: prisms[0])
                for prism in prisms {
                    let reply = try await prism.by(.session(token)).post(
                        "/user/session/validate", [:])
                    #expect(reply.status == 200, "\(reply.summary)")
                    #expect(reply.json["success"] == "Session valid")
                    #expect(reply.json["session"]?["token"] == .text(token))
                }
                let bytes = try body?.bytes
                let out = try await prisms[0].by(.session(token)).ask(
                    "POST", "/user/logout", [("Content-Type", "application/json")], body: bytes)
                #expect(out.status == 200, "\(out.summary)")
                #expect(out.json["success"] == "User logged out")
                #expect(out.json["data"] == "")
                #expect(out.json["session"] != nil, "the PHP client wants one")
                let ended = try await prisms[0].by(.session(token)).post(
                    "/user/session/validate", [:])
                #expect(ended.status == 401, "\(ended.summary)")
                _ = try await eventually(within: .busySecond, "the other prism to know") {
                    let there = try await prisms[1].by(.session(token)).post(
                        "/user/session/validate", [:])
                    return there.status == 401 ? true : nil
                }
            }
        }

        @Test("can be left out by who knows the prism's own name and password")
        func basic() async throws {
            let prism = try ConformanceCluster.running().prism()
            let known = prism.by(ConformancePlan.prismAccess)
            let valid = try await known.post("/user/session/validate", [:])
            #expect(valid.status == 200, "\(valid.summary)")
            #expect(valid.json["session"] == nil)
            let empty = try await known.ask(
                "POST", "/content/exists", [("X-STRETCHFS-Token", "")],
                body: Array("{\"hash\":\"\"}".utf8))
            #expect(empty.status == 200, "an empty token counts as none: \(empty.summary)")
            for wrong in [
                Member.Access.basic("prism", "password-0-of-prisM"),
                .basic("stretchfs", "stretchfs"),
                .basic("store", "password-0-of-stores"), .basic("", ""),
                Member.Access(name: "Authorization", value: "Basic %%%"),
            ] {
                let reply = try await prism.by(wrong).post("/user/session/validate", [:])
                #expect(reply.status == 401, "\(reply.summary)")
                #expect(reply["WWW-Authenticate"] == "Basic realm=\"Authorization Required\"")
                #expect(reply.text == "Unauthorized")
            }
        }

        @Test("that nobody made opens nothing: 401 with 'error' and 'message' (trap 7)")
        func badToken() async throws {
            let cluster = try ConformanceCluster.running()
            let routes = [
                "/user/logout", "/user/session/validate", "/content/detail", "/content/exists",
                "/content/upload", "/content/retrieve", "/content/purchase",
                "/content/purchase/detail", "/content/purchase/remove", "/content/download",
            ]
            let tokens = [
                "nonsense", String(repeating: "x", count: 5000), "' OR 1=1 --",
                try cluster.token(of: "tester") + "x",
            ]
            for route in routes {
                for token in tokens {
                    let reply = try await cluster.prism().by(.session(token)).post(route, [:])
                    #expect(reply.status == 401, "\(route) \(reply.summary)")
                    #expect(
                        reply.json == [
                            "error": "Invalid session", "message": "Session validate error",
                        ])
                }
                let nobody = try await cluster.prism().anonymous.post(route, [:])
                #expect(nobody.status == 401, "\(route) \(nobody.summary)")
                #expect(nobody.text == "Unauthorized")
            }
        }

        @Test("gives the roles of the account, and no others (trap 9)")
        func roles() async throws {
            let cluster = try ConformanceCluster.running()
            let reader = try cluster.prism(by: "reader")
            let hash = try await cluster.prism().keep()
            let token = try await cluster.prism().buy(hash)
            #expect(try await reader.post("/content/detail", ["hash": .text(hash)]).status == 200)
            let upload = try await reader.upload(Form().file("file", "a", [1]))
            #expect(upload.status == 403, "\(upload.summary)")
            let orders: [(String, JSONTree)] = [
                ("/content/purchase", ["hash": .text(hash)]),
                ("/content/purchase/remove", ["token": .text(token)]),
                ("/content/retrieve", ["request": ["url": "http://127.0.2.11/"]]),
            ]
            for (route, order) in orders {
                let reply = try await reader.post(route, order)
                #expect(reply.status == 403, "\(route) \(reply.summary)")
                #expect(reply.json["error"] != nil)
            }
            #expect(try await cluster.prism().playURL(token).contains("/play/"))
        }
    }
}
