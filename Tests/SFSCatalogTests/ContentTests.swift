import PostgresFixture
import SFSCatalog
import SFSCore
import SFSPostgres
import Testing

@Suite("A catalog's contents")
struct ContentTests {
    @Test("come back as they were recorded")
    func roundTrip() async throws {
        try await PostgresFixture.withCatalog { catalog, _ in
            for algorithm in HashAlgorithm.allCases {
                let hash = try ContentHash(
                    bytes: [UInt8](repeating: 9, count: algorithm.digestLength))
                #expect(try await catalog.content(hash) == nil)
                let new = Samples.content(hash, size: 5 << 32, stores: [3, 1])
                let recorded = try await catalog.record(new)
                #expect(recorded.isNew)
                let found = try #require(try await catalog.content(hash))
                #expect(found == recorded.content)
                #expect(found.hash == hash)
                #expect(found.size == 5 << 32)
                #expect(found.attributes == new.attributes)
                #expect(found.want == 2)
                #expect(found.stores == Samples.numbers([1, 3]))
            }
        }
    }

    @Test("are recorded twice as once, and gain the stores of later puts")
    func topUp() async throws {
        try await PostgresFixture.withCatalog { catalog, _ in
            let hash = try Samples.hash(1)
            let first = try await catalog.record(Samples.content(hash, stores: [2, 1]))
            let again = try await catalog.record(Samples.content(hash, stores: [1, 2]))
            #expect(!again.isNew)
            #expect(again.content == first.content)
            var more = Samples.content(hash, want: 3, stores: [5, 2])
            more.attributes.mediaType = "text/plain"
            let topped = try await catalog.record(more)
            #expect(topped.content.stores == Samples.numbers([1, 2, 5]))
            #expect(topped.content.want == 3)
            #expect(topped.content.attributes.mediaType == "video/mp4")
            let fewer = try await catalog.record(Samples.content(hash, want: 1, stores: []))
            #expect(fewer.content == topped.content)
        }
    }

    @Test("are one row after 64 puts of the same bytes at once")
    func concurrent() async throws {
        try await PostgresFixture.withCatalog { catalog, database in
            let hash = try Samples.hash(1)
            let newCount = try await withThrowingTaskGroup(of: Bool.self) { group in
                for task in 0..<64 {
                    group.addTask {
                        let new = Samples.content(hash, stores: [Int16(task % 8 + 1)])
                        return try await catalog.record(new).isNew
                    }
                }
                return try await group.reduce(0) { $0 + ($1 ? 1 : 0) }
            }
            #expect(newCount == 1)
            let count: Int = try await database.query("SELECT count(*) FROM content")[0][0]
            #expect(count == 1)
            #expect(try await catalog.content(hash)?.stores == Samples.numbers(Array(1...8)))
        }
    }

    @Test("are not recorded with another size or generation than they have")
    func mismatch() async throws {
        try await PostgresFixture.withCatalog { catalog, _ in
            let hash = try Samples.hash(1)
            let known = try await catalog.record(Samples.content(hash, generation: 2, stores: [1]))
            for wrong in [
                Samples.content(hash, size: 1001, generation: 2, stores: [2]),
                Samples.content(hash, generation: 1, stores: [2]),
                Samples.content(hash, generation: 3, stores: [2]),
            ] {
                let error = await #expect(throws: SFSError.self) {
                    _ = try await catalog.record(wrong)
                }
                #expect(error?.code == .conflict)
            }
            #expect(try await catalog.content(hash) == known.content)
        }
    }

    @Test("have the generation after the last that was deleted, and no deleted one comes back")
    func generations() async throws {
        try await PostgresFixture.withCatalog { catalog, database in
            let hash = try Samples.hash(1)
            let unknown = try await catalog.lookup(hash)
            #expect(unknown.content == nil)
            #expect(unknown.generation == 1)
            #expect(unknown.now > Timestamp(milliseconds: 1_700_000_000_000))
            let live = try await catalog.record(Samples.content(hash, generation: 4, stores: [1]))
            #expect(try await catalog.lookup(hash).content == live.content)
            #expect(try await catalog.lookup(hash).generation == 4)
            try await database.query("DELETE FROM content")
            try await database.query(
                "INSERT INTO tombstone (hash, generation) VALUES ($1, 4)", [.bytes(hash.bytes)])
            #expect(try await catalog.lookup(hash).generation == 5)
            let error = await #expect(throws: SFSError.self) {
                _ = try await catalog.record(Samples.content(hash, generation: 4, stores: [1]))
            }
            #expect(error?.code == .conflict)
            #expect(try await catalog.content(hash) == nil)
            let next = try await catalog.record(Samples.content(hash, generation: 5, stores: [1]))
            #expect(next.isNew)
        }
    }

    @Test("do not come back when they are deleted while a put waits for their row")
    func deletedMeanwhile() async throws {
        try await PostgresFixture.withCatalog { catalog, database in
            let hash = try Samples.hash(1)
            _ = try await catalog.record(Samples.content(hash, stores: [1]))
            let put = try await database.transaction { transaction in
                try await transaction.query(
                    "DELETE FROM content WHERE hash = $1", [.bytes(hash.bytes)])
                let put = Task { try await catalog.record(Samples.content(hash, stores: [2])) }
                while try await transaction.query(
                    "SELECT FROM pg_locks WHERE NOT granted AND locktype = 'transactionid'"
                ).isEmpty {}
                try await transaction.query(
                    "INSERT INTO tombstone (hash, generation) VALUES ($1, 1)",
                    [.bytes(hash.bytes)])
                return put
            }
            let error = await #expect(throws: SFSError.self) { _ = try await put.value }
            #expect(error?.code == .conflict)
            #expect(try await catalog.content(hash) == nil)
        }
    }

    @Test("are found 10,000 at a time, and no more")
    func bulk() async throws {
        try await PostgresFixture.withCatalog { catalog, _ in
            let hashes = try (0..<10_000).map { try Samples.hash($0) }
            for hash in hashes.prefix(3) {
                _ = try await catalog.record(Samples.content(hash, stores: [1, 2]))
            }
            #expect(Set(try await catalog.contents(hashes).map(\.hash)) == Set(hashes.prefix(3)))
            #expect(try await catalog.contents(Array(hashes[2..<4])).map(\.hash) == [hashes[2]])
            #expect(try await catalog.contents([]).isEmpty)
            let error = await #expect(throws: SFSError.self) {
                _ = try await catalog.contents(hashes + [hashes[0]])
            }
            #expect(error?.code == .tooLarge)
        }
    }

    @Test("lose a store that proved not to hold them, with a line in the audit")
    func removal() async throws {
        try await PostgresFixture.withCatalog { catalog, database in
            let hash = try Samples.hash(1)
            _ = try await catalog.record(Samples.content(hash, stores: [1, 2, 3]))
            for _ in 0..<2 {
                try await catalog.removeReplicas(
                    of: hash, on: Samples.numbers([2, 9]), actor: "prism p1", reason: "not found")
            }
            #expect(try await catalog.content(hash)?.stores == Samples.numbers([1, 3]))
            try await catalog.removeReplicas(
                of: hash, on: Samples.numbers([1, 3]), actor: "prism p1", reason: "not found")
            #expect(try await catalog.content(hash)?.stores == [])
            let lines = try await database.query(
                "SELECT actor, action, subject, reason FROM audit ORDER BY number")
            #expect(lines.count == 2)
            #expect(try lines[0]["subject"] as String == "\(hash) on 2,9")
            #expect(try lines[0]["reason"] as String == "not found")
        }
    }
}
