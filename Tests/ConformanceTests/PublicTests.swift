import ProcessFixture
import Testing

extension Conformance {
    @Suite("Everybody is told by prisms and stores", .serialized)
    struct PublicTests {
        @Test("a greeting and 'pong', on GET and POST, with and without TLS")
        func greeting() async throws {
            for member in try ConformanceCluster.running().members.map(\.anonymous) {
                for method in ["GET", "POST"] {
                    let greeting = try await member.ask(method, "/")
                    #expect(greeting.status == 200)
                    let message = greeting.json["message"]?.string ?? ""
                    #expect(message.hasPrefix("Welcome to StretchFS version "))
                    let pong = try await member.ask(method, "/ping")
                    #expect(pong.json == ["pong": "pong"], "\(member.name) \(pong.summary)")
                    #expect(pong["Content-Type"]?.hasPrefix("application/json") == true)
                }
                let secure = try await run("curl", ["-sk", "\(member.secureURL)/ping"])
                #expect(secure.text == "{\"pong\":\"pong\"}", "\(member.name)")
                let plain = try await run("curl", ["-s", "\(member.secureURL)/ping"])
                #expect(plain.status == 60, "a certificate that nobody signed is noticed")
            }
        }

        @Test("on a prism, what Flash players may read")
        func crossDomain() async throws {
            let cluster = try ConformanceCluster.running()
            let reply = try await cluster.prism().anonymous.get("/crossdomain.xml")
            #expect(reply.status == 200)
            #expect(reply["Content-Type"]?.hasPrefix("application/xml") == true)
            #expect(reply.text.contains("allow-access-from domain=\"*\""))
            let store = try await cluster.stores[0].anonymous.get("/crossdomain.xml")
            #expect(store.status == 404)
        }

        @Test("nothing of each other's routes")
        func separation() async throws {
            let cluster = try ConformanceCluster.running()
            let hash = String(repeating: "ab", count: 20)
            for target in ["/content/send", "/content/verify", "/content/remove"] {
                let reply = try await cluster.prism().post(target, ["hash": .text(hash)])
                #expect(reply.status == 404 || reply.status == 405, "\(target) \(reply.summary)")
            }
            for target in ["/user/login", "/content/upload", "/content/purchase", "/v1/accounts"] {
                let reply = try await cluster.stores[0].post(target, [:])
                #expect(reply.status == 404, "\(target) \(reply.summary)")
            }
        }

        @Test("how fast they are: zero bytes, as many as are asked for")
        func speed() async throws {
            let store = try ConformanceCluster.running().stores[0].anonymous
            let lengths = [
                ("size=1k", 1000), ("size=3", 3), ("size=2m", 2_000_000), ("", 1_000_000),
                ("size=rubbish", 1_000_000), ("size=-5", 1_000_000), ("size=", 1_000_000),
            ]
            for (query, length) in lengths {
                let reply = try await store.get("/content/speedtest?\(query)")
                #expect(reply.status == 200)
                #expect(reply.body.count == length, "\(query)")
                #expect(reply.body.allSatisfy { $0 == 0 })
                #expect(reply["Content-Type"] == "application/octet-stream")
            }
            let named = try await store.get("/content/speedtest?size=1k")
            #expect(named["Content-Disposition"]?.contains("test1k.bin") == true)
            let most = try await store.ask("HEAD", "/content/speedtest?size=999g")
            #expect(most["Content-Length"] == "1000000000")
        }

        @Test("pizza")
        func pizza() async throws {
            let reply = try await ConformanceCluster.running().stores[3].anonymous.get(
                "/content/pizza")
            #expect(reply.status == 200)
            #expect(
                reply.text.hasPrefix(
                    "<html><head><title>Pizza</title></head>"
                        + "<body style=\"margin: 0; padding: 0\"><img src=\"data:"))
            #expect(reply.text.hasSuffix("\"/></body></html>"))
        }

        @Test("that a route is not there, in words that name no file")
        func unknownRoute() async throws {
            for member in try ConformanceCluster.running().members {
                let reply = try await member.get("/no/such/route/at/all")
                #expect(reply.status == 404)
                #expect(!reply.body.isEmpty && !reply.isTalkative, "\(reply.summary)")
                let other = try await member.ask("DELETE", "/ping")
                #expect(other.status == 405)
                #expect(other["Allow"]?.contains("GET") == true)
            }
        }
    }
}
