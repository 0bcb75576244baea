import ClusterFixture
import NIOCore
import SFSCatalog
import SFSCore
import SFSStore
import SFSWire
import Testing

/// Bytes from a store to a viewer (protocol.md 2.4 and 2.5).
@Suite("A store sends contents")
struct StoreDeliveryTests {
    private static let bytes = TestBytes(size: 700_000)

    @Test("to everybody who knows the hash, with all that caches and players ask for")
    func staticFile() async throws {
        try await StoreSite.with { site in
            let hash = try await site.put(Self.bytes)
            let url = "\(site.urls[0])/static/\(hash)/film.mp4"
            let answer = try await ask(.GET, url)
            #expect(answer.status == 200 && answer.body == Self.bytes.buffer)
            #expect(answer.header("ETag") == "\"\(hash)\"")
            #expect(answer.header("Content-Type") == "video/mp4")
            #expect(answer.header("Cache-Control") == "public, max-age=31536000, immutable")
            #expect(answer.header("Accept-Ranges") == "bytes")
            #expect(answer.header("Last-Modified")?.hasSuffix("GMT") == true)
            #expect(answer.header("X-Content-Type-Options") == "nosniff")
            #expect(answer.header("Access-Control-Allow-Origin") == "*")
            let head = try await ask(.HEAD, url)
            #expect(head.status == 200 && head.header("Content-Length") == "700000")
            #expect(head.body.readableBytes == 0)
        }
    }

    @Test("in one part, in several, or says what is wrong with the range")
    func ranges() async throws {
        try await StoreSite.with { site in
            let hash = try await site.put(Self.bytes)
            let url = "\(site.urls[0])/static/\(hash)/film.mp4"
            let one = try await ask(.GET, url, headers: [("Range", "bytes=10-19")])
            #expect(one.status == 206 && one.header("Content-Range") == "bytes 10-19/700000")
            #expect(one.body == Self.bytes.buffer.getSlice(at: 10, length: 10))
            let last = try await ask(.GET, url, headers: [("Range", "bytes=-3")])
            #expect(last.body == Self.bytes.buffer.getSlice(at: 699_997, length: 3))
            let two = try await ask(.GET, url, headers: [("Range", "bytes=0-0,500000-500001")])
            #expect(two.status == 206)
            #expect(two.header("Content-Type")?.hasPrefix("multipart/byteranges") == true)
            #expect(two.text.contains("Content-Range: bytes 500000-500001/700000"))
            let none = try await ask(.GET, url, headers: [("Range", "bytes=700000-")])
            #expect(none.status == 416 && none.header("Content-Range") == "bytes */700000")
            let changed = try await ask(
                .GET, url, headers: [("Range", "bytes=0-1"), ("If-Range", "\"other\"")])
            #expect(changed.status == 200)
            let known = try await ask(.GET, url, headers: [("If-None-Match", "\"\(hash)\"")])
            #expect(known.status == 304 && known.body.readableBytes == 0)
            let since = try #require(known.header("Last-Modified"))
            let unchanged = try await ask(.GET, url, headers: [("If-Modified-Since", since)])
            #expect(unchanged.status == 304)
            let failed = try await ask(.GET, url, headers: [("If-Match", "\"other\"")])
            #expect(failed.status == 412)
        }
    }

    @Test("with a charset where it is text, by the extension that is stored")
    func text() async throws {
        try await StoreSite.with { site in
            let hash = try await site.put(TestBytes(size: 5), fileExtension: "txt")
            let answer = try await ask(.GET, "\(site.urls[0])/static/\(hash)/film.mp4")
            #expect(answer.header("Content-Type") == "text/plain; charset=utf-8")
        }
    }

    @Test("under a name that cannot add a header field (trap 12)")
    func attachment() async throws {
        try await StoreSite.with { site in
            let hash = try await site.put(Self.bytes)
            let name = "a%22b%0D%0ASet-Cookie:%20x%3D1%C3%A9.mp4"
            let answer = try await ask(
                .GET, "\(site.urls[0])/static/\(hash)/x.mp4?attach=\(name)")
            let disposition = try #require(answer.header("Content-Disposition"))
            #expect(disposition.hasPrefix(#"attachment; filename="a\"bSet-Cookie: x=1"#))
            #expect(disposition.contains("filename*=UTF-8''a%22b"))
            #expect(answer.header("Set-Cookie") == nil)
        }
    }

    @Test("or answers 404 in one line, whatever is wrong with the name (traps 11 and 35)")
    func absent() async throws {
        try await StoreSite.with { site in
            let hash = try TestBytes(size: 9).hash()
            for path in [
                "/static/\(hash)/a.mp4", "/static/nothex/a.mp4", "/static/\(hash)0/a.mp4",
                "/play/a20261122Q4Qw50ZAZ1T/a.mp4", "/play/short/a.mp4",
            ] {
                let answer = try await ask(.GET, site.urls[0] + path)
                #expect(answer.status == 404 && answer.text == "404 Not Found")
                #expect(answer.tellsNothing(of: site))
            }
            for path in [
                "/static/%2e%2e/passwd", "/static/..%2f..%2fetc/passwd", "/static/%00/a",
                "/job/content/download/..%2f..%2f..%2fetc/hostname",
                "/job/content/download/%2e%2e/x", "/play/..%5c/x", "/static//etc/passwd",
                "/content/%2e%2e/spool",
            ] {
                let answer = try await ask(.GET, site.urls[0] + path)
                #expect(answer.status == 404, "\(path) got \(answer.status)")
                #expect(answer.tellsNothing(of: site))
            }
        }
    }

    /// What a viewer meets who was sent to a store whose file is not what it was.
    enum Loss: CaseIterable {
        case missing, cut, replaced

        func strike(_ hash: ContentHash, of site: StoreSite) async throws {
            let disk = TestDisk(site.stores[0].settings.folder)
            switch self {
            case .missing: try disk.removeFile(of: hash)
            case .cut: try disk.cut(hash, to: 1000)
            case .replaced: try disk.replaceFile(of: hash, by: .link)
            }
        }
    }

    @Test("from another store when its own file is not what it was", arguments: Loss.allCases)
    func elsewhere(loss: Loss) async throws {
        try await StoreSite.with(2) { site in
            let hash = try await site.put(Self.bytes)
            let purchase = try await site.sell(hash)
            try await loss.strike(hash, of: site)
            let play = "/play/\(purchase.token)/a?grant=\(try site.grant(purchase))"
            for path in ["/static/\(hash)/film.mp4", play] {
                let url = site.urls[0] + path
                let whole = try await ask(.GET, url)
                #expect(whole.status == 200 && whole.body == Self.bytes.buffer)
                #expect(whole.header("Content-Type") == "video/mp4")
                let part = try await ask(.GET, url, headers: [("Range", "bytes=699990-")])
                #expect(part.status == 206)
                #expect(part.body == Self.bytes.buffer.getSlice(at: 699_990, length: 10))
                #expect(try await ask(.HEAD, url).header("Content-Length") == "700000")
            }
            #expect(site.stores[0].problem == nil)
            // A player goes on asking here when the catalog has long heard of it.
            await #expect(throws: SFSError.self) { _ = try await site.stores[0].verify(hash) }
            #expect(try await site.catalog.content(hash)?.stores.count == 1)
            let later = try await ask(.GET, "\(site.urls[0])/static/\(hash)/film.mp4")
            #expect(later.status == 200 && later.body == Self.bytes.buffer)
        }
    }

    @Test("or says that it is at fault when no other store has its missing file")
    func lost() async throws {
        try await StoreSite.with(1) { site in
            let hash = try await site.put(Self.bytes)
            try TestDisk(site.stores[0].settings.folder).removeFile(of: hash)
            let answer = try await ask(.GET, "\(site.urls[0])/static/\(hash)/film.mp4")
            #expect(answer.status == 502 && answer.tellsNothing(of: site))
        }
    }

    @Test("to who bought them, and to nobody else")
    func play() async throws {
        try await StoreSite.with { site in
            let hash = try await site.put(Self.bytes)
            let purchase = try await site.sell(hash, lifeSeconds: 600, referrers: ["example.com"])
            let url = "\(site.urls[0])/play/\(purchase.token)/any.name"
            let referer = [("Referer", "https://www.example.com/page")]
            for query in ["", "?grant=\(try site.grant(purchase))&a=b"] {
                let answer = try await ask(.GET, url + query, headers: referer)
                #expect(answer.status == 200 && answer.body == Self.bytes.buffer)
                let caching = try #require(answer.header("Cache-Control"))
                #expect(caching.hasPrefix("private, max-age=5") && caching.hasSuffix("immutable"))
                let stranger = try await ask(.GET, url + query)
                #expect(stranger.status == 404 && stranger.text == "404 Not Found")
                // The pattern of the original took this for a match (trap 2).
                let evil = try await ask(
                    .GET, url + query, headers: [("Referer", "http://evil.com/?example.com")])
                #expect(evil.status == 404)
            }
        }
    }

    @Test("and tells a web server where the file of a purchase is")
    func uri() async throws {
        try await StoreSite.with { site in
            let hash = try await site.put(Self.bytes)
            let purchase = try await site.sell(hash)
            let base = "\(site.urls[0])/purchase/uri/play"
            let answer = try await ask(.GET, "\(base)/\(purchase.token)/a.mp4")
            let path = "sha1/\(hash.hex.prefix(2))/\(hash)"
            #expect(answer.status == 200 && answer.text == "/../content/\(path)")
            let unknown = PurchaseToken.random(zone: "a", day: 30_000)
            let refused = try await ask(.GET, "\(base)/\(unknown)/a.mp4")
            #expect(refused.status == 404 && refused.text == "/404")
        }
    }

    @Test("and counts what went out")
    func counting() async throws {
        try await StoreSite.with { site in
            let hash = try await site.put(Self.bytes)
            let purchase = try await site.sell(hash)
            let play = "\(site.urls[0])/play/\(purchase.token)/a"
            _ = try await ask(.GET, play)
            _ = try await ask(.GET, play, headers: [("Range", "bytes=0-99")])
            _ = try await ask(.HEAD, play)
            _ = try await ask(.GET, "\(site.urls[0])/static/\(hash)/a")
            _ = try await ask(
                .POST, "\(site.urls[0])/content/download", as: .site,
                json: ["hash": .string(hash.hex)])
            // A response ends after its client has it.
            let deadline = ContinuousClock.now + .seconds(5)
            var total: TrafficCount?
            repeat {
                try await site.ledger.flush()
                total = try await site.catalog.traffic(of: [hash])[hash]?.total
            } while (total?.hits ?? 0) < 4 && ContinuousClock.now < deadline
            #expect(total?.hits == 4 && total?.bytes == 3 * 700_000 + 100)
            let bought = try await site.catalog.purchase(purchase.token)
            #expect(bought?.hits == 2 && bought?.bytes == 700_100)
        }
    }

    @Test("to pages of other sites, which may ask first")
    func preflight() async throws {
        try await StoreSite.with { site in
            let hash = try await site.put(Self.bytes)
            let answer = try await ask(
                .OPTIONS, "\(site.urls[0])/static/\(hash)/a.mp4",
                headers: [
                    ("Origin", "https://example.com"), ("Access-Control-Request-Method", "GET"),
                ])
            #expect(answer.status == 204)
            #expect(answer.header("Access-Control-Allow-Origin") == "*")
            #expect(answer.header("Access-Control-Allow-Headers")?.contains("Range") == true)
        }
    }
}
