import ClusterFixture
import NIOCore
import SFSCatalog
import SFSCore
import SFSStore
import SFSWire
import Testing

/// What programs of the original order a store to do (protocol.md 2.4).
@Suite("A store takes, sends and removes replicas")
struct StoreTransferTests {
    private static let bytes = TestBytes(size: 300_000)

    @Test("of every hash, answering 201 once they count", arguments: HashAlgorithm.allCases)
    func put(algorithm: HashAlgorithm) async throws {
        try await StoreSite.with { site in
            let hash = try Self.bytes.hash(algorithm)
            for _ in 0..<2 {
                let answer = try await ask(
                    .PUT, "\(site.urls[0])/content/put/\(hash).txt", as: .site,
                    body: Self.bytes.buffer)
                #expect(answer.status == 201)
                #expect(try answer.json == ["hash": .string(hash.hex)])
            }
            let record = try #require(try await site.catalog.content(hash))
            #expect(record.stores.count == 1 && record.want == 2)
            #expect(record.attributes.mediaType == "text/plain")
        }
    }

    @Test("and keeps a good one when other bytes are put in its place (trap 13)")
    func mismatch() async throws {
        try await StoreSite.with { site in
            let hash = try await site.put(Self.bytes)
            let answer = try await ask(
                .PUT, "\(site.urls[0])/content/put/\(hash).mp4", as: .site,
                body: TestBytes(size: 300_000, seed: 2).buffer)
            #expect(answer.status == 500)
            #expect(try answer.json == ["error": "Checksum mismatch"])
            let disk = TestDisk(site.stores[0].settings.folder)
            #expect(try disk.isGood(hash))
            #expect(try disk.spoolFiles().isEmpty)
            let unknown = try TestBytes(size: 1).hash()
            let refused = try await ask(
                .PUT, "\(site.urls[0])/content/put/\(unknown).mp4", as: .site,
                body: Self.bytes.buffer)
            #expect(refused.status == 500)
            #expect(try disk.contentFiles() == [hash.hex])
        }
    }

    @Test(
        "and refuses names that are no hashes",
        arguments: ["x.txt", "..%2f..%2fa.txt", "%2e%2e", "a03f.txt", ".txt"])
    func names(name: String) async throws {
        try await StoreSite.with { site in
            let answer = try await ask(
                .PUT, "\(site.urls[0])/content/put/\(name)", as: .site, body: Self.bytes.buffer)
            #expect([404, 500].contains(answer.status) && answer.tellsNothing(of: site))
            let hash = try Self.bytes.hash()
            let odd = try await ask(
                .PUT, "\(site.urls[0])/content/put/\(hash).t%00t", as: .site,
                body: Self.bytes.buffer)
            #expect([404, 500].contains(odd.status))
            #expect(try TestDisk(site.stores[0].settings.folder).contentFiles().isEmpty)
        }
    }

    @Test("to another store, where they count when it says so (trap 14)")
    func send() async throws {
        try await StoreSite.with(2) { site in
            let hash = try Self.bytes.hash()
            try await site.stores[0].put(
                hash, fileExtension: "mp4", length: nil, body: Self.bytes.stream())
            let target = site.stores[1].settings.name
            let url = "\(site.urls[0])/content/send"
            let order: JSONValue = ["file": .string("\(hash).mp4"), "store": .string(target.text)]
            let answer = try await ask(.POST, url, as: .site, json: order)
            #expect(answer.status == 200 && answer.tellsNothing(of: site))
            #expect(try answer.json["success"] == "Clone sent")
            #expect(try answer.json["store"]?["name"]?.string == target.text)
            #expect(try TestDisk(site.stores[1].settings.folder).isGood(hash))
            let record = try await site.catalog.content(hash)
            #expect(record?.stores.count == 2)
        }
    }

    @Test("and says what failed, not why, when it cannot send")
    func sendFails() async throws {
        try await StoreSite.with(2) { site in
            let hash = try await site.put(Self.bytes)
            let unknown = try TestBytes(size: 1).hash()
            let target = site.stores[1].settings.name.text
            try TestDisk(site.stores[0].settings.folder).flipByte(of: hash, at: 5)
            for (file, store, reason) in [
                ("\(unknown)", target, "File not found"),
                ("\(hash).mp4", "nobody", "Store not found"),
                ("\(hash).mp4", "../x", "Store not found"),
                ("\(hash).mp4", target, "the file here is damaged"),
            ] {
                let answer = try await ask(
                    .POST, "\(site.urls[0])/content/send", as: .site,
                    json: ["file": .string(file), "store": .string(store)])
                #expect(answer.status == 200 && answer.tellsNothing(of: site))
                let error = try answer.json["error"]?.string
                #expect(error == "Failed to send clone: \(reason)")
            }
        }
    }

    @Test("and gives one up only while enough others are proven (trap 19)")
    func remove() async throws {
        try await StoreSite.with(3) { site in
            let hash = try await site.put(Self.bytes)
            let order: JSONValue = ["hash": .string(hash.hex)]
            let url = "\(site.urls[0])/content/remove"
            let answer = try await ask(.POST, url, as: .site, json: order)
            #expect(answer.status == 200)
            #expect(try answer.json == ["success": "File removed"])
            let again = try await ask(.POST, url, as: .site, json: order)
            #expect(try again.json == ["success": "File removed"])
            let refused = try await ask(
                .POST, "\(site.urls[1])/content/remove", as: .site, json: order)
            #expect(refused.status == 500 && refused.tellsNothing(of: site))
            #expect(try refused.json["error"] != nil)
            let record = try await site.catalog.content(hash)
            #expect(record?.stores.count == 2)
            // The folder of the file stays, and everything above it.
            _ = try await site.put(Self.bytes)
            #expect(try TestDisk(site.stores[0].settings.folder).isGood(hash))
        }
    }

    @Test("and downloads them to who may have them")
    func download() async throws {
        try await StoreSite.with { site in
            let hash = try await site.put(Self.bytes)
            let url = "\(site.urls[0])/content/download"
            let answer = try await ask(.POST, url, as: .site, json: ["sha1": .string(hash.hex)])
            #expect(answer.status == 200 && answer.body == Self.bytes.buffer)
            let absent = try TestBytes(size: 1).hash()
            let missing = try await ask(
                .POST, url, as: .site, json: ["hash": .string(absent.hex)])
            #expect(missing.status == 404 && missing.tellsNothing(of: site))
            #expect(try missing.json["error"] != nil)
        }
    }
}
