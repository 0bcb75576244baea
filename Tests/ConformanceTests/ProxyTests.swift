import ProcessFixture
import Testing

extension Conformance {
    @Suite("Bytes that a prism sends itself", .serialized)
    struct ProxyTests {
        @Test("in mode 'proxy' are those of the store, in ranges too, for whom the purchase is")
        func proxy() async throws {
            let cluster = try ConformanceCluster.running()
            let process = cluster.plan.passingOn
            let bytes = Member.freshBytes(300_000)
            let hash = try await cluster.prism().keep(bytes)
            let token = try await cluster.prism().buy(hash, ["referrer": "example.com"])
            let fields = [("Referer", "https://www.example.com/")]
            try await withDaemon(
                try Programs.find().sfsd,
                ["run", "--config", cluster.plan.configuration(of: process)],
                log: "\(cluster.plan.folder)/process-c.log"
            ) { daemon in
                try await daemon.ready(on: [process.prism.socket])
                let prism = process.prism.anonymous
                let whole = try await eventually("the bytes") {
                    let reply = try await prism.get("/\(token)/film.mp4?attach=a.mp4", fields)
                    return reply.status == 200 ? reply : nil
                }
                #expect(whole.body == bytes)
                #expect(whole["Content-Type"] == "video/mp4")
                #expect(whole["Content-Disposition"]?.contains("a.mp4") == true)
                let tag = try #require(whole["ETag"])
                let part = try await prism.get(
                    "/\(token)/f", fields + [("Range", "bytes=5-9"), ("If-Range", tag)])
                #expect(part.status == 206 && part.body == Array(bytes[5..<10]))
                let parts = try await prism.get("/\(token)/f", fields + [("Range", "bytes=0-1,-2")])
                #expect(parts["Content-Type"]?.hasPrefix("multipart/byteranges") == true)
                let head = try await prism.ask("HEAD", "/\(token)/f", fields)
                #expect(head["Content-Length"] == "300000" && head.body.isEmpty)
                let known = try await prism.get("/\(token)/f", fields + [("If-None-Match", tag)])
                #expect(known.status == 304)
                #expect(try await prism.get("/\(token)/f").status == 500, "without a Referer")
                let page = try await prism.get("/static/\(hash)/a.txt")
                #expect(page.status == 200 && page.body == bytes, "\(page.status)")
                let revoked = try await cluster.prism().post(
                    "/content/purchase/remove", ["token": .text(token)])
                #expect(revoked.status == 200)
                _ = try await eventually(within: .busySecond, "the proxy to refuse") {
                    try await prism.get("/\(token)/f", fields).status == 404 ? true : nil
                }
            }
        }

        @Test("for /content/download are the content's, or 404 with the original's words")
        func download() async throws {
            let cluster = try ConformanceCluster.running()
            let bytes = Member.freshBytes(5000)
            let hash = try await cluster.prism().keep(bytes, as: "a.txt")
            for prism in try cluster.prisms() + [cluster.prism().by(ConformancePlan.prismAccess)] {
                for name in ["hash", "sha1"] {
                    let reply = try await prism.post("/content/download", [name: .text(hash)])
                    #expect(reply.status == 200 && reply.body == bytes, "\(name) \(reply.status)")
                    #expect(reply["Content-Length"] == "5000")
                    #expect(reply["Content-Type"] == "text/plain; charset=utf-8")
                    #expect(reply["ETag"] != nil && reply["Last-Modified"] != nil)
                    #expect(reply["Accept-Ranges"] == "bytes" && reply["Cache-Control"] != nil)
                }
                for unknown: JSONTree in [.text(String(repeating: "6", count: 40)), "x", "", 5] {
                    let reply = try await prism.post("/content/download", ["hash": unknown])
                    #expect(reply.status == 404, "\(unknown) \(reply.summary)")
                    #expect(reply.json == ["error": "No store candidates found"])
                    #expect(reply["StretchFS-Code"] == "404")
                }
            }
        }

        @Test("may be read by pages of other sites, as those of a store")
        func sharing() async throws {
            let cluster = try ConformanceCluster.running()
            let hash = String(repeating: "ab", count: 20)
            for (member, target) in [
                (try cluster.prism(), "/static/\(hash)/a"), (try cluster.prism(), "/a/b"),
                (cluster.stores[0], "/static/\(hash)/a"), (cluster.stores[0], "/play/a/b"),
            ] {
                let reply = try await member.anonymous.ask(
                    "OPTIONS", target,
                    [
                        ("Origin", "https://example.com"), ("Access-Control-Request-Method", "GET"),
                        ("Access-Control-Request-Headers", "range"),
                    ])
                #expect(reply.status == 204, "\(target) \(reply.summary)")
                #expect(reply["Access-Control-Allow-Origin"] == "*")
                #expect(reply["Access-Control-Allow-Methods"]?.contains("GET") == true)
                #expect(reply["Access-Control-Allow-Headers"]?.contains("Range") == true)
                let refused = try await member.anonymous.get(target)
                #expect(refused["Access-Control-Allow-Origin"] == "*", "\(refused.summary)")
            }
            let order = try await cluster.prism().post("/content/purchase", ["hash": .text(hash)])
            #expect(order.status == 404 && order["Access-Control-Allow-Origin"] == nil)
            let asked = try await cluster.prism().ask(
                "OPTIONS", "/content/purchase", [("Origin", "https://example.com")])
            #expect(asked["Access-Control-Allow-Methods"]?.contains("POST") != true)
            #expect(asked["Access-Control-Allow-Headers"]?.contains("TOKEN") != true)
        }
    }
}
