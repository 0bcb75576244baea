import ClusterFixture
import Foundation
import SFSCatalog
import SFSCore
import SFSStore
import SFSWire
import Testing

/// What an inventory does about each difference (promises.md D10).
@Suite("An inventory")
struct InventoryTests {
    private static let bytes = TestBytes(size: 30_000)
    private static let forced = PassOptions(force: true)

    @Test("of an unchanged volume finds all files valid and changes nothing")
    func unchanged() async throws {
        try await PassSite.with { site in
            _ = try await site.putMany(40, on: [0])
            let outcome = try await site.pass(.inventory)
            #expect(outcome.state == .done)
            #expect(outcome.position == 65536)
            #expect(outcome.counters == PassCounters(files: 40, valid: 40))
            let forced = try await site.pass(.inventory, Self.forced)
            #expect(forced.counters == PassCounters(files: 40, valid: 40))
        }
    }

    @Test("adopts a good file that no row has, with what it says of itself")
    func adopts() async throws {
        try await PassSite.with { site in
            let hash = try Self.bytes.hash()
            let upload = UploadID.random()
            _ = try await site.stores[0].receive(
                upload, algorithm: .sha1, length: nil, body: Self.bytes.stream())
            try await site.stores[0].commit(upload, as: hash, .example)
            let outcome = try await site.pass(.inventory)
            #expect(outcome.counters.adopted == 1)
            let content = try #require(try await site.catalog.content(hash))
            #expect(content.attributes == .example)
            #expect(content.size == 30_000)
            #expect(content.want == 2)
            #expect(try await site.recorded(hash) == [0])
        }
    }

    @Test("adopts a file that has no attributes, and gives it some")
    func adoptsBare() async throws {
        try await PassSite.with { site in
            let hash = try Self.bytes.hash()
            try site.disk(0).plant(Self.bytes, as: hash)
            #expect(try await site.pass(.inventory).counters.adopted == 1)
            let content = try #require(try await site.catalog.content(hash))
            let facts = try #require(try await site.stores[0].find(hash))
            #expect(facts.attributes?.generation == content.attributes.generation)
            #expect(try await site.pass(.inventory, Self.forced).counters.valid == 1)
        }
    }

    @Test("never adopts a bad file, but puts it into quarantine")
    func refusesBad() async throws {
        try await PassSite.with { site in
            let hash = try Self.bytes.hash()
            try site.disk(0).plant(TestBytes(size: 30_000, seed: 2), as: hash)
            let outcome = try await site.pass(.inventory)
            #expect(outcome.counters.adopted == 0)
            #expect(outcome.counters.quarantined == 1)
            #expect(try await site.catalog.content(hash) == nil)
            #expect(try site.disk(0).quarantinedFiles().count == 1)
            #expect(try site.disk(0).contentFiles().isEmpty)
        }
    }

    @Test("takes off what the volume does not have, and keeps the last as damaged")
    func missing() async throws {
        try await PassSite.with(2) { site in
            let both = try await site.put(Self.bytes, on: [0, 1])
            let last = try await site.put(TestBytes(size: 999), on: [0])
            for hash in [both, last] { try site.disk(0).removeFile(of: hash) }
            let outcome = try await site.pass(.inventory)
            #expect(outcome.counters == PassCounters(missing: 2))
            #expect(try await site.recorded(both) == [1])
            #expect(try await site.recorded(last) == [0])
            #expect(try await site.catalog.content(last)?.isDamaged == true)
            #expect(try await site.catalog.damagedCount() == 1)
        }
    }

    @Test("finds that a damaged content is whole again")
    func mended() async throws {
        try await PassSite.with { site in
            let hash = try await site.put(Self.bytes, on: [0])
            try site.disk(0).removeFile(of: hash)
            _ = try await site.pass(.inventory)
            #expect(try await site.catalog.damagedCount() == 1)
            try site.disk(0).plant(Self.bytes, as: hash)
            _ = try await site.pass(.inventory)
            #expect(try await site.catalog.damagedCount() == 0)
            #expect(try await site.recorded(hash) == [0])
        }
    }

    @Test("puts a file of another size into quarantine")
    func truncated() async throws {
        try await PassSite.with(2) { site in
            let hash = try await site.put(Self.bytes, on: [0, 1])
            try site.disk(0).cut(hash, to: 1000)
            let outcome = try await site.pass(.inventory)
            #expect(outcome.counters.quarantined == 1)
            #expect(try await site.recorded(hash) == [1])
            #expect(try site.disk(0).quarantinedFiles().count == 1)
        }
    }

    @Test("makes lost attributes anew when it looks at every file")
    func repairs() async throws {
        try await PassSite.with { site in
            let hash = try await site.put(Self.bytes, on: [0])
            try site.disk(0).loseAttributes(of: hash)
            #expect(try await site.pass(.inventory).counters.valid == 1)
            #expect(try await site.pass(.inventory, Self.forced).counters.repaired == 1)
            let content = try await site.catalog.content(hash)
            #expect(try await site.stores[0].find(hash)?.attributes == content?.attributes)
        }
    }

    @Test("leaves foreign files alone and counts them")
    func foreign() async throws {
        try await PassSite.with { site in
            let folder = "\(site.disk(0).folder)/content/sha1/ab"
            let names = ["README", "ab.tmp", "caf\u{e9}", String(repeating: "z", count: 40)]
            for name in names {
                try Data("foreign".utf8).write(to: URL(filePath: "\(folder)/\(name)"))
            }
            try FileManager.default.createSymbolicLink(
                atPath: "\(folder)/ab\(String(repeating: "0", count: 38))",
                withDestinationPath: "/etc/hostname")
            let outcome = try await site.pass(.inventory, Self.forced)
            #expect(outcome.counters == PassCounters(foreign: 5))
            for name in names {
                #expect(FileManager.default.fileExists(atPath: "\(folder)/\(name)"))
            }
        }
    }

    // MARK: Deleted contents

    @Test(
        "puts files of a deleted content into the trash, and remembers", arguments: [true, false])
    func deleted(hasAttributes: Bool) async throws {
        try await PassSite.with(2) { site in
            let hash = try await site.put(Self.bytes, on: [0, 1])
            _ = try await site.catalog.deleteContents(
                [hash], plan: nil, actor: "test", reason: "test")
            if !hasAttributes { try site.disk(0).loseAttributes(of: hash) }
            let outcome = try await site.pass(.inventory)
            #expect(outcome.counters.trashed == 1)
            #expect(outcome.counters.adopted == 0)
            #expect(try await site.catalog.content(hash) == nil)
            #expect(try site.disk(0).contentFiles().isEmpty)
            let trashed = try site.disk(0).trashedFiles()
            #expect(trashed.count == 1)
            #expect(trashed[0].hasSuffix("/\(hash).1"))
            #expect(try site.disk(0).rememberedTombstones() == [hash: 1])
        }
    }

    @Test("counts the old file of a content that was put again, as one of the new generation")
    func putAgain() async throws {
        try await PassSite.with(2) { site in
            let hash = try await site.put(Self.bytes, on: [0, 1])
            _ = try await site.catalog.deleteContents(
                [hash], plan: nil, actor: "test", reason: "test")
            try await site.put(Self.bytes, on: [1])
            #expect(try await site.recorded(hash) == [1])
            #expect(try await site.pass(.inventory).counters.adopted == 1)
            #expect(try await site.recorded(hash) == [0, 1])
            #expect(try await site.stores[0].find(hash)?.attributes?.generation == 2)
        }
    }
}
