import ClusterFixture
import SFSCatalog
import SFSCore
import SFSStore
import SFSWire
import Testing

/// What a store lets a viewer read (promises.md S1, S2).
@Suite("A purchase at a store")
struct PlayTests {
    private static let bytes = TestBytes(size: 1000)

    /// How a viewer comes: with a grant from a prism, or without.
    enum Way: CaseIterable { case withGrant, bare }

    @Test("is good until it ends", arguments: Way.allCases)
    func life(way: Way) async throws {
        try await StoreSite.with { site in
            let hash = try await site.put(Self.bytes)
            let purchase = try await site.sell(hash, lifeSeconds: 600)
            let play = try await play(purchase, way, at: site)
            #expect(play.hash == hash && play.token == purchase.token)
            #expect((590...600).contains(play.secondsLeft))
            let short = try await site.sell(hash, lifeSeconds: 1)
            try await expectRefusalSoon(of: short, way, at: site)
        }
    }

    @Test("is bound to its sites", arguments: Way.allCases)
    func referrers(way: Way) async throws {
        try await StoreSite.with { site in
            let hash = try await site.put(Self.bytes)
            let purchase = try await site.sell(hash, referrers: ["example.com"])
            for good in ["http://example.com/a", "https://www.example.com", "example.com"] {
                _ = try await play(purchase, way, referer: good, at: site)
            }
            for bad in [nil, "http://evil.com/?example.com", "http://badexample.com"] {
                await expectRefusal(of: purchase, way, referer: bad, at: site)
            }
        }
    }

    @Test("is bound to its addresses", arguments: Way.allCases)
    func networks(way: Way) async throws {
        try await StoreSite.with { site in
            let hash = try await site.put(Self.bytes)
            let purchase = try await site.sell(hash, networks: ["192.0.2.0/24", "2001:db8::/32"])
            for good in ["192.0.2.9", "2001:db8::1"] {
                _ = try await play(purchase, way, address: good, at: site)
            }
            for bad in ["192.0.3.1", "2001:db9::1", ""] {
                await expectRefusal(of: purchase, way, address: bad, at: site)
            }
        }
    }

    @Test("is refused within a second of its revoke", arguments: Way.allCases)
    func revoke(way: Way) async throws {
        try await StoreSite.with { site in
            let hash = try await site.put(Self.bytes)
            let purchase = try await site.sell(hash)
            let other = try await site.sell(hash)
            _ = try await play(purchase, way, at: site)
            _ = try await site.catalog.revokePurchases(.token(purchase.token), actor: "test")
            try await expectRefusalSoon(of: purchase, way, at: site)
            _ = try await play(other, way, at: site)
        }
    }

    @Test("that was extended is good with the old grant, too")
    func extended() async throws {
        try await StoreSite.with { site in
            let hash = try await site.put(Self.bytes)
            let purchase = try await site.sell(hash, lifeSeconds: 1)
            let grant = try site.grant(purchase)
            let count = try await site.catalog.extendPurchases(
                .token(purchase.token), lifeSeconds: 600, actor: "test")
            #expect(count == 1)
            while site.feed.clock < purchase.expires {
                try await Task.sleep(for: .milliseconds(20))
            }
            let play = try await site.stores[0].play(
                token: purchase.token, grant: grant, referer: nil, address: "192.0.2.1")
            #expect(play.secondsLeft > 100)
        }
    }

    @Test("needs the catalog when its grant was forged, altered, or is of another token")
    func forged() async throws {
        try await StoreSite.with { site in
            let hash = try await site.put(Self.bytes)
            let other = try await site.put(TestBytes(size: 2000))
            let purchase = try await site.sell(hash)
            var forged = purchase
            forged.hash = other
            let stranger = GrantKeys(clusterKey: [1, 2, 3]) {
                (message, key) throws(SFSError) in Array(repeating: 7, count: 32)
            }
            let foreign = try site.grant(try await site.sell(other))
            let signed = try stranger.sign(Grant(forged), at: site.feed.clock)
            for grant in [signed, foreign, "", "%", try site.grant(purchase) + "A"] {
                let play = try await site.stores[0].play(
                    token: purchase.token, grant: grant, referer: nil, address: "192.0.2.1")
                #expect(play.hash == hash)
                let unknown = PurchaseToken.random(zone: "a", day: purchase.token.day)
                let error = await #expect(throws: SFSError.self) {
                    try await site.stores[0].play(
                        token: unknown, grant: grant, referer: nil, address: "192.0.2.1")
                }
                #expect(error?.code == .notFound)
            }
        }
    }

    @Test("plays by its grant, or if it was seen, while the catalog is away")
    func catalogAway() async throws {
        try await StoreSite.with { site in
            let hash = try await site.put(Self.bytes)
            let (seen, unseen) = (try await site.sell(hash), try await site.sell(hash))
            try await play(seen, .bare, at: site)
            try await site.stopCatalog()
            // For longer than a purchase is believed without asking again.
            let end = ContinuousClock.now + .milliseconds(900)
            while ContinuousClock.now < end {
                try await play(seen, .bare, at: site)
                try await Task.sleep(for: .milliseconds(50))
            }
            try await play(unseen, .withGrant, at: site)
            let error = await #expect(throws: SFSError.self) {
                try await play(unseen, .bare, at: site)
            }
            #expect(error?.code == .unavailable)
        }
    }

    @Test("is refused by a store that is out of touch for too long")
    func outOfTouch() async throws {
        try await StoreSite.with(staleAfter: .zero) { site in
            let hash = try await site.put(Self.bytes)
            let purchase = try await site.sell(hash)
            // The catalog knows better than the feed.
            for way in Way.allCases { try await play(purchase, way, at: site) }
            try await site.stopCatalog()
            for way in Way.allCases {
                let deadline = ContinuousClock.now + .seconds(5)
                var code: ErrorCode?
                while code == nil, ContinuousClock.now < deadline {
                    do {
                        try await play(purchase, way, at: site)
                        try await Task.sleep(for: .milliseconds(20))
                    } catch let error as SFSError {
                        code = error.code
                    }
                }
                #expect(code == .unavailable)
            }
        }
    }

    @discardableResult
    private func play(
        _ purchase: Purchase, _ way: Way, referer: String? = nil, address: String = "192.0.2.1",
        at site: StoreSite
    ) async throws -> Play {
        let grant = way == .withGrant ? try site.grant(purchase) : nil
        return try await site.stores[0].play(
            token: purchase.token, grant: grant, referer: referer, address: address)
    }

    private func expectRefusal(
        of purchase: Purchase, _ way: Way, referer: String? = nil, address: String = "192.0.2.1",
        at site: StoreSite
    ) async {
        let error = await #expect(throws: SFSError.self) {
            try await play(purchase, way, referer: referer, address: address, at: site)
        }
        #expect(error?.code == .notFound)
        #expect(error?.message == "there is no such purchase")
    }

    /// Plays until it is refused, which must come in time.
    private func expectRefusalSoon(
        of purchase: Purchase, _ way: Way, at site: StoreSite
    ) async throws {
        let deadline = ContinuousClock.now + .seconds(6)
        while true {
            do {
                try await play(purchase, way, at: site)
                try #require(ContinuousClock.now < deadline, "it still plays")
                try await Task.sleep(for: .milliseconds(10))
            } catch let error as SFSError {
                #expect(error.code == .notFound)
                return
            }
        }
    }
}
