import ProcessFixture
import Testing

extension Conformance {
    @Suite("A prism's redirect", .serialized)
    struct RedirectTests {
        private static let name = "prism.\(ConformancePlan.domain)"

        @Test("of /static leads to a store that has the bytes, without a purchase")
        func giveStatic() async throws {
            let cluster = try ConformanceCluster.running()
            let bytes = Member.freshBytes()
            let hash = try await cluster.prism().keep(bytes, as: "a.txt")
            for prism in try cluster.prisms().map(\.anonymous) {
                let reply = try await prism.get("/static/\(hash)/name%20of%20it.txt?a=1")
                #expect(reply.status == 302, "\(reply.summary)")
                let place = try #require(reply["Location"])
                #expect(place.contains("/static/\(hash)/name%20of%20it.txt"))
                #expect(reply.text == "Found. Redirecting to \(place)")
                #expect(reply["Content-Type"]?.hasPrefix("text/plain") == true)
                #expect(reply["Vary"]?.contains("Accept") == true)
                let played = try await Member.follow(place)
                #expect(played.status == 200 && played.body == bytes, "\(played.summary)")
                let head = try await prism.ask("HEAD", "/static/\(hash)/a.txt")
                #expect(head.status == 302 && head.body.isEmpty)
            }
        }

        @Test("is refused for unknown contents, and for types that must be bought")
        func refused() async throws {
            let prism = try ConformanceCluster.running().prism()
            let hash = try await prism.keep(as: "a.txt")
            for unknown in [String(repeating: "1", count: 40), "nonsense", "%00", "a%0d%0aX:%20y"] {
                let reply = try await prism.anonymous.get("/static/\(unknown)/a.txt")
                #expect(reply.status == 404, "\(unknown) \(reply.summary)")
                if unknown.hasPrefix("1") {
                    #expect(reply.json == ["error": "Content does not exist"])
                    #expect(reply["StretchFS-Code"] == "404")
                    #expect(reply["StretchFS-Reason"] == "NotFoundError")
                    #expect(reply["StretchFS-Message"] != nil)
                }
            }
            for name in ["a.mp4", "a.WEBM", "a.txt.mkv"] {
                let reply = try await prism.anonymous.get("/static/\(hash)/\(name)")
                #expect(reply.status == 500, "\(name) \(reply.summary)")
                #expect(reply.json == ["error": "Invalid static file type"])
                #expect(reply["StretchFS-Reason"] == "UserError")
            }
        }

        @Test("names stores by domain or address, as the Host field and addressType ask")
        func hosts() async throws {
            let cluster = try ConformanceCluster.running()
            let prism = try cluster.prism()
            let token = try await prism.buy(try await prism.keep())
            let stores = cluster.stores.map { "http://\($0.address):\($0.port)/play/" }
            let byName = cluster.stores.map { "http://\($0.name).\(ConformancePlan.domain)/play/" }
            let cases: [(String, String, [String])] = [
                (Self.name, "", byName), ("\(Self.name):8161", "", byName),
                (prism.place.host, "", stores), ("localhost", "", stores),
                ("localhost:99", "", stores), ("192.0.2.7", "", stores),
                (Self.name, "?addressType=ip", stores), (Self.name, "?addressType=ipv4", stores),
                (prism.address, "?addressType=fqdn", byName), ("evil.example", "", byName),
            ]
            for (host, query, starts) in cases {
                let place = try await prism.playURL(token, [("Host", host)], query: query)
                #expect(starts.contains { place.hasPrefix($0) }, "\(host)\(query): \(place)")
            }
        }

        @Test("is to https where the viewer came by https, or a trusted proxy says so (trap 29)")
        func scheme() async throws {
            let cluster = try ConformanceCluster.running()
            let prism = try cluster.prism()
            let token = try await prism.buy(try await prism.keep())
            let forwarded = [("X-Forwarded-Protocol", "https"), ("Host", Self.name)]
            #expect(try await prism.playURL(token, forwarded).hasPrefix("http://"))
            let trusted = try await prism.playURL(token, forwarded, from: ConformancePlan.proxy)
            #expect(trusted.hasPrefix("https://"))
            let curl = try await run(
                "curl",
                [
                    "-sk", "-o", "/dev/null", "-w", "%{redirect_url}",
                    "\(prism.secureURL)/\(token)/f",
                ])
            let secure = cluster.stores.map { "https://\($0.address):\($0.securePort)/play/" }
            #expect(secure.contains { curl.text.hasPrefix($0) }, "\(curl.text)")
        }

        @Test("of a test of speed has the port that belongs to it, and is not kept (trap 30)")
        func speed() async throws {
            let cluster = try ConformanceCluster.running()
            let prism = try cluster.prism().anonymous
            let stores = cluster.stores
            let types = [
                ("", stores.map(\.url)), ("&addressType=ip", stores.map(\.url)),
                ("&addressType=fqdn", stores.map { "http://\($0.name).\(ConformancePlan.domain)" }),
            ]
            for (query, bases) in types {
                let reply = try await prism.get("/content/speedtest?size=5k" + query)
                #expect(reply.status == 302 || reply.status == 301, "\(reply.summary)")
                #expect(reply.status != 301 || reply["Cache-Control"]?.contains("no-store") == true)
                let place = try #require(reply["Location"])
                #expect(
                    bases.contains { place == "\($0)/content/speedtest?size=5k" }, "\(place)")
            }
            let here = try await prism.get("/content/speedtest?size=5k")
            #expect(try await Member.follow(here["Location"]).body.count == 5000)
            let six = try await prism.get("/content/speedtest?size=1k&addressType=ipv6")
            let place = try #require(six["Location"], "\(six.summary)")
            #expect(place.hasPrefix("http://[2001:db8::"), "\(place)")
            #expect(place.hasSuffix("]:\(stores[0].port)/content/speedtest?size=1k"), "\(place)")
            let injected = try await prism.get("/content/speedtest?size=1k%0d%0aX-Evil:%20yes")
            #expect(injected["X-Evil"] == nil, "\(injected.summary)")
        }

        @Test("of a purchase carries the query, encoded, and the purchase's extension (trap 36)")
        func query() async throws {
            let prism = try ConformanceCluster.running().prism()
            let token = try await prism.buy(try await prism.keep())
            let place = try await prism.playURL(
                token, query: "?a=1&b=x%20y&c=%0d%0aX-Evil:%20yes&d=%22%3C%3E&attach=a.mp4")
            #expect(place.contains("/play/\(token)/film.mp4?"), "\(place)")
            #expect(place.contains("a=1&b=x%20y&c=%0D%0AX-Evil%3A%20yes&d=%22%3C%3E"), "\(place)")
            let played = try await Member.follow(place)
            #expect(played.status == 200, "\(played.summary)")
            #expect(played["X-Evil"] == nil)
            #expect(played["Content-Disposition"]?.contains("a.mp4") == true)
        }

        @Test("is not made by a stranger's grant in the query")
        func grantInQuery() async throws {
            let prism = try ConformanceCluster.running().prism()
            let token = try await prism.buy(try await prism.keep())
            let place = try await prism.playURL(token, query: "?grant=forged&x=1")
            #expect(!place.contains("forged"), "\(place)")
            #expect(try await Member.follow(place).status == 200)
        }

        @Test("is for tokens only: no other path of two segments is taken for one (trap 28)")
        func twoSegments() async throws {
            let prism = try ConformanceCluster.running().prism().anonymous
            let paths = [
                "/no/such", "/file/list", "/a20261122/x", "/..%2f..%2fetc/passwd", "/user/login",
                "/\(String(repeating: "z", count: 21))/x",
                "/\(String(repeating: "0", count: 20))/x",
                "/a2026112%00Q4Qw50ZAZ1T/x",
            ]
            for path in paths {
                let reply = try await prism.get(path)
                #expect([404, 405].contains(reply.status), "\(path) \(reply.summary)")
                #expect(!reply.body.isEmpty && !reply.isTalkative)
            }
            let unknown = try await prism.get("/a\(String(repeating: "0", count: 19))/x")
            #expect(unknown.status == 404 && unknown.json == ["error": "Purchase not found"])
        }
    }
}
