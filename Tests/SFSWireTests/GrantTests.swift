import SFSCore
import SFSFiles
import SFSWire
import Testing

@Suite("A grant")
struct GrantTests {
    private static let now = Timestamp(milliseconds: 1_795_339_800_123)
    private static let day: Int64 = 86_400_000

    private let keys = GrantKeys(clusterKey: Array("a key of the cluster".utf8)) {
        message, key throws(SFSError) in try MessageCode.make(message, key: key)
    }

    private func purchase(
        referrers: [String] = ["example.com", "127.0.0.1"], networks: [String] = ["10.0.0.0/8"]
    ) throws -> Purchase {
        Purchase(
            token: .random(zone: "a", day: 20_780),
            hash: try ContentHash(parsing: "a03f181dc7dedcfb577511149b8844711efdb04f"),
            fileExtension: "mp4", name: "",
            referrers: try referrers.map { try Referrer(parsing: $0) },
            networks: try networks.map { try IPNetwork(parsing: $0) }, lifeSeconds: 7200,
            afterLifeSeconds: 7200, created: Self.now,
            expires: Timestamp(milliseconds: Self.now.milliseconds + 7_200_000), account: "films")
    }

    @Test("says all that a store must know, and nothing can be changed in it")
    func roundTrip() throws {
        let grant = Grant(try purchase())
        let text = try keys.sign(grant, at: Self.now)
        #expect(text.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || "-_".contains($0)) })
        #expect(try keys.check(text, token: grant.token, at: Self.now) == grant)
        for index in text.indices {
            var forged = text
            forged.replaceSubrange(index...index, with: text[index] == "A" ? "B" : "A")
            #expect(try keys.check(forged, token: grant.token, at: Self.now) == nil)
        }
    }

    @Test("is of one token, one cluster, and its own length only")
    func forgeries() throws {
        let grant = Grant(try purchase())
        let text = try keys.sign(grant, at: Self.now)
        let other = PurchaseToken.random(zone: "a", day: 20_780)
        #expect(try keys.check(text, token: other, at: Self.now) == nil)
        let strangers = GrantKeys(clusterKey: Array("another key".utf8)) {
            message, key throws(SFSError) in try MessageCode.make(message, key: key)
        }
        #expect(try strangers.check(text, token: grant.token, at: Self.now) == nil)
        for length in 0..<text.count {
            let cut = text.prefix(length)
            #expect(try keys.check(cut, token: grant.token, at: Self.now) == nil)
        }
        #expect(try keys.check(text + "A", token: grant.token, at: Self.now) == nil)
    }

    @Test("is signed with today's key, which is good today and tomorrow")
    func rotation() throws {
        let grant = Grant(try purchase())
        let text = try keys.sign(grant, at: Self.now)
        func isGood(after days: Int64) throws -> Bool {
            let then = Timestamp(milliseconds: Self.now.milliseconds + days * Self.day)
            return try keys.check(text, token: grant.token, at: then) != nil
        }
        #expect(try isGood(after: 1))
        #expect(try !isGood(after: 2))
        #expect(try !isGood(after: -1))
        // The first byte alone comes round again.
        #expect(try !isGood(after: 256))
    }

    @Test("of a prism whose clock is a little ahead is good at midnight")
    func skew() throws {
        let midnight = (Self.now.milliseconds / Self.day + 1) * Self.day
        let grant = Grant(try purchase())
        let text = try keys.sign(grant, at: Timestamp(milliseconds: midnight + 1000))
        let before = Timestamp(milliseconds: midnight - 60_000)
        #expect(try keys.check(text, token: grant.token, at: before) == grant)
        let longBefore = Timestamp(milliseconds: midnight - 3_600_000)
        #expect(try keys.check(text, token: grant.token, at: longBefore) == nil)
    }

    @Test("admits who its purchase admits")
    func rules() throws {
        let grant = Grant(try purchase())
        #expect(grant.admits(referer: "https://www.example.com/"))
        #expect(!grant.admits(referer: "https://evil.com/"))
        #expect(!grant.admits(referer: nil))
        #expect(grant.admits(address: "10.2.3.4"))
        #expect(!grant.admits(address: "192.0.2.1"))
        let open = Grant(try purchase(referrers: [], networks: []))
        #expect(open.admits(referer: nil) && open.admits(address: "192.0.2.1"))
        #expect(grant.isLive(at: Self.now))
        #expect(!grant.isLive(at: grant.expires))
    }
}

@Suite("Base 64 for URLs")
struct Base64URLTests {
    @Test("gives back what it was given")
    func roundTrip() {
        for length in 0...70 {
            let bytes = (0..<length).map { UInt8(truncatingIfNeeded: $0 &* 37 &+ length) }
            #expect(Base64URL.decode(Base64URL.encode(bytes)) == bytes)
        }
    }

    @Test("refuses padding, other letters, and bits that mean nothing")
    func refusals() {
        for text in ["AA==", "A", "A+", "A/", "AB", "A A", "é"] {
            #expect(Base64URL.decode(text) == nil)
        }
    }
}
