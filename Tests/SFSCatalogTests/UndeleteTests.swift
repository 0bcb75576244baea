import PostgresFixture
import SFSCatalog
import SFSCore
import SFSPostgres
import Testing

@Suite("An undelete")
struct UndeleteTests {
    @Test("has each store that had a replica restore it, for the next generation")
    func restores() async throws {
        try await Samples.withStores { catalog, _ in
            let hash = try Samples.hash(1)
            let before = try await catalog.record(
                Samples.content(hash, want: 3, stores: [1, 2, 3]))
            try await delete(catalog)
            // One of them has done it, another is at it.
            let done = try #require(try await catalog.claim(1).first)
            #expect(try await catalog.finishTask(done))
            let late = try #require(try await catalog.claim(2).first)
            #expect(try await undelete(catalog) == .begun(stores: 3))
            #expect(try await !catalog.finishTask(late))
            #expect(try await catalog.content(hash) == nil)
            for store in Int16(1)...3 {
                let task = try #require(try await catalog.claim(store).first)
                #expect(task.kind == .restore && task.generation == 2)
                let end = try await catalog.finishRestore(
                    task, attributes: before.content.attributes, size: 1000)
                #expect(end == .counted)
            }
            var expected = before.content
            expected.attributes.generation = 2
            #expect(try await catalog.content(hash) == expected)
            #expect(try await undelete(catalog) == .alreadyThere)
            let lines = try await catalog.auditEntries(subject: hash.hex, limit: 10)
            #expect(lines.map(\.action) == ["undelete-content", "delete-content"])
        }
    }

    @Test("begins once, however often it is asked for")
    func twice() async throws {
        try await Samples.withStores { catalog, _ in
            try await Samples.put(catalog, 1, on: [1, 2])
            try await delete(catalog)
            #expect(try await undelete(catalog) == .begun(stores: 2))
            let task = try #require(try await catalog.claim(1).first)
            #expect(try await undelete(catalog) == .begun(stores: 2))
            let end = try await catalog.finishRestore(
                task, attributes: Samples.content(task.hash, stores: []).attributes, size: 1000)
            #expect(end == .counted)
        }
    }

    @Test("is refused for what is unknown, there, or was deleted too long ago")
    func refusals() async throws {
        try await Samples.withStores { catalog, database in
            #expect(try await undelete(catalog) == .unknown)
            try await Samples.put(catalog, 1, on: [1, 2])
            #expect(try await undelete(catalog) == .alreadyThere)
            try await delete(catalog)
            try await database.query(
                "UPDATE tombstone SET deleted_at = deleted_at - interval '25 hours'")
            #expect(try await undelete(catalog) == .tooLate)
            #expect(try await catalog.tasks(of: 1).allSatisfy { $0.kind == .trash })
            // Of a deletion that a volume remembers nobody knows what it was.
            try await catalog.addTombstones([(Samples.hash(2), 1)])
            let hashes = [try Samples.hash(2)]
            let starts = try await catalog.undelete(
                hashes, grace: .seconds(86_400), actor: "bob", reason: "")
            #expect(starts == [hashes[0]: .unknown])
        }
    }

    @Test("has no retired store look for the file")
    func retired() async throws {
        try await Samples.withStores { catalog, database in
            try await Samples.put(catalog, 1, on: [1, 2])
            try await delete(catalog)
            try await database.query("UPDATE store SET retired_at = now() WHERE number = 2")
            #expect(try await undelete(catalog) == .begun(stores: 1))
            let kinds = try await catalog.tasks(of: 1).map(\.kind)
            #expect(kinds == [.restore, .trash])
        }
    }

    @Test("ends when the content is deleted again before it is back")
    func deletedAgain() async throws {
        try await Samples.withStores { catalog, _ in
            let hash = try Samples.hash(1)
            try await Samples.put(catalog, 1, on: [1, 2])
            try await delete(catalog)
            #expect(try await undelete(catalog) == .begun(stores: 2))
            let restore = try #require(try await catalog.claim(1).first)
            try await delete(catalog)
            let end = try await catalog.finishRestore(
                restore, attributes: Samples.content(hash, stores: []).attributes, size: 1000)
            #expect(end == .notOurs)
            #expect(try await catalog.content(hash) == nil)
            // What was restored already is of the second generation.
            #expect(try await catalog.tombstones([hash]) == [hash: 2])
            let tasks = try await catalog.tasks(of: 1)
            #expect(tasks.map(\.kind) == [.trash, .trash])
            #expect(tasks.map(\.generation) == [2, 2])
            #expect(try await undelete(catalog) == .begun(stores: 2))
            #expect(try await catalog.tasks(of: 1).map(\.generation) == [3, 3])
        }
    }

    @Test("that ends meets a put that is not committed: both are deleted, or it is put afterwards")
    func deletedAgainWithPut() async throws {
        try await Samples.withStores { catalog, database in
            let hash = try Samples.hash(1)
            try await Samples.put(catalog, 1, on: [1, 2])
            try await delete(catalog)
            #expect(try await undelete(catalog) == .begun(stores: 2))
            let put = """
                INSERT INTO content (hash, algorithm, size, extension, media_type, generation, want,
                                     stores)
                     VALUES ($1, 2, 1000, '', 'a/b', 2, 2, '{3,4}')
                """
            try await waiting(for: [(put, [.bytes(hash.bytes)])], in: database) {
                try await delete(catalog)
            }
            #expect(try await catalog.content(hash) == nil)
            #expect(try await catalog.tombstones([hash]) == [hash: 2])
            #expect(try await catalog.tasks(of: 1).map(\.store.value) == [1, 2, 3, 4])
        }
    }

    @Test("and deletions of the same contents at once end in one or the other, never in both")
    func race() async throws {
        try await Samples.withStores { catalog, database in
            for number in 0..<20 { try await Samples.put(catalog, number, on: [1, 2]) }
            let hashes = try (0..<20).map { try Samples.hash($0) }
            _ = try await catalog.deleteContents(hashes, actor: "bob", reason: "")
            try await withThrowingDiscardingTaskGroup { group in
                for turn in 0..<12 {
                    group.addTask {
                        if turn.isMultiple(of: 2) {
                            _ = try await catalog.undelete(
                                hashes, grace: .seconds(9), actor: "bob", reason: "")
                        } else {
                            _ = try await catalog.deleteContents(hashes, actor: "bob", reason: "")
                        }
                    }
                }
                group.addTask {
                    for task in try await catalog.claim(1, limit: 50) where task.kind == .restore {
                        let attributes = Samples.content(task.hash, stores: []).attributes
                        _ = try await catalog.finishRestore(
                            task, attributes: attributes, size: 1000)
                    }
                }
            }
            let mixed = try await database.query(
                """
                SELECT count(*) FROM task JOIN tombstone USING (hash)
                 WHERE task.generation <> CASE kind WHEN 'restore' THEN tombstone.generation + 1
                                                    ELSE tombstone.generation END
                """)[0]
            #expect(try mixed[0] as Int64 == 0)
            let revived: Int64 = try await database.query(
                """
                SELECT count(*) FROM content JOIN tombstone USING (hash)
                 WHERE content.generation <= tombstone.generation
                """)[0][0]
            #expect(revived == 0)
        }
    }

    @Test("ends the steps of its plan")
    func plan() async throws {
        try await Samples.withStores { catalog, _ in
            try await Samples.put(catalog, 1, on: [1, 2])
            try await delete(catalog)
            // The orders for the trash are not in the way: some stores may be away.
            let plan = try await Samples.plan(
                catalog, .undelete,
                [Samples.step(.restore, 1, on: 1), Samples.step(.restore, 9, on: 1)])
            try await Samples.apply(plan, catalog)
            let hashes = [try Samples.hash(1), try Samples.hash(9)]
            let starts = try await catalog.undelete(
                hashes, grace: .seconds(99), plan: plan, actor: "bob", reason: "")
            #expect(starts == [hashes[0]: .begun(stores: 2), hashes[1]: .unknown])
            #expect(try await catalog.plan(plan)?.tasks == 2)
            #expect(try await catalog.planSteps(plan, after: nil, limit: 9).isEmpty)
            #expect(try await catalog.tasks(of: 1).map(\.plan) == [plan, plan])
        }
    }

    private func delete(_ catalog: Catalog) async throws {
        let count = try await catalog.deleteContents(
            [Samples.hash(1)], actor: "bob", reason: "not wanted")
        #expect(count == 1)
    }

    private func undelete(_ catalog: Catalog) async throws -> UndeleteStart? {
        let hash = try Samples.hash(1)
        return try await catalog.undelete(
            [hash], grace: .seconds(86_400), actor: "bob", reason: "wanted")[hash]
    }
}
