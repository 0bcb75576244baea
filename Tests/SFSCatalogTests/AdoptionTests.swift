import PostgresFixture
import SFSCatalog
import SFSCore
import SFSPostgres
import Testing

@Suite("Adopting a good file")
struct AdoptionTests {
    @Test("makes a content of one that is not known, with what the file says of itself")
    func unknown() async throws {
        try await Samples.withStores { catalog, _ in
            let hash = try Samples.hash(1)
            let attributes = Samples.content(hash, generation: 3, stores: []).attributes
            let adopted = try await adopt(attributes, on: 2, want: 3, catalog)
            #expect(adopted == .counted(generation: 3, isNew: true))
            #expect(
                try await catalog.content(hash)
                    == ContentRecord(
                        hash: hash, size: 1000, attributes: attributes, want: 3,
                        stores: [StoreNumber(2)]))
            #expect(
                try await adopt(attributes, on: 2, catalog) == .counted(generation: 3, isNew: false)
            )
            #expect(try await catalog.stores(of: 1) == [2])
        }
    }

    @Test("that says nothing of itself makes a content of no type")
    func bare() async throws {
        try await Samples.withStores { catalog, _ in
            #expect(try await adopt(nil, on: 2, catalog) == .counted(generation: 1, isNew: true))
            let content = try #require(try await catalog.content(Samples.hash(1)))
            #expect(content.attributes.fileExtension == "")
            #expect(content.attributes.mediaType == "application/octet-stream")
            #expect(content.attributes.created > Timestamp(milliseconds: 1_700_000_000_000))
        }
    }

    @Test("adds its store to a content that lives, which keeps its generation")
    func known() async throws {
        try await Samples.withStores { catalog, database in
            let hash = try Samples.hash(1)
            let before = try await catalog.record(
                Samples.content(hash, generation: 4, stores: [1, 3]))
            for generation: Int32 in [4, 1, 9] {
                let attributes = Samples.content(hash, generation: generation, stores: [])
                    .attributes
                let adopted = try await adopt(attributes, on: 2, catalog)
                #expect(adopted == .counted(generation: 4, isNew: false))
            }
            #expect(try await adopt(nil, on: 4, catalog) == .counted(generation: 4, isNew: false))
            var expected = before.content
            expected.stores = Samples.numbers([1, 2, 3, 4])
            #expect(try await catalog.content(hash) == expected)
            // It is not one for load any more.
            try await database.query(
                "INSERT INTO extra_replica (hash, size, store) VALUES ($1, 1000, 2)",
                [.bytes(hash.bytes)])
            _ = try await adopt(nil, on: 2, catalog)
            #expect(try await catalog.extraBytes() == 0)
        }
    }

    @Test("is refused when the size differs, or the replica was removed since it was looked at")
    func refusals() async throws {
        try await Samples.withStores { catalog, _ in
            let hash = try Samples.hash(1)
            try await Samples.put(catalog, 1, on: [1, 2, 3])
            let before = try await catalog.now()
            #expect(try await adopt(nil, on: 4, size: 999, catalog) == .refused)
            let removal = try await catalog.beginRemoval(
                of: hash, generation: 1, from: StoreNumber(3), proven: Samples.numbers([1, 2]),
                minimum: 2, actor: "alice", reason: "")
            #expect(removal == .removed)
            #expect(try await adopt(nil, on: 3, since: before, catalog) == .refused)
            #expect(try await catalog.stores(of: 1) == [1, 2])
            #expect(try await adopt(nil, on: 3, catalog) == .counted(generation: 1, isNew: false))
        }
    }

    @Test("is for the trash when its content was deleted, and nobody knows better")
    func deleted() async throws {
        try await Samples.withStores { catalog, _ in
            let hash = try Samples.hash(1)
            _ = try await catalog.record(Samples.content(hash, generation: 2, stores: [1]))
            try await delete(catalog)
            for generation: Int32? in [1, 2, 0, nil] {
                let attributes = generation.map {
                    Samples.content(hash, generation: $0, stores: []).attributes
                }
                #expect(try await adopt(attributes, on: 2, catalog) == .deleted(generation: 2))
            }
            #expect(try await catalog.content(hash) == nil)
            // A put that was not recorded: it came after the deletion.
            let next = Samples.content(hash, generation: 3, stores: []).attributes
            #expect(try await adopt(next, on: 2, catalog) == .counted(generation: 3, isNew: true))
        }
    }

    @Test("of a generation that was deleted counts when the content was put again, and is safe")
    func putAgain() async throws {
        try await Samples.withStores { catalog, _ in
            let hash = try Samples.hash(1)
            try await Samples.put(catalog, 1, on: [1, 2])
            try await delete(catalog)
            _ = try await catalog.record(Samples.content(hash, generation: 2, stores: [3, 4]))
            // Store 1 was away; its order for the trash is of the file that is adopted now.
            let trash = try #require(try await catalog.claim(1).first)
            let old = Samples.content(hash, generation: 1, stores: []).attributes
            #expect(try await adopt(old, on: 1, size: 7, catalog) == .refused)
            #expect(try await adopt(old, on: 1, catalog) == .counted(generation: 2, isNew: false))
            #expect(try await !catalog.finishTask(trash))
            #expect(try await catalog.tasks(of: 1).map(\.store.value) == [2])
            #expect(try await adopt(nil, on: 2, catalog) == .counted(generation: 2, isNew: false))
            #expect(try await catalog.stores(of: 1) == [1, 2, 3, 4])
            #expect(try await catalog.tasks(of: 1).isEmpty)
        }
    }

    @Test("heals a content whose only replica was bad, and does not count that one any more")
    func damaged() async throws {
        try await Samples.withStores { catalog, _ in
            let hash = try Samples.hash(1)
            #expect(try await catalog.damagedCount() == 0)
            for (number, healer) in [(1, Int16(2)), (2, 1)] {
                try await Samples.put(catalog, number, on: [1])
                let removal = try await catalog.removeBadReplica(
                    of: Samples.hash(number), on: StoreNumber(1), actor: "alice", reason: "rot")
                #expect(removal == .refused)
                #expect(try await catalog.damagedCount() == 1)
                let damaged = try await catalog.damaged(limit: 9)
                #expect(damaged.map(\.hash) == [try Samples.hash(number)])
                let adopted = try await adopt(nil, number, on: healer, catalog)
                #expect(adopted == .counted(generation: 1, isNew: false))
                #expect(try await catalog.stores(of: number) == [healer])
                #expect(try await catalog.damaged(limit: 9).isEmpty)
            }
            #expect(try await catalog.content(hash)?.isDamaged == false)
        }
    }

    @Test("at the same time as puts of the same bytes loses no store")
    func race() async throws {
        try await Samples.withStores { catalog, _ in
            let hashes = try (0..<8).map { try Samples.hash($0) }
            try await withThrowingDiscardingTaskGroup { group in
                for (number, hash) in hashes.enumerated() {
                    for store in Int16(1)...4 {
                        group.addTask {
                            let attributes = Samples.content(hash, stores: []).attributes
                            let adopted = try await adopt(attributes, number, on: store, catalog)
                            guard case .counted(generation: 1, _) = adopted else {
                                Issue.record("\(adopted)")
                                return
                            }
                        }
                        group.addTask {
                            _ = try await catalog.record(Samples.content(hash, stores: [store]))
                        }
                    }
                }
            }
            for number in 0..<8 {
                #expect(try await catalog.stores(of: number) == [1, 2, 3, 4])
            }
        }
    }

    @Test("does not bring back what is deleted while it waits")
    func deletedMeanwhile() async throws {
        try await Samples.withStores { catalog, database in
            try await Samples.put(catalog, 1, on: [1])
            let attributes = Samples.content(try Samples.hash(1), stores: []).attributes
            let since = try await catalog.now()
            let adopted = try await waiting(
                for: [(Samples.deletion, [.bytes(try Samples.hash(1).bytes)])], in: database
            ) { try await adopt(attributes, on: 2, since: since, catalog) }
            #expect(adopted == .deleted(generation: 1))
            #expect(try await catalog.content(Samples.hash(1)) == nil)
        }
    }

    @Test("and deletions at once end without the content, or with one that was put since")
    func deletionRace() async throws {
        try await Samples.withStores { catalog, database in
            let hashes = try (0..<10).map { try Samples.hash($0) }
            for number in 0..<10 { try await Samples.put(catalog, number, on: [1, 2]) }
            try await withThrowingDiscardingTaskGroup { group in
                group.addTask {
                    _ = try await catalog.deleteContents(hashes, actor: "bob", reason: "")
                }
                for number in 0..<10 {
                    for store in Int16(1)...4 {
                        group.addTask {
                            let old = Samples.content(hashes[number], stores: []).attributes
                            _ = try await adopt(old, number, on: store, catalog)
                        }
                    }
                }
            }
            let contents: Int64 = try await database.query("SELECT count(*) FROM content")[0][0]
            #expect(contents == 0)
            for number in 0..<10 {
                let old = Samples.content(hashes[number], stores: []).attributes
                #expect(try await adopt(old, number, on: 3, catalog) == .deleted(generation: 1))
            }
        }
    }

    private func delete(_ catalog: Catalog) async throws {
        let count = try await catalog.deleteContents([Samples.hash(1)], actor: "bob", reason: "")
        #expect(count == 1)
    }

    private func adopt(
        _ attributes: ContentAttributes?, _ number: Int = 1, on store: Int16, size: Int64 = 1000,
        want: Int = 2, since: Timestamp = Timestamp(milliseconds: 4_000_000_000_000),
        _ catalog: Catalog
    ) async throws -> Adoption {
        try await catalog.adopt(
            Samples.hash(number), size: size, attributes: attributes, on: StoreNumber(store),
            want: want, since: since)
    }
}
