import ProcessFixture
import Testing

extension HardTimes {
    @Suite("Without the catalog")
    struct CatalogAwayTests {
        /// What a request that needs the catalog is answered, and how soon.
        private func isRefused(_ what: String, _ ask: () async throws -> Reply) async throws {
            let start = ContinuousClock.now
            let reply = try await ask()
            let time = ContinuousClock.now - start
            #expect(reply.status == 503, "\(what) \(reply.summary)")
            #expect(reply["Retry-After"] != nil, "\(what) \(reply.summary)")
            #expect(!reply.body.isEmpty && !reply.isTalkative, "\(what) \(reply.summary)")
            // Two seconds, and what a busy machine adds.
            #expect(time < .seconds(5), "\(what) took \(time)")
        }

        @Test("what was bought still plays, through the other process too; writes say 503 at once")
        func away() async throws {
            let cluster = try ConformanceCluster.running()
            let (prism, other) = (try cluster.prism(), try cluster.otherPrism())
            let bytes = Member.freshBytes(5000)
            let hash = try await prism.keep(bytes)
            let playing = try await prism.playURL(try await prism.buy(hash))
            let token = try await prism.buy(hash)
            try await cluster.postgres.stop(immediately: true)

            let start = ContinuousClock.now
            let places = [playing, try await other.playURL(token), try await prism.playURL(token)]
            #expect(ContinuousClock.now - start < .seconds(12), "nothing hangs")
            for url in places {
                let played = try await Member.follow(url, [("Range", "bytes=100-199")])
                #expect(played.status == 206, "\(played.summary)")
                #expect(played.body == Array(bytes[100..<200]))
            }
            try await withThrowingTaskGroup(of: Void.self) { group in
                for prism in [prism, other] {
                    let order: JSONTree = ["hash": .text(hash), "token": .text(token)]
                    for route in ["purchase", "purchase/remove", "detail"] {
                        group.addTask {
                            try await isRefused(route) {
                                try await prism.post("/content/\(route)", order)
                            }
                        }
                    }
                    group.addTask {
                        try await isRefused("upload") {
                            try await prism.upload(Form().file("file", "a", Member.freshBytes()))
                        }
                    }
                }
                try await group.waitForAll()
            }
            for prism in [prism, other] {
                let ping = try await prism.anonymous.get("/ping")
                #expect(ping.status == 200)
                let ready = try await prism.anonymous.get("/readyz")
                #expect(ready.status == 503, "\(ready.summary)")
            }
            let unknown = try await other.anonymous.get("/a\(String(repeating: "0", count: 19))/f")
            #expect([404, 503].contains(unknown.status), "\(unknown.summary)")

            try await cluster.postgres.start(log: "\(cluster.plan.folder)/postgres-again.log")
            for prism in [prism, other] {
                _ = try await eventually("'\(prism.name)' to be back") {
                    let reply = try await prism.upload(
                        Form().file("file", "a", Member.freshBytes()))
                    return reply.status == 200 ? true : nil
                }
            }
            let kept = try await other.post("/content/detail", ["hash": .text(hash)])
            #expect(kept.json["copies"] == 2, "\(kept.summary)")
        }
    }

    @Suite("A revoke of everything")
    struct RevokeAllTests {
        @Test("ends all that was sold, at every store, within a second; what is sold later plays")
        func all() async throws {
            let cluster = try ConformanceCluster.running()
            let prism = try cluster.prism()
            let hash = try await prism.keep()
            var viewings: [Viewing] = []
            for seller in [prism, try cluster.prism(by: "other")] {
                for _ in 0..<3 {
                    let place = try await cluster.otherPrism().playURL(try await seller.buy(hash))
                    viewings.append(try await Viewing(place))
                }
            }
            for viewing in viewings { #expect(try await viewing.status() == 200) }
            let denied = try await prism.post(
                "/v1/purchases/revoke", ["purchases": ["all": true]])
            #expect(denied.status == 403, "an account ends its own only: \(denied.summary)")
            let revoked = try await cluster.otherPrism().by(ConformancePlan.prismAccess).post(
                "/v1/purchases/revoke", ["purchases": ["all": true]])
            #expect((revoked.json["count"]?.int ?? 0) >= 6, "\(revoked.summary)")
            let end = ContinuousClock.now + .seconds(1)
            for viewing in viewings {
                _ = try await eventually(within: end - .now, "a store to refuse") {
                    try await viewing.status() == 404 ? true : nil
                }
            }
            let later = try await Member.follow(try await prism.playURL(try await prism.buy(hash)))
            #expect(later.status == 200, "\(later.summary)")
        }
    }
}
