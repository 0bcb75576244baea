import Testing

extension Conformance {
    @Suite("Who may use a purchase", .serialized)
    struct RefererTests {
        @Test("is told by the host of the Referer: that one, or one below it (trap 2)")
        func referer() async throws {
            let cluster = try ConformanceCluster.running()
            let prism = try cluster.prism()
            let hash = try await prism.keep()
            let token = try await prism.buy(hash, ["referrer": ["example.com", "localhost"]])
            let grant = try await prism.playURL(token, [("Referer", "localhost")])
            for good in [
                "http://example.com/page", "https://www.example.com:8080/a?b", "localhost",
                "http://localhost:3000/", "HTTP://EXAMPLE.COM",
            ] {
                for prism in try cluster.prisms() {
                    let reply = try await prism.anonymous.get("/\(token)/f", [("Referer", good)])
                    #expect(reply.status == 302, "\(good) \(reply.summary)")
                }
                #expect(
                    try await Member.follow(grant, [("Referer", good)]).status == 200, "\(good)")
            }
            for bad in [
                "http://evil.com/?localhost", "http://evil.com/example.com",
                "http://notexample.com",
                "http://example.com.evil.com/", "http://example.com@evil.com/", "(a+)+$",
                "http://exampleXcom/", ".*", "http://localhost.evil.com/", "",
            ] {
                let reply = try await prism.anonymous.get("/\(token)/f", [("Referer", bad)])
                #expect(reply.status == 500, "\(bad) \(reply.summary)")
                let text = try #require(reply.json["error"]?.string)
                #expect(text.hasPrefix("Invalid request"))
                #expect(reply["StretchFS-Code"] == nil)
                let direct = try await Member.follow(grant, [("Referer", bad)])
                #expect(
                    bad.isEmpty || direct.status == 404, "at the store: \(bad) \(direct.summary)")
            }
            let wrong = try await prism.anonymous.get(
                "/\(token)/f", [("Referer", "http://evil.com")])
            #expect(wrong.json == ["error": "Invalid request (referrer fail)"])
        }

        @Test("need not be told when the purchase names no site (trap 4)")
        func absent() async throws {
            let prism = try ConformanceCluster.running().prism()
            let hash = try await prism.keep()
            let open = try await prism.buy(hash)
            for fields in [[], [("Referer", "http://anywhere.example/")]] {
                let reply = try await prism.anonymous.get("/\(open)/f", fields)
                #expect(reply.status == 302, "\(reply.summary)")
            }
            let bound = try await prism.buy(hash, ["referrer": ["localhost"]])
            let refused = try await prism.anonymous.get("/\(bound)/f")
            #expect(refused.status == 500)
            #expect(refused.json == ["error": "Invalid request"])
        }

        @Test("is told by the address, at the prism and, with the same grant, at the store")
        func address() async throws {
            let cluster = try ConformanceCluster.running()
            let prism = try cluster.prism()
            let hash = try await prism.keep()
            for networks: JSONTree in ["127.0.5.1", ["127.0.5.0/30", "2001:db8::/32"]] {
                let token = try await prism.buy(hash, ["ip": networks])
                let place = try await cluster.otherPrism().playURL(token, from: "127.0.5.1")
                #expect(try await Member.follow(place, from: "127.0.5.1").status == 200)
                for other in ["127.0.5.200", nil] {
                    let atPrism = try await prism.anonymous.get("/\(token)/f", from: other)
                    #expect(atPrism.status == 404, "\(atPrism.summary)")
                    #expect(atPrism.json == ["error": "Purchase not found"])
                    let atStore = try await Member.follow(place, from: other)
                    #expect(atStore.status == 404, "\(atStore.summary)")
                    #expect(atStore.text == "404 Not Found")
                    let forwarded = try await Member.follow(
                        place, [("X-Forwarded-For", "127.0.5.1")], from: other)
                    #expect(forwarded.status == 404)
                }
            }
        }
    }
}
