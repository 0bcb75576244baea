import PostgresFixture
import SFSCatalog
import SFSCore
import SFSPostgres
import Testing

@Suite("Tombstones that a volume remembers")
struct TombstoneTests {
    @Test("are taken in, and never lower a generation")
    func greatest() async throws {
        try await PostgresFixture.withCatalog { catalog, _ in
            let hashes = try (0..<3).map { try Samples.hash($0) }
            try await catalog.addTombstones([])
            try await catalog.addTombstones([(hashes[0], 2), (hashes[1], 5), (hashes[0], 3)])
            try await catalog.addTombstones([(hashes[0], 1), (hashes[1], 7)])
            #expect(try await catalog.tombstones(hashes) == [hashes[0]: 3, hashes[1]: 7])
            #expect(try await catalog.lookup(hashes[0]).generation == 4)
        }
    }

    @Test("keep a content that was put meanwhile, with the generation after them")
    func put() async throws {
        try await PostgresFixture.withCatalog { catalog, _ in
            try await Samples.put(catalog, 1)
            try await Samples.put(catalog, 2)
            try await catalog.addTombstones([(Samples.hash(1), 4)])
            #expect(try await catalog.content(Samples.hash(1))?.attributes.generation == 5)
            #expect(try await catalog.content(Samples.hash(2))?.attributes.generation == 1)
            let lookup = try await catalog.lookup(Samples.hash(1))
            #expect(lookup.generation == 5)
            // It can be topped up, and deleted.
            let more = try await catalog.record(
                Samples.content(Samples.hash(1), generation: 5, stores: [3]))
            #expect(more.content.stores == Samples.numbers([1, 2, 3]))
            let count = try await catalog.deleteContents(
                [Samples.hash(1)], actor: "bob", reason: "")
            #expect(count == 1)
            #expect(try await catalog.tombstones([Samples.hash(1)]).values.first == 5)
        }
    }

    @Test("are asked for 10,000 at a time, and no more")
    func limit() async throws {
        try await PostgresFixture.withCatalog { catalog, _ in
            let hashes = try (0...10_000).map { try Samples.hash($0) }
            try await catalog.addTombstones(hashes.prefix(3).map { ($0, 1) })
            #expect(try await catalog.tombstones(Array(hashes.dropLast())).count == 3)
            let error = await #expect(throws: SFSError.self) {
                _ = try await catalog.tombstones(hashes)
            }
            #expect(error?.code == .tooLarge)
        }
    }
}
