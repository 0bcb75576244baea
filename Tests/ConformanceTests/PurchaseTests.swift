import ProcessFixture
import Testing

extension Conformance {
    @Suite("A purchase", .serialized)
    struct PurchaseTests {
        @Test("is shown as the original shows it, with a token of 20 letters and digits")
        func record() async throws {
            let prism = try ConformanceCluster.running().prism()
            let hash = try await prism.keep()
            let reply = try await prism.post(
                "/content/purchase",
                [
                    "hash": .text(hash), "ext": "mp4", "life": 3600,
                    "referrer": ["example.com", "localhost"], "ip": "127.0.0.0/8",
                ])
            #expect(reply.status == 200, "\(reply.summary)")
            let purchase = reply.json
            let token = try #require(purchase["token"]?.string)
            #expect(
                token.count == 20 && token.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber) }
            )
            #expect(token.first == "a")
            #expect(purchase["hash"] == .text(hash) && purchase["ext"] == "mp4")
            #expect(purchase["referrer"] == "example.com,localhost")
            #expect(purchase["ip"] == "127.0.0.0/8")
            #expect(purchase["hitCount"] == 0 && purchase["byteCount"] == 0)
            #expect(purchase["life"] == 3600 && purchase["afterLife"] == 7200)
            #expect(purchase["createdAt"]?.string?.hasSuffix("Z") == true)
            #expect(purchase["lastCounterClear"]?.string?.hasSuffix("Z") == true)
            #expect(purchase["error"] == nil)
            let detail = try await ConformanceCluster.running().otherPrism().post(
                "/content/purchase/detail", ["token": .text(token)])
            #expect(detail.status == 200, "\(detail.summary)")
            #expect(detail.json["token"] == .text(token))
            #expect(detail.json["expirationDate"] == purchase["expirationDate"])
        }

        @Test("lives for seconds, and says until when in milliseconds (trap 3)")
        func life() async throws {
            let prism = try ConformanceCluster.running().prism()
            let hash = try await prism.keep()
            let now = try #require(Double(try await run("date", ["+%s"]).lines.first ?? ""))
            let reply = try await prism.post(
                "/content/purchase", ["hash": .text(hash), "life": 500])
            let end = try #require(reply.json["expirationDate"]?.double)
            #expect(abs(end / 1000 - now - 500) < 30, "\(reply.summary)")
            let standard = try await prism.post("/content/purchase", ["sha1": .text(hash)])
            #expect(standard.json["life"] == 7200, "\(standard.summary)")
            #expect(standard.json["referrer"] == "localhost")
            #expect(standard.json["ext"] == "mp4")
        }

        @Test("may name its sites as a text instead of a list (trap 38)")
        func referrerText() async throws {
            let prism = try ConformanceCluster.running().prism()
            let hash = try await prism.keep()
            for (referrer, said): (JSONTree, String) in [
                ("example.com", "example.com"), ("a.example, b.example", "a.example,b.example"),
                (["example.com"], "example.com"), ("", ""), ([], ""),
            ] {
                let reply = try await prism.post(
                    "/content/purchase", ["hash": .text(hash), "referrer": referrer])
                #expect(reply.status == 200, "\(referrer) \(reply.summary)")
                #expect(reply.json["referrer"] == .text(said))
            }
        }

        @Test("of what cannot be bought is refused with the original's texts")
        func refusals() async throws {
            let prism = try ConformanceCluster.running().prism()
            let hash = JSONTree.text(try await prism.keep())
            for bad: JSONTree in ["nonsense", "", .null, 5, "../../etc/passwd", ["a"]] {
                let reply = try await prism.post("/content/purchase", ["hash": bad])
                #expect(reply.status == 500, "\(bad) \(reply.summary)")
                #expect(reply.json["error"]?["message"] == "Invalid HASH passed for purchase")
                #expect(reply.json["error"]?["name"] == "UserError")
                #expect(reply["StretchFS-Code"] == "500")
                #expect(reply["StretchFS-Reason"] == "UserError")
            }
            let unknown = try await prism.post(
                "/content/purchase", ["hash": .text(String(repeating: "9", count: 40))])
            #expect(unknown.status == 404)
            #expect(unknown.json["error"]?["message"] == "File not found")
            #expect(unknown.json["error"]?["name"] == "NotFoundError")
            let orders: [[String: JSONTree]] = [
                ["life": 0], ["life": -1], ["life": "long"], ["life": 1e300], ["life": 1.5],
                ["ext": "../x"], ["ext": 3], ["ext": "m\r\nX: y"], ["ip": "300.1.1.1"],
                ["ip": "nonsense"], ["referrer": "a b\r\nX: y/.."], ["referrer": [["x"]]],
                ["referrer": .list(Array(repeating: "a.example", count: 5000))],
            ]
            for order in orders {
                let reply = try await prism.post(
                    "/content/purchase", .object(order.merging(["hash": hash]) { $1 }))
                #expect(reply.status == 500, "\(order.keys) \(reply.summary)")
                #expect(reply.json["error"] != nil && !reply.isTalkative)
            }
        }

        @Test("is removed once; an unknown one is answered with 404 (trap 35)")
        func removal() async throws {
            let cluster = try ConformanceCluster.running()
            let prism = try cluster.prism()
            let token = try await prism.buy(try await prism.keep())
            let reply = try await prism.post("/content/purchase/remove", ["token": .text(token)])
            #expect(reply.status == 200, "\(reply.summary)")
            #expect(
                reply.json == [
                    "token": .text(token), "count": 1, "success": "Purchase removed",
                ])
            for prism in try cluster.prisms() {
                let gone = try await prism.anonymous.get("/\(token)/film.mp4")
                #expect(gone.status == 404, "\(gone.summary)")
            }
            for unknown: JSONTree in [
                .text("a" + String(repeating: "0", count: 19)), "x", "", .null, 7,
            ] {
                for route in ["/content/purchase/remove", "/content/purchase/detail"] {
                    let reply = try await prism.post(route, ["token": unknown])
                    #expect(reply.status == 404, "\(route) \(unknown) \(reply.summary)")
                    #expect(reply.json["error"]?["message"] == "Purchase not found")
                }
            }
        }

        @Test("is seen and changed by its own account, and by who administers (trap 9)")
        func ownership() async throws {
            let cluster = try ConformanceCluster.running()
            let prism = try cluster.prism()
            let token = try await prism.buy(try await prism.keep())
            let stranger = try cluster.prism(by: "other")
            for route in ["/content/purchase/detail", "/content/purchase/remove"] {
                let reply = try await stranger.post(route, ["token": .text(token)])
                #expect(reply.status == 404, "\(route) \(reply.summary)")
            }
            let extended = try await stranger.post(
                "/v1/purchases/extend", ["purchases": ["token": .text(token)], "life": 60])
            #expect(extended.json["count"] == 0, "\(extended.summary)")
            #expect(try await prism.playURL(token).contains(token))
            let administered = try await prism.by(ConformancePlan.prismAccess).post(
                "/content/purchase/detail", ["token": .text(token)])
            #expect(administered.status == 200)
        }
    }
}
