import SFSCatalog
import SFSCore
import SFSPostgres
import Testing

@Suite("Extra replicas")
struct ExtraReplicaTests {
    /// Has `store` take an extra replica of the content `number`.
    private func add(_ catalog: Catalog, _ number: Int = 1, on store: Int16) async throws {
        let task = try await catalog.begin(Samples.task(.clone, number, on: store, isExtra: true))
        let end = try await catalog.finishClone(task, since: catalog.now())
        try #require(end == .counted)
    }

    @Test("never count for durability")
    func notCounted() async throws {
        try await Samples.withStores { catalog, _ in
            let hash = try Samples.hash(1)
            try await Samples.put(catalog, on: [1, 2])
            try await add(catalog, on: 3)
            try await add(catalog, on: 4)
            let content = try #require(try await catalog.content(hash))
            #expect(content.stores == Samples.numbers([1, 2]))
            #expect(content.extras == Samples.numbers([3, 4]))
            let risky = try await catalog.contentsAtRisk(lost: Samples.numbers([1]), limit: 9)
            #expect(risky.map(\.hash) == [hash])
            #expect(try await catalog.risk(down: Samples.numbers([1])).atRisk == 1)
            #expect(try await catalog.usage()[StoreNumber(3)] == nil)
            // Nor is a removal proven by one.
            let removal = try await catalog.beginRemoval(
                of: hash, generation: 1, from: StoreNumber(1), proven: Samples.numbers([2, 3, 4]),
                minimum: 2, actor: "s1", reason: "")
            #expect(removal == .refused)
        }
    }

    @Test("are none where the store counts, in whatever order that comes")
    func neverBoth() async throws {
        try await Samples.withStores { catalog, database in
            let hash = try Samples.hash(1)
            try await Samples.put(catalog, on: [1, 2])
            try await add(catalog, on: 2)
            #expect(try await catalog.content(hash)?.extras == [])
            try await add(catalog, on: 3)
            let task = try await catalog.begin(Samples.task(.clone, on: 3))
            _ = try await catalog.finishClone(task, since: catalog.now())
            #expect(try await catalog.stores() == [1, 2, 3])
            #expect(try await catalog.extraBytes() == 0)
            // A put that finds the file counts it, and looks at nothing else.
            try await add(catalog, on: 4)
            try await Samples.put(catalog, on: [4])
            #expect(try await catalog.content(hash)?.extras == [])
            #expect(try await catalog.planningContents([hash])[0].extras == [])
        }
    }

    @Test("by clones and extra clones at once are still never both")
    func crowd() async throws {
        try await Samples.withStores { catalog, database in
            for number in 1...40 { try await Samples.put(catalog, number, on: [1, 2]) }
            let since = try await catalog.now()
            _ = try await atOnce(6) { index in
                for number in 1...40 {
                    let store = Int16(3 + (index + number) % 2)
                    _ = try await catalog.addTasks([
                        Samples.task(.clone, number, on: store, isExtra: index % 2 == 0)
                    ])
                    for task in try await catalog.claim(store, limit: 9) {
                        _ = try await catalog.finishClone(task, since: since)
                    }
                }
            }
            let both: Int64 = try await database.query(
                """
                SELECT count(*) FROM extra_replica JOIN content USING (hash)
                 WHERE store = ANY (stores)
                """)[0][0]
            #expect(both == 0)
        }
    }

    @Test("are forgotten before they are given up, unless the store counts")
    func removal() async throws {
        try await Samples.withStores { catalog, database in
            let hash = try Samples.hash(1)
            try await Samples.put(catalog, on: [1, 2])
            try await add(catalog, on: 3)
            let before = try await catalog.now()
            let first = try await catalog.beginExtraRemoval(of: hash, from: StoreNumber(3))
            #expect(first)
            #expect(try await catalog.content(hash)?.extras == [])
            let afterCrash = try await catalog.beginExtraRemoval(of: hash, from: StoreNumber(3))
            #expect(afterCrash)
            // A put that saw the file before does not count it.
            let error = await #expect(throws: SFSError.self) {
                _ = try await catalog.record(
                    Samples.content(hash, stores: [3], since: before))
            }
            #expect(error?.code == .conflict)
            let counted = try await catalog.beginExtraRemoval(of: hash, from: StoreNumber(1))
            #expect(!counted)
            let unknown = try await catalog.beginExtraRemoval(
                of: Samples.hash(2), from: StoreNumber(3))
            #expect(!unknown)
        }
    }

    @Test("stay when a put counts them while their removal waits for it")
    func countedMeanwhile() async throws {
        try await Samples.withStores { catalog, database in
            let hash = try Samples.hash(1)
            try await Samples.put(catalog, on: [1, 2])
            try await add(catalog, on: 3)
            let put = "UPDATE content SET stores = '{1,2,3}' WHERE hash = $1"
            let mayGo = try await waiting(for: [(put, [.bytes(hash.bytes)])], in: database) {
                try await catalog.beginExtraRemoval(of: hash, from: StoreNumber(3))
            }
            #expect(!mayGo)
            #expect(try await catalog.stores() == [1, 2, 3])
        }
    }

    @Test("are gone when their file proved to be bad or was not found")
    func bad() async throws {
        try await Samples.withStores { catalog, _ in
            let hash = try Samples.hash(1)
            try await Samples.put(catalog, on: [1, 2])
            try await add(catalog, on: 3)
            let removal = try await catalog.removeBadReplica(
                of: hash, on: StoreNumber(3), actor: "s3", reason: "bad")
            #expect(removal == .unknown)
            #expect(try await catalog.content(hash)?.extras == [])
            try await eventually {
                let task = try await catalog.begin(Samples.task(.clone, on: 3, isExtra: true))
                return try await catalog.finishClone(task, since: catalog.now()) == .counted
            }
            try await catalog.removeReplicas(
                of: hash, on: Samples.numbers([3]), actor: "p1", reason: "not found")
            #expect(try await catalog.content(hash)?.extras == [])
        }
    }

    @Test("are for contents that are read much, and cool with them")
    func hotAndCold() async throws {
        try await Samples.withStores { catalog, database in
            for number in 1...3 {
                try await Samples.put(catalog, number, on: [1, 2])
                try await add(catalog, number, on: 3)
            }
            for (number, hits, age) in [(1, 50, 0), (2, 70, 0), (3, 900, 5), (4, 999, 0)] {
                try await database.query(
                    """
                    INSERT INTO traffic (hash, store, hour, hits, bytes)
                         SELECT $1, store, date_trunc('hour', now()) - $3 * interval '1 hour', $2, 0
                           FROM generate_series(1, 2) AS store
                    """,
                    [
                        .bytes(try Samples.hash(number).bytes), .int64(Int64(hits)),
                        .int32(Int32(age)),
                    ])
            }
            func hot(_ hits: Int64, limit: Int = 9) async throws -> [Int64] {
                try await catalog.hotContents(hits: hits, within: .hours(1), limit: limit)
                    .map(\.hits)
            }
            #expect(try await hot(100) == [140, 100])
            #expect(try await hot(101) == [140])
            #expect(try await hot(1, limit: 1) == [140])
            let long = try await catalog.hotContents(hits: 500, within: .hours(9), limit: 9)
            #expect(long.map(\.content.hash) == [try Samples.hash(3)])
            #expect(long.first?.content.extras == Samples.numbers([3]))
            func cold(_ hits: Int64) async throws -> [ExtraReplica] {
                try await catalog.coldExtras(hitsBelow: hits, within: .hours(1), limit: 9)
            }
            #expect(
                try await cold(101)
                    == (try [3, 1].map {
                        ExtraReplica(hash: try Samples.hash($0), store: StoreNumber(3), size: 1000)
                    }))
            #expect(try await cold(0).isEmpty)
            _ = try await catalog.addTasks([Samples.task(.remove, 3, on: 3, isExtra: true)])
            #expect(try await cold(101).map(\.hash) == [try Samples.hash(1)])
            #expect(try await catalog.extraBytes() == 3000)
        }
    }
}
