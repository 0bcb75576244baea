import ClusterFixture
import NIOCore
import SFSCatalog
import SFSCore
import SFSStore
import SFSWire
import Testing

/// What programs of the original ask a store (protocol.md 2.4).
@Suite("A store tells of its replicas")
struct StoreInventoryTests {
    private static let bytes = TestBytes(size: 300_000)

    @Test("whether they are there, one or many at once")
    func exists() async throws {
        try await StoreSite.with { site in
            let hash = try await site.put(Self.bytes)
            let other = try TestBytes(size: 1).hash()
            let url = "\(site.urls[0])/content/exists"
            let one = try await ask(
                .POST, url, as: .site, json: ["hash": .string(hash.hex), "ext": "mp4"])
            #expect(try one.json == ["exists": ["exists": true, "ext": "mp4"]])
            let many = try await ask(
                .POST, url, as: .site,
                json: ["hash": [.string("\(hash).mp4"), .string(other.hex), "../x.y", ""]])
            #expect(
                try many.json
                    == .object([
                        hash.hex: ["exists": true, "ext": "mp4"],
                        other.hex: ["exists": false, "ext": ""], "": ["exists": false, "ext": ""],
                    ]))
            for wrong: JSONValue in [[:], ["hash": 7], ["hash": ["a", 7]], ["hash": [:]]] {
                let answer = try await ask(.POST, url, as: .site, json: wrong)
                #expect(answer.status == 500)
                #expect(try answer.json["error"] != nil)
            }
        }
    }

    @Test("what they are, and nothing of where the volume is")
    func detail() async throws {
        try await StoreSite.with { site in
            let hash = try await site.put(Self.bytes)
            let url = "\(site.urls[0])/content/detail"
            let answer = try await ask(.POST, url, as: .site, json: ["hash": .string(hash.hex)])
            let json = try answer.json
            #expect(answer.status == 200 && answer.tellsNothing(of: site))
            #expect(json["hash"]?.string == hash.hex && json["size"] == 300_000)
            #expect(json["mimeType"] == "video/mp4" && json["mimeExtension"] == "mp4")
            #expect(json["hashDetail"]?["exists"] == true)
            #expect(json["hashDetail"]?["stat"]?["size"] == 300_000)
            #expect(json["error"] == nil)
            let absent = try TestBytes(size: 1).hash()
            let missing = try await ask(
                .POST, url, as: .site, json: ["hash": .string(absent.hex)])
            #expect(missing.status == 404)
            #expect(try missing.json["code"] == 404)
        }
    }

    @Test("that a replica is bad, and gives up its own only (trap 18)")
    func verify() async throws {
        try await StoreSite.with(2) { site in
            let hash = try await site.put(Self.bytes)
            let url = "\(site.urls[0])/content/verify"
            let order: JSONValue = ["file": .string("\(hash).mp4")]
            let good = try await ask(.POST, url, as: .site, json: order)
            #expect(try good.json["status"] == "ok" && good.json["verified"] == true)
            #expect(try good.json["actualHash"]?.string == hash.hex)
            #expect(try good.json["verifiedAt"]?.wholeNumber ?? 0 > 1_700_000_000_000)
            let disk = TestDisk(site.stores[0].settings.folder)
            try disk.flipByte(of: hash, at: 1)
            let bad = try await ask(.POST, url, as: .site, json: order)
            #expect(bad.status == 200 && bad.tellsNothing(of: site))
            #expect(try bad.json["status"] == "fail" && bad.json["verified"] == false)
            #expect(try disk.quarantinedFiles().count == 1)
            let record = try await site.catalog.content(hash)
            #expect(record?.stores.count == 1)
            let gone = try await ask(.POST, url, as: .site, json: order)
            #expect(gone.status == 404)
            #expect(try gone.json["error"] == "File not found")
        }
    }
}
