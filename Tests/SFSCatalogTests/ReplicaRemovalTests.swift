import PostgresFixture
import SFSCatalog
import SFSCore
import SFSPostgres
import Testing

@Suite("Taking a store off a content")
struct ReplicaRemovalTests {
    @Test("needs enough other stores that are proven and still counted, and writes to the audit")
    func begin() async throws {
        try await PostgresFixture.withCatalog { catalog, database in
            let hash = try Samples.hash(1)
            _ = try await catalog.record(Samples.content(hash, stores: [1, 2, 3]))
            // Its own word counts for nothing, nor does that of a store that is not counted.
            for proven: [Int16] in [[], [2], [1, 2], [2, 9], [1, 9]] {
                #expect(try await begin(catalog, hash, 1, proven) == .refused)
            }
            #expect(try await begin(catalog, hash, 1, [2, 3], generation: 2) == .refused)
            #expect(try await begin(catalog, hash, 9, [2, 3]) == .unknown)
            #expect(try await begin(catalog, try Samples.hash(2), 1, [2, 3]) == .unknown)
            #expect(try await catalog.content(hash)?.stores == Samples.numbers([1, 2, 3]))
            #expect(try await begin(catalog, hash, 1, [2, 3]) == .removed)
            #expect(try await begin(catalog, hash, 1, [2, 3]) == .unknown)
            #expect(try await catalog.content(hash)?.stores == Samples.numbers([2, 3]))
            let lines = try await database.query("SELECT actor, subject, reason FROM audit")
            #expect(lines.count == 1)
            #expect(try lines[0]["subject"] as String == "\(hash) on 1")
        }
    }

    @Test("is not undone by a put that saw the replica before; one that looks again may count it")
    func fence() async throws {
        try await PostgresFixture.withCatalog { catalog, _ in
            let hash = try Samples.hash(1)
            _ = try await catalog.record(Samples.content(hash, stores: [1, 2, 3]))
            let before = try await catalog.lookup(hash).now
            #expect(try await begin(catalog, hash, 1, [2, 3]) == .removed)
            let error = await #expect(throws: SFSError.self) {
                try await catalog.record(Samples.content(hash, stores: [1, 2], since: before))
            }
            #expect(error?.code == .conflict)
            #expect(try await catalog.content(hash)?.stores == Samples.numbers([2, 3]))
            // The others were not removed.
            _ = try await catalog.record(Samples.content(hash, stores: [2, 3], since: before))
            try await Task.sleep(for: .milliseconds(5))
            let after = try await catalog.lookup(hash).now
            _ = try await catalog.record(Samples.content(hash, stores: [1], since: after))
            #expect(try await catalog.content(hash)?.stores == Samples.numbers([1, 2, 3]))
        }
    }

    @Test("leaves the minimum when all ask at once with the same proof")
    func race() async throws {
        try await PostgresFixture.withCatalog { catalog, _ in
            let hash = try Samples.hash(1)
            let all = (Int16(1)...8).map { $0 }
            _ = try await catalog.record(Samples.content(hash, stores: all))
            try await withThrowingTaskGroup(of: Void.self) { group in
                for store in all {
                    group.addTask { _ = try await begin(catalog, hash, store, all) }
                }
                try await group.waitForAll()
            }
            #expect(try await catalog.content(hash)?.stores.count == 2)
        }
    }

    @Test("keeps the last one, however bad, and marks the content as damaged until it is put again")
    func bad() async throws {
        try await PostgresFixture.withCatalog { catalog, database in
            let hash = try Samples.hash(1)
            _ = try await catalog.record(Samples.content(hash, stores: [1, 2]))
            #expect(try await drop(catalog, hash, 2) == .removed)
            #expect(try await drop(catalog, hash, 2) == .unknown)
            #expect(try await drop(catalog, hash, 1) == .refused)
            #expect(try await catalog.content(hash)?.stores == Samples.numbers([1]))
            let state: Int16 = try await database.query("SELECT state FROM content")[0][0]
            #expect(state == 2)
            _ = try await catalog.record(Samples.content(hash, stores: [3]))
            let healed: Int16 = try await database.query("SELECT state FROM content")[0][0]
            #expect(healed == 1)
            #expect(try await drop(catalog, hash, 1) == .removed)
        }
    }

    private func begin(
        _ catalog: Catalog, _ hash: ContentHash, _ store: Int16, _ proven: [Int16],
        generation: Int32 = 1
    ) async throws -> ReplicaRemoval {
        try await catalog.beginRemoval(
            of: hash, generation: generation, from: StoreNumber(store),
            proven: Samples.numbers(proven), minimum: 2, actor: "test", reason: "proven")
    }

    private func drop(
        _ catalog: Catalog, _ hash: ContentHash, _ store: Int16
    ) async throws -> ReplicaRemoval {
        try await catalog.removeBadReplica(
            of: hash, on: StoreNumber(store), actor: "test", reason: "damaged")
    }
}
