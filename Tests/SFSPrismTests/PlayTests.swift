import ClusterFixture
import Foundation
import SFSCore
import SFSPrism
import SFSWire
import Testing

@Suite("A purchase at a prism")
struct PurchasePlayTests {
    private static let path = PlayPath(name: "film", query: [])

    private func viewer(
        _ address: String = "192.0.2.1", referer: String? = nil
    ) -> Viewer {
        Viewer(
            address: address, agent: "player", referer: referer, host: "127.0.0.1",
            isSecure: false, addressType: nil)
    }

    private func sell(
        _ cluster: TestCluster, referrer: [String]? = nil, ip: [String]? = nil, life: Int64 = 60,
        seed: UInt64 = 1
    ) async throws -> PurchaseReply {
        let content = try await cluster.put(TestBytes(size: 3000, seed: seed))
        return try await cluster.prisms[0].sell(
            PurchaseOrder(hash: content.hash, referrer: referrer, ip: ip, life: life),
            to: "films")
    }

    private func play(
        _ cluster: TestCluster, _ purchase: PurchaseReply, at prism: Int = 1,
        to viewer: Viewer? = nil
    ) async throws -> Handover {
        try await cluster.prisms[prism].play(
            purchase.token, Self.path, to: viewer ?? self.viewer())
    }

    @Test(
        "is played under the name that was asked for, with its extension once",
        arguments: [
            ("film", "mp4", "film.mp4"), ("film.mp4", "mp4", "film.mp4"),
            ("FILM.MP4", "mp4", "FILM.MP4"), ("film.tar", "gz", "film.tar.gz"),
            (".txt", "txt", ".txt.txt"), ("film.mp4", "", "film.mp4"), ("film", "", "film"),
        ])
    func name(asked: String, fileExtension: String, played: String) {
        let path = PlayPath(name: asked, query: [])
        #expect(path.name(with: fileExtension) == played)
    }

    @Test("hands its content out at every prism, until it is revoked at one")
    func life() async throws {
        try await TestCluster.with { cluster in
            let purchase = try await sell(cluster)
            // These stores listen nowhere, so the prism sends the bytes.
            guard case .bytes(let delivery, _, let secondsLeft) = try await play(cluster, purchase)
            else {
                Issue.record("no bytes")
                return
            }
            #expect(delivery.content.hash == purchase.hash)
            #expect((58...60).contains(try #require(secondsLeft)))
            let revoked = try await cluster.prisms[0].revoke(.token(purchase.token), actor: "test")
            #expect(revoked.count == 1)
            #expect(throws: SFSError.self) {
                try cluster.prisms[1].rememberedPurchase(purchase.token)
            }
            let error = await #expect(throws: SFSError.self) { try await play(cluster, purchase) }
            #expect(error?.code == .notFound)
        }
    }

    @Test("is for its sites and its networks only")
    func rules() async throws {
        try await TestCluster.with { cluster in
            let purchase = try await sell(
                cluster, referrer: ["example.com"], ip: ["192.0.2.0/24"])
            let good = viewer(referer: "https://www.example.com/page")
            _ = try await play(cluster, purchase, to: good)
            for (viewer, code) in [
                (viewer(), ErrorCode.denied), (viewer(referer: "https://evil.com"), .denied),
                (viewer("198.51.100.1", referer: "https://example.com"), .notFound),
            ] {
                let error = await #expect(throws: SFSError.self) {
                    try await play(cluster, purchase, to: viewer)
                }
                #expect(error?.code == code)
            }
        }
    }

    @Test("ends by itself, and goes on when it is extended in time")
    func expiry() async throws {
        try await TestCluster.with { cluster in
            let short = try await sell(cluster, life: 1)
            let long = try await sell(cluster, life: 1, seed: 2)
            let extended = try await cluster.prisms[0].extend(
                .token(long.token), lifeSeconds: 60, actor: "test")
            #expect(extended.count == 1)
            let deadline = ContinuousClock.now + .seconds(10)
            while (try? await play(cluster, short)) != nil, .now < deadline {
                try await Task.sleep(for: .milliseconds(50))
            }
            let error = await #expect(throws: SFSError.self) { try await play(cluster, short) }
            #expect(error?.code == .notFound)
            _ = try await play(cluster, long)
            let dead = try await cluster.prisms[0].extend(
                .token(short.token), lifeSeconds: 60, actor: "test")
            #expect(dead.count == 0)
        }
    }

    @Test("belongs to the account that bought it")
    func owner() async throws {
        try await TestCluster.with { cluster in
            let purchase = try await sell(cluster)
            let prism = cluster.prisms[0]
            _ = try await prism.purchase(purchase.token, owner: "films")
            await #expect(throws: SFSError.self) {
                try await prism.purchase(purchase.token, owner: "other")
            }
            let none = try await prism.revoke(
                .token(purchase.token), owner: "other", actor: "other")
            #expect(none.count == 0)
            // Not even that there is one more.
            for selection in [PurchaseSelection.all, .hash(purchase.hash), .account("films")] {
                let page = try await prism.purchases(
                    selection, owner: "other", after: nil, limit: 1)
                #expect(page.purchases.isEmpty && page.next == nil)
            }
            let error = await #expect(throws: SFSError.self) {
                try await prism.revoke(.all, owner: "films", actor: "films")
            }
            #expect(error?.code == .denied)
            _ = try await play(cluster, purchase)
        }
    }

    @Test("goes on playing while the catalog is away; writes are refused in time")
    func withoutCatalog() async throws {
        try await TestCluster.with { cluster in
            let purchase = try await sell(cluster)
            try await cluster.stopCatalog()
            guard case .bytes(let delivery, _, _) = try await play(cluster, purchase) else {
                Issue.record("no bytes")
                return
            }
            let bytes = try await delivery.bytes(0..<delivery.content.size).collected()
            #expect(bytes == TestBytes(size: 3000).buffer)
            let start = ContinuousClock.now
            let error = await #expect(throws: SFSError.self) {
                try await cluster.prisms[0].sell(
                    PurchaseOrder(hash: purchase.hash), to: "films")
            }
            #expect(error?.code == .unavailable)
            // Two seconds, and what a busy machine adds.
            #expect(.now - start < .seconds(5))
        }
    }

    @Test("is refused when its order asks for what cannot be")
    func badOrders() async throws {
        try await TestCluster.with { cluster in
            let content = try await cluster.put(TestBytes(size: 10))
            let orders = [
                PurchaseOrder(hash: content.hash, life: 0),
                PurchaseOrder(hash: content.hash, life: -5),
                PurchaseOrder(hash: content.hash, life: .max),
                PurchaseOrder(hash: content.hash, ext: "../x"),
                PurchaseOrder(hash: content.hash, name: "a/b"),
                PurchaseOrder(hash: content.hash, name: "a\r\nX: y"),
                PurchaseOrder(hash: content.hash, referrer: ["a b"]),
                PurchaseOrder(hash: content.hash, ip: ["10.0.0.0/99"]),
                PurchaseOrder(
                    hash: content.hash, referrer: (0..<33).map { "host\($0).example.com" }),
            ]
            for order in orders {
                let error = await #expect(throws: SFSError.self) {
                    try await cluster.prisms[0].sell(order, to: "films")
                }
                #expect(error?.code == .usage)
            }
        }
    }
}
