import ClusterFixture
import NIOCore
import SFSCatalog
import SFSCore
import SFSStore
import SFSWire
import Testing

/// What a store sends from the kernel's cache is as right as what it reads and checks each time.
@Suite("A store sends contents quickly")
struct QuickDeliveryTests {
    private static let bytes = TestBytes(size: 3_000_000)

    /// A field that changes nothing, and that the quick path leaves to the parser.
    private static let longWay = [("X-Long-Way", "1")]

    @Test("with the same fields and bytes as the long way", arguments: [0, 5, 100_000, 3_000_000])
    func same(size: Int) async throws {
        try await StoreSite.with { site in
            let bytes = TestBytes(size: size)
            let hash = try await site.put(bytes)
            let purchase = try await site.sell(hash)
            let grant = try site.grant(purchase)
            for path in [
                "/static/\(hash)/a.mp4", "/static/\(hash)/a%20b.mp4?attach=c%20d.mp4",
                "/play/\(purchase.token)/a?grant=\(grant)",
            ] {
                for method in [Method.GET, .HEAD] {
                    for range in [[], [("Range", "bytes=1-3")]] {
                        let quick = try await ask(method, site.urls[0] + path, headers: range)
                        let long = try await ask(
                            method, site.urls[0] + path, headers: range + Self.longWay)
                        #expect(quick.status == long.status && quick.body == long.body)
                        #expect(Self.fields(quick) == Self.fields(long))
                    }
                }
            }
        }
    }

    @Test("with the same bytes wherever a part begins and ends")
    func parts() async throws {
        try await StoreSite.with { site in
            let hash = try await site.put(Self.bytes)
            let url = "\(site.urls[0])/static/\(hash)/a.mp4"
            // Pages have 4,096 bytes, blocks that are looked at 65,536, chunks 1,048,576; 24,576
            // are copied.
            let parts = [
                "0-0", "0-4095", "1-4095", "4095-4096", "4096-28671", "4096-28672", "5-24580",
                "5-24581", "1-65536", "65535-131072", "65536-131071", "1048575-1048576",
                "1048000-1049000", "999999-2999999", "4096-2999998", "-1", "-65537", "2999999-",
            ]
            for part in parts {
                let quick = try await ask(.GET, url, headers: [("Range", "bytes=\(part)")])
                let long = try await ask(
                    .GET, url, headers: [("Range", "bytes=\(part)")] + Self.longWay)
                #expect(quick.status == 206 && quick.body == long.body, "\(part)")
                #expect(Self.fields(quick) == Self.fields(long), "\(part)")
            }
        }
    }

    @Test("never a byte that has changed on the disk before it was first sent")
    func rot() async throws {
        try await StoreSite.with(2) { site in
            let hash = try await site.put(Self.bytes)
            let url = "\(site.urls[0])/static/\(hash)/a.mp4"
            try TestDisk(site.stores[0].settings.folder)
                .flipByte(of: hash, at: 2_500_000)
            // The other store gives what is bad here.
            for headers in [[], Self.longWay] {
                let answer = try await ask(.GET, url, headers: headers)
                #expect(answer.status == 200 && answer.body == Self.bytes.buffer)
            }
        }
    }

    @Test("and nothing of a small file whose bytes have changed")
    func smallRot() async throws {
        try await StoreSite.with(2) { site in
            let bytes = TestBytes(size: 4000)
            let hash = try await site.put(bytes)
            try TestDisk(site.stores[0].settings.folder).flipByte(of: hash, at: 7)
            let answer = try await ask(.GET, "\(site.urls[0])/static/\(hash)/a.mp4")
            #expect(answer.status == 200 && answer.body == bytes.buffer)
        }
    }

    @Test("to nobody whose purchase was revoked, from within a second")
    func revoke() async throws {
        try await StoreSite.with { site in
            let hash = try await site.put(Self.bytes)
            let purchase = try await site.sell(hash)
            let url = "\(site.urls[0])/play/\(purchase.token)/a?grant=\(try site.grant(purchase))"
            for _ in 0..<3 { #expect(try await ask(.GET, url).status == 200) }
            _ = try await site.catalog.revokePurchases(.token(purchase.token), actor: "test")
            await site.stores[0].readFeed()
            #expect(try await ask(.GET, url).status == 404)
        }
    }

    @Test("to nobody whose purchase has ended")
    func end() async throws {
        try await StoreSite.with { site in
            let hash = try await site.put(Self.bytes)
            let purchase = try await site.sell(hash, lifeSeconds: 2)
            let url = "\(site.urls[0])/play/\(purchase.token)/a?grant=\(try site.grant(purchase))"
            #expect(try await ask(.GET, url).status == 200)
            let deadline = ContinuousClock.now + .seconds(10)
            while try await ask(.GET, url).status == 200, .now < deadline {
                try await Task.sleep(for: .milliseconds(50))
            }
            #expect(try await ask(.GET, url).status == 404)
        }
    }

    private static func fields(_ answer: Answer) -> [String] {
        answer.headers.filter { $0.name != "Date" }
            .map { "\($0.name): \($0.value)" }.map(Self.rounded).sorted()
    }

    /// The seconds of a purchase go on between two requests.
    private static func rounded(_ field: String) -> String {
        field.hasPrefix("Cache-Control: private") ? "Cache-Control: private" : field
    }
}
