import SFSCatalog
import SFSCore
import SFSPostgres
import Testing

@Suite("The end of a restore")
struct RestoreEndTests {
    private let attributes = ContentAttributes(
        fileExtension: "bin", mediaType: "a/b", created: Timestamp(milliseconds: 5), generation: 1)

    private func delete(_ database: PostgresDatabase) async throws {
        try await database.query(Samples.deletion, [.bytes(try Samples.hash(1).bytes)])
    }

    private func restore(_ store: Int16, generation: Int32 = 2) throws -> NewTask {
        try Samples.task(.restore, on: store, generation: generation)
    }

    @Test("brings a deleted content back as it was, with the next generation")
    func back() async throws {
        try await Samples.withStores { catalog, database in
            try await Samples.put(catalog)
            try await delete(database)
            try await database.query("UPDATE tombstone SET extension = 'mp4'")
            let first = try await catalog.begin(restore(1))
            let end = try await catalog.finishRestore(first, attributes: attributes, size: 1000)
            #expect(end == .counted)
            let second = try await catalog.begin(restore(2))
            let other = try await catalog.finishRestore(second, attributes: attributes, size: 1000)
            #expect(other == .counted)
            let content = try #require(try await catalog.content(Samples.hash(1)))
            #expect(content.stores == Samples.numbers([1, 2]))
            #expect(content.attributes.generation == 2)
            #expect(content.want == 3)
            #expect(content.attributes.fileExtension == "mp4")
            // The tombstone is silent about these.
            #expect(content.attributes.mediaType == "a/b")
            #expect(content.attributes.created == Timestamp(milliseconds: 5))
            #expect(try await catalog.taskTotals().waiting == 0)
        }
    }

    @Test("by all its stores at once makes one content of all")
    func atOnce() async throws {
        try await Samples.withStores { catalog, database in
            try await Samples.put(catalog)
            try await delete(database)
            _ = try await catalog.addTasks((1...4).map { try restore($0) })
            let attributes = attributes
            let ends = try await SFSCatalogTests.atOnce(4) { index in
                let task = try await catalog.claim(Int16(index + 1))[0]
                return try await catalog.finishRestore(task, attributes: attributes, size: 1000)
            }
            #expect(ends.allSatisfy { $0 == .counted })
            #expect(try await catalog.stores() == [1, 2, 3, 4])
        }
    }

    @Test("adds to a content that was put again meanwhile")
    func putAgain() async throws {
        try await Samples.withStores { catalog, database in
            try await Samples.put(catalog)
            try await delete(database)
            let task = try await catalog.begin(restore(1))
            _ = try await catalog.record(
                Samples.content(try Samples.hash(1), generation: 2, stores: [3]))
            let end = try await catalog.finishRestore(task, attributes: attributes, size: 1000)
            #expect(end == .counted)
            #expect(try await catalog.stores() == [1, 3])
        }
    }

    @Test("brings nothing back that has another size, or was deleted once more")
    func refused() async throws {
        try await Samples.withStores { catalog, database in
            try await Samples.put(catalog)
            try await delete(database)
            let small = try await catalog.begin(restore(1))
            let first = try await catalog.finishRestore(small, attributes: attributes, size: 999)
            #expect(first == .contentChanged)
            #expect(try await catalog.stores() == nil)
            let late = try await catalog.begin(restore(1))
            try await database.query("UPDATE tombstone SET generation = 2")
            let second = try await catalog.finishRestore(late, attributes: attributes, size: 1000)
            #expect(second == .contentChanged)
            #expect(try await catalog.stores() == nil)
        }
    }

    @Test("brings nothing back that was put again and is deleted while it waits for the row")
    func deletedMeanwhile() async throws {
        try await Samples.withStores { catalog, database in
            let hash = try Samples.hash(1)
            try await Samples.put(catalog)
            try await delete(database)
            let task = try await catalog.begin(restore(1))
            _ = try await catalog.record(Samples.content(hash, generation: 2, stores: [3]))
            let attributes = attributes
            // It sees the old tombstone, waits for the row, makes it anew, and has to undo that.
            let end = try await waiting(
                for: [(Samples.deletion, [.bytes(hash.bytes)])], in: database
            ) {
                try await catalog.finishRestore(task, attributes: attributes, size: 1000)
            }
            #expect(end == .contentChanged)
            #expect(try await catalog.content(hash) == nil)
        }
    }
}
