import ProcessFixture
import Testing

extension Conformance {
    @Suite("The life of a purchase")
    struct PurchaseLifeTests {
        @Test("ends with its time, at prisms and at the store, and can be seen after that (trap 3)")
        func expiry() async throws {
            let cluster = try ConformanceCluster.running()
            let prism = try cluster.prism()
            let hash = try await prism.keep()
            let start = ContinuousClock.now
            let token = try await prism.buy(hash, ["life": 8])
            let place = try await cluster.otherPrism().playURL(token)
            #expect(try await Member.follow(place).status == 200)
            _ = try await eventually("the end of the purchase") {
                let reply = try await Member.follow(place)
                return reply.status == 404 && reply.text == "404 Not Found" ? true : nil
            }
            #expect(ContinuousClock.now - start > .milliseconds(7500), "seconds, not milliseconds")
            for prism in try cluster.prisms() {
                // Each process keeps its own idea of the database's clock.
                let gone = try await eventually(within: .busySecond, "'\(prism.name)' to refuse") {
                    let reply = try await prism.anonymous.get("/\(token)/f")
                    return reply.status == 404 ? reply : nil
                }
                #expect(gone.json == ["error": "Purchase not found"])
            }
            let detail = try await prism.post("/content/purchase/detail", ["token": .text(token)])
            #expect(detail.status == 200, "\(detail.summary)")
        }

        @Test("goes on when it is extended, with its token")
        func extend() async throws {
            let cluster = try ConformanceCluster.running()
            let prism = try cluster.prism()
            let token = try await prism.buy(try await prism.keep(), ["life": 8])
            let place = try await cluster.otherPrism().playURL(token)
            let extended = try await prism.post(
                "/v1/purchases/extend", ["purchases": ["token": .text(token)], "life": 600])
            #expect(extended.status == 200 && extended.json["count"] == 1, "\(extended.summary)")
            let detail = try await prism.post("/content/purchase/detail", ["token": .text(token)])
            let end = try #require(detail.json["expirationDate"]?.double)
            _ = try await eventually("its first end to pass") {
                let now = try await run("date", ["+%s%3N"]).lines.first.flatMap { Double($0) } ?? 0
                return now > end - 592_000 ? true : nil
            }
            for prism in try cluster.prisms() {
                let fresh = try await Member.follow(try await prism.playURL(token))
                #expect(fresh.status == 200, "\(fresh.summary)")
            }
            let old = try await Member.follow(place)
            #expect(old.status == 200, "the grant ended, the purchase did not: \(old.summary)")
        }

        @Test("ends within a second of its revoke at the other prism, where it was playing from")
        func revoke() async throws {
            let cluster = try ConformanceCluster.running()
            let prism = try cluster.prism()
            let hash = try await prism.keep()
            let account = Account(name: "seller")
            try await account.create(through: cluster.plan.processes[0].prism)
            let seller = prism.by(.session(try await account.logIn(at: prism)))
            let operators = try cluster.otherPrism().by(ConformancePlan.prismAccess)
            for kind in ["token", "hash", "account"] {
                let token = try await seller.buy(hash)
                let other = try await prism.buy(try await prism.keep())
                let place = try await prism.playURL(token)
                let connection = try await Viewing(place)
                #expect(try await connection.status() == 200)
                let meant = ["token": token, "hash": hash, "account": "seller"][kind] ?? ""
                let revoked = try await operators.post(
                    "/v1/purchases/revoke", ["purchases": [kind: .text(meant)]])
                #expect(revoked.status == 200, "\(kind) \(revoked.summary)")
                #expect((revoked.json["count"]?.int ?? 0) >= 1, "\(kind) \(revoked.summary)")
                let there = try await operators.anonymous.get("/\(token)/f")
                #expect(there.status == 404, "at once where it was revoked: \(there.summary)")
                _ = try await eventually(within: .busySecond, "\(kind): the store to refuse") {
                    try await connection.status() == 404 ? true : nil
                }
                let here = try await prism.anonymous.get("/\(token)/f")
                #expect(here.status == 404, "\(here.summary)")
                #expect(try await Member.follow(try await prism.playURL(other)).status == 200)
            }
            let again = try await prism.buy(hash)
            let played = try await Member.follow(try await prism.playURL(again))
            #expect(played.status == 200, "bought after the revoke: \(played.summary)")
        }

        @Test("ends at once where its content was deleted, and within a second elsewhere")
        func deletion() async throws {
            let cluster = try ConformanceCluster.running()
            let (prism, other) = (try cluster.prism(), try cluster.otherPrism())
            for _ in 0..<5 {
                let bytes = Member.freshBytes()
                let hash = try await prism.keep(bytes)
                let token = try await prism.buy(hash)
                for member in [prism, other] {
                    let played = try await Member.follow(try await member.playURL(token))
                    #expect(played.body == bytes)
                }
                let order: JSONTree = [
                    "remove": ["hashes": [.text(hash)]], "apply": true, "isConfirmed": true,
                    "dryRun": false,
                ]
                let deleted = try await WebConnection(to: .unix(prism.socket)).ask(
                    "POST", "/v1/plans", [("Content-Type", "application/json")],
                    body: try order.bytes)
                #expect(deleted.status == 201, "\(deleted.summary)")
                let here = try await prism.anonymous.get("/\(token)/f")
                #expect(here.status == 404, "where it was deleted: \(here.summary)")
                let file = try await prism.anonymous.get("/static/\(hash)/f")
                #expect(file.status == 404, "where it was deleted: \(file.summary)")
                _ = try await eventually(within: .busySecond, "the other prism to refuse") {
                    try await other.anonymous.get("/\(token)/f").status == 404 ? true : nil
                }
                // Put again, it may be on other stores; nobody is sent to the old ones.
                #expect(try await prism.keep(bytes) == hash)
                let again = try await prism.playURL(try await prism.buy(hash))
                #expect(try await Member.follow(again).body == bytes)
            }
        }

        @Test("is not prolonged, moved or begun by a grant that was changed")
        func forgery() async throws {
            let cluster = try ConformanceCluster.running()
            let prism = try cluster.prism()
            let hash = try await prism.keep()
            let (token, other) = (try await prism.buy(hash), try await prism.buy(hash))
            let bound = try await prism.buy(hash, ["ip": "127.0.5.1"])
            let place = try await prism.playURL(token)
            let (base, grant) = try Viewing.parts(of: place)
            // With an open purchase a bad grant is as good as none: it is looked up.
            for bad in Viewing.forgeries(of: grant) {
                let reply = try await Member.follow("\(base)?grant=\(bad)")
                #expect([200, 404].contains(reply.status), "\(bad.prefix(40)) \(reply.summary)")
                #expect(!reply.isTalkative)
            }
            for stranger in [bound, "a" + String(repeating: "0", count: 19)] {
                let moved = base.replacing(token, with: stranger)
                for text in Viewing.forgeries(of: grant) + [grant] {
                    let reply = try await Member.follow("\(moved)?grant=\(text)")
                    #expect(reply.status == 404, "\(text.prefix(40)) \(reply.summary)")
                    #expect(reply.text == "404 Not Found")
                }
            }
            let without = try await Member.follow(base.replacing(token, with: other))
            #expect(without.status == 200, "a store looks up what has no grant")
            let ownGrant = try await prism.playURL(bound, from: "127.0.5.1")
            let cut = try Viewing.parts(of: ownGrant)
            for text in Viewing.forgeries(of: cut.grant) {
                let reply = try await Member.follow("\(cut.base)?grant=\(text)")
                #expect(reply.status == 404, "\(reply.summary)")
            }
        }

        @Test("is counted: hits and bytes of the purchase and the content")
        func counting() async throws {
            let cluster = try ConformanceCluster.running()
            let prism = try cluster.prism()
            let hash = try await prism.keep(Member.freshBytes(3000))
            let token = try await prism.buy(hash)
            let place = try await prism.playURL(token)
            for _ in 0..<3 { _ = try await Member.follow(place) }
            let seen = try await eventually("three hits to be written") {
                let reply = try await prism.post(
                    "/content/purchase/detail", ["token": .text(token)])
                return (reply.json["hitCount"]?.int ?? 0) >= 3 ? reply.json : nil
            }
            #expect(seen["hitCount"] == 3)
            #expect((seen["byteCount"]?.int ?? 0) >= 9000)
            let detail = try await prism.post("/content/detail", ["hash": .text(hash)])
            #expect(detail.json["hitCount"] == 3, "\(detail.summary)")
            #expect(detail.json["hits"]?.fields?.count == 1)
        }
    }
}
