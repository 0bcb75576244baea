import ClusterFixture
import SFSCatalog
import SFSCore
import SFSStore
import SFSWire
import Testing

/// What a store removes for good, and what it keeps.
@Suite("Pruning a store")
struct StorePruneTests {
    private static let bytes = TestBytes(size: 20_000)

    @Test("removes spool files that nobody holds, and says before what that would be")
    func spool() async throws {
        try await PassSite.with { site in
            let upload = UploadID.random()
            _ = try await site.stores[0].receive(
                upload, algorithm: .sha1, length: nil, body: Self.bytes.stream())
            try site.disk(0).leaveInSpool(Self.bytes)
            for dryRun in [true, false] {
                let entries = try await site.stores[0].prune(
                    StorePruneOrder(kinds: [.spool], dryRun: dryRun))
                #expect(
                    entries == [
                        PruneReply.Entry(
                            kind: .spool, store: site.stores[0].settings.name, count: 1,
                            bytes: 20_000)
                    ])
            }
            // The upload goes on as if nothing had been.
            try await site.stores[0].commit(upload, as: Self.bytes.hash(), .example)
            #expect(try site.disk(0).isGood(Self.bytes.hash()))
            let nothing = try await site.stores[0].prune(
                StorePruneOrder(kinds: [.spool, .votes], dryRun: false))
            #expect(nothing.map(\.count) == [0])
        }
    }

    @Test("leaves trash within its grace alone")
    func grace() async throws {
        try await PassSite.with(3) { site in
            let hash = try await site.put(Self.bytes, on: [0, 1, 2])
            try await site.stores[0].remove(hash, actor: "test")
            let entries = try await prune(site)
            #expect(entries.map(\.count) == [0])
            #expect(try site.disk(0).trashedFiles().count == 1)
        }
    }

    @Test("removes trash past its grace, of deleted contents and of those with enough replicas")
    func trash() async throws {
        try await PassSite.with(3, settings: { $0.trashGrace = .zero }) { site in
            let moved = try await site.put(Self.bytes, on: [0, 1, 2])
            try await site.stores[0].remove(moved, actor: "test")
            let deleted = try await site.put(TestBytes(size: 900), on: [0])
            _ = try await site.catalog.deleteContents([deleted], plan: nil, actor: "t", reason: "t")
            _ = try await site.pass(.inventory)
            #expect(try site.disk(0).trashedFiles().count == 2)
            // Time goes by in steps of the file system's clock.
            let dry = try await site.wait("the end of the grace") {
                let entry = try await prune(site, dryRun: true).first
                return entry?.count == 2 ? entry : nil
            }
            #expect(dry.bytes == 20_900)
            #expect(try site.disk(0).trashedFiles().count == 2)
            #expect(try await prune(site).map(\.bytes) == [20_900])
            #expect(try site.disk(0).trashedFiles().isEmpty)
        }
    }

    @Test("keeps trash of a content that is short of good replicas by now")
    func shortage() async throws {
        try await PassSite.with(3, settings: { $0.trashGrace = .zero }) { site in
            let hash = try await site.put(Self.bytes, on: [0, 1, 2])
            try await site.stores[0].remove(hash, actor: "test")
            try site.disk(1).removeFile(of: hash)
            _ = try await site.pass(.inventory, on: 1)
            #expect(try await site.recorded(hash) == [2])
            let other = try await site.put(TestBytes(size: 900), on: [0])
            _ = try await site.catalog.deleteContents([other], plan: nil, actor: "t", reason: "t")
            _ = try await site.pass(.inventory)
            _ = try await site.wait("the other's end") {
                try await prune(site).first?.count == 1 ? true : nil
            }
            #expect(try site.disk(0).trashedFiles().map { $0.contains(hash.hex) } == [true])
            // With a good copy elsewhere again it is of no use any more.
            try await site.put(Self.bytes, on: [1])
            #expect(try await prune(site).map(\.count) == [1])
        }
    }

    @Test("leaves the trash alone while a lost catalog is rebuilt")
    func rebuilding() async throws {
        try await PassSite.with(3, settings: { $0.trashGrace = .zero }) { site in
            let hash = try await site.put(Self.bytes, on: [0, 1, 2])
            try await site.stores[0].remove(hash, actor: "test")
            try await site.loseCatalog()
            let entries = try await prune(site)
            #expect(entries.first?.problem?.contains("rebuil") == true)
            #expect(try site.disk(0).trashedFiles().count == 1)
        }
    }

    private func prune(
        _ site: PassSite, dryRun: Bool = false
    ) async throws -> [PruneReply.Entry] {
        // A store that is silent for a minute is not counted on.
        try await site.beat()
        return try await site.stores[0].prune(StorePruneOrder(kinds: [.trash], dryRun: dryRun))
    }
}
