import PostgresFixture
import SFSCatalog
import SFSCore
import SFSPostgres
import Testing

@Suite("A catalog that takes the place of one that was lost")
struct RebuildTests {
    private let id = "8f14e45f-ceea-467f-a0e6-5d5f3b1d2c11"

    @Test("has the cluster's number from the volumes, the first time only")
    func identity() async throws {
        try await PostgresFixture.withDatabase { database in
            let catalog = Catalog(database: database, logger: PostgresFixture.logger)
            let name = try MemberName(parsing: "alpha")
            #expect(
                try await catalog.open(cluster: name, knownID: id)
                    == ClusterIdentity(id: id, name: name))
            #expect(try await catalog.isRebuilding())
            #expect(try await catalog.open(cluster: name).id == id)
            let other = "00000000-0000-0000-0000-000000000001"
            #expect(try await catalog.open(cluster: name, knownID: other).id == id)
            try await catalog.endRebuild()
            #expect(try await !catalog.isRebuilding())
        }
        try await PostgresFixture.withDatabase { database in
            let catalog = Catalog(database: database, logger: PostgresFixture.logger)
            let name = try MemberName(parsing: "alpha")
            let fresh = try await catalog.open(cluster: name)
            #expect(try await !catalog.isRebuilding())
            #expect(try await catalog.open(cluster: name, knownID: id) == fresh)
            #expect(try await !catalog.isRebuilding())
        }
    }

    @Test("adopts nothing but for the rebuild, until that has ended")
    func order() async throws {
        try await withLost { catalog in
            #expect(try await adopt(1, on: 1, rebuilds: false, catalog) == .refused)
            #expect(try await catalog.content(Samples.hash(1)) == nil)
            #expect(
                try await adopt(1, on: 1, catalog) == .counted(generation: 1, isNew: true))
            try await catalog.endRebuild()
            #expect(
                try await adopt(1, on: 2, rebuilds: false, catalog)
                    == .counted(generation: 1, isNew: false))
        }
    }

    @Test("has the greatest generation of all files, and wants as many as were found")
    func greatest() async throws {
        try await withLost { catalog in
            try await catalog.addTombstones([(Samples.hash(2), 4)])
            for (store, generation) in [(Int16(1), Int32(1)), (2, 3), (3, 2)] {
                _ = try await adopt(1, on: store, generation: generation, catalog)
            }
            let content = try #require(try await catalog.content(Samples.hash(1)))
            #expect(content.attributes.generation == 3)
            #expect(content.stores == Samples.numbers([1, 2, 3]))
            #expect(content.want == 2)
            // Old files of what was deleted stay deleted, newer ones are what was put since.
            #expect(try await adopt(2, on: 1, generation: 4, catalog) == .deleted(generation: 4))
            #expect(
                try await adopt(2, on: 2, generation: 5, catalog)
                    == .counted(generation: 5, isNew: true))
            #expect(
                try await adopt(2, on: 1, generation: 4, catalog)
                    == .counted(generation: 5, isNew: false))
            _ = try await adopt(3, on: 1, catalog)
            try await catalog.endRebuild()
            try await catalog.endRebuild()
            let wants = try await [1, 2, 3].asyncMap { number in
                try await catalog.content(Samples.hash(number))?.want
            }
            #expect(wants == [3, 2, 2])
        }
    }

    @Test("keeps what is put before the tombstones of its volumes are in")
    func putMeanwhile() async throws {
        try await withLost { catalog in
            try await Samples.put(catalog, 1, on: [1, 2])
            try await catalog.addTombstones([(Samples.hash(1), 1)])
            // The files say that they are of the first generation, and count all the same.
            for store in Int16(1)...3 {
                #expect(
                    try await adopt(1, on: store, catalog) == .counted(generation: 2, isNew: false))
            }
            try await catalog.endRebuild()
            #expect(try await catalog.content(Samples.hash(1))?.attributes.generation == 2)
            #expect(try await catalog.stores(of: 1) == [1, 2, 3])
        }
    }

    @Test("has no content under its tombstone in the end, however puts and tombstones crossed")
    func crossed() async throws {
        try await withLost { catalog in
            let hashes = try (0..<30).map { try Samples.hash($0) }
            try await withThrowingDiscardingTaskGroup { group in
                for number in 0..<30 {
                    group.addTask {
                        // Refused when the tombstone was first: the client asks again.
                        _ = try? await Samples.put(catalog, number)
                    }
                }
                for half in [hashes.prefix(15), hashes.suffix(15)] {
                    group.addTask { try await catalog.addTombstones(half.map { ($0, 1) }) }
                }
            }
            try await catalog.endRebuild()
            for hash in hashes {
                let known = try await catalog.content(hash)
                #expect(known.map { $0.attributes.generation == 2 } ?? true)
                #expect(try await catalog.lookup(hash).generation == 2)
            }
        }
    }

    private func withLost(_ body: (Catalog) async throws -> Void) async throws {
        try await PostgresFixture.withDatabase { database in
            let catalog = Catalog(database: database, logger: PostgresFixture.logger)
            _ = try await catalog.open(cluster: MemberName(parsing: "alpha"), knownID: id)
            try await body(catalog)
        }
    }

    private func adopt(
        _ number: Int, on store: Int16, generation: Int32 = 1, rebuilds: Bool = true,
        _ catalog: Catalog
    ) async throws -> Adoption {
        let hash = try Samples.hash(number)
        return try await catalog.adopt(
            hash, size: 1000,
            attributes: Samples.content(hash, generation: generation, stores: []).attributes,
            on: StoreNumber(store), want: 2, rebuilds: rebuilds,
            since: Timestamp(milliseconds: 4_000_000_000_000))
    }
}

extension Sequence {
    /// What `transform` makes of each element, one after the other.
    func asyncMap<Result>(
        _ transform: (Element) async throws -> Result
    ) async rethrows -> [Result] {
        var results: [Result] = []
        for element in self { results.append(try await transform(element)) }
        return results
    }
}
