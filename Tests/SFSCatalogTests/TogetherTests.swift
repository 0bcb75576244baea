import PostgresFixture
import SFSCatalog
import SFSCore
import SFSPostgres
import Testing

/// What several callers ask for at once travels together, and each gets its own answer.
@Suite("A catalog asked by many at once")
struct TogetherTests {
    @Test("records each content as if it had come alone")
    func records() async throws {
        try await PostgresFixture.withCatalog { catalog, database in
            let recorded = try await withThrowingTaskGroup(of: RecordedContent.self) { group in
                for number in 0..<200 {
                    group.addTask {
                        var content = Samples.content(
                            try Samples.hash(number), size: Int64(number), want: number % 3 + 1,
                            stores: [Int16(number % 5 + 2), 1])
                        content.attributes.fileExtension = number % 2 == 0 ? "" : "e\(number)"
                        return try await catalog.record(content)
                    }
                }
                return try await group.reduce(into: []) { $0.append($1) }
            }
            #expect(recorded.count == 200)
            #expect(recorded.allSatisfy { $0.isNew })
            for number in 0..<200 {
                let hash = try Samples.hash(number)
                let found = try #require(try await catalog.content(hash))
                #expect(found == recorded.first { $0.content.hash == hash }?.content)
                #expect(found.size == Int64(number))
                #expect(found.want == number % 3 + 1)
                #expect(found.stores == Samples.numbers([1, Int16(number % 5 + 2)]))
                #expect(found.attributes.created.milliseconds == 1_795_000_000_123)
                #expect(found.attributes.fileExtension == (number % 2 == 0 ? "" : "e\(number)"))
            }
            let transactions: Int64 = try await database.query(
                "SELECT count(DISTINCT xmin::text) FROM content")[0][0]
            #expect(transactions < 200)
        }
    }

    @Test("refuses the deleted one and no other")
    func deleted() async throws {
        try await PostgresFixture.withCatalog { catalog, database in
            try await database.query(
                "INSERT INTO tombstone (hash, generation) VALUES ($1, 1)",
                [.bytes(try Samples.hash(50).bytes)])
            let failed = try await withThrowingTaskGroup(of: Int?.self) { group in
                for number in 0..<100 {
                    group.addTask {
                        do {
                            let content = Samples.content(try Samples.hash(number), stores: [1, 2])
                            return try await catalog.record(content).isNew ? nil : -1
                        } catch let error as SFSError where error.code == .conflict {
                            return number
                        }
                    }
                }
                return try await group.reduce(into: [Int]()) { all, number in
                    if let number { all.append(number) }
                }
            }
            #expect(failed == [50])
            #expect(try await catalog.totals().contents == 99)
            #expect(try await catalog.lookup(try Samples.hash(50)).generation == 2)
        }
    }

    @Test("looks each hash up")
    func lookups() async throws {
        try await PostgresFixture.withCatalog { catalog, _ in
            for number in 0..<40 where number % 2 == 0 {
                _ = try await catalog.record(
                    Samples.content(try Samples.hash(number), generation: 3, stores: [1]))
            }
            try await withThrowingTaskGroup { group in
                for number in 0..<40 {
                    group.addTask {
                        let hash = try Samples.hash(number)
                        let found = try await catalog.lookup(hash)
                        #expect(found.content?.hash == (number % 2 == 0 ? hash : nil))
                        #expect(found.generation == (number % 2 == 0 ? 3 : 1))
                    }
                }
                try await group.waitForAll()
            }
        }
    }

    @Test("sells each purchase its own token, sites and networks")
    func sales() async throws {
        try await PostgresFixture.withCatalog { catalog, _ in
            try await Samples.put(catalog, 0..<100)
            let sold = try await withThrowingTaskGroup(of: Purchase.self) { group in
                for number in 0..<100 {
                    group.addTask {
                        var new = try Samples.purchase(number, life: Int64(number), account: "a")
                        if number % 3 == 0 {
                            new.referrers = [
                                try Referrer(parsing: "example.com"),
                                try Referrer(parsing: "h\(number).example.com"),
                            ]
                            new.networks = [try IPNetwork(parsing: "192.0.2.0/24")]
                        }
                        return try await catalog.createPurchase(new)
                    }
                }
                return try await group.reduce(into: []) { $0.append($1) }
            }
            #expect(Set(sold.map(\.token)).count == 100)
            for purchase in sold {
                #expect(try await catalog.purchase(purchase.token) == purchase)
                #expect(
                    purchase.expires.milliseconds - purchase.created.milliseconds
                        == purchase.lifeSeconds * 1000)
            }
            #expect(sold.count { $0.referrers.count == 2 && $0.networks.count == 1 } == 34)
        }
    }

    @Test("tells of thousands of contents in the order of the question")
    func existence() async throws {
        try await PostgresFixture.withCatalog { catalog, _ in
            for number in 0..<6 {
                _ = try await catalog.record(
                    Samples.content(
                        try Samples.hash(number), size: Int64(number),
                        stores: number % 2 == 0 ? [1, 2] : [3]))
            }
            for count in [0, 3, 10_000] {
                // Each is asked for twice, and every other one is unknown.
                let numbers = (0..<count).map { $0 / 2 % 12 }
                let found = try await catalog.existence(
                    of: try numbers.map { try Samples.hash($0) })
                #expect(
                    found
                        == numbers.map { number in
                            guard number < 6 else { return nil }
                            return ContentExistence(
                                size: Int64(number),
                                stores: Samples.numbers(number % 2 == 0 ? [1, 2] : [3]))
                        })
            }
            let error = await #expect(throws: SFSError.self) {
                try await catalog.existence(
                    of: [ContentHash](repeating: try Samples.hash(1), count: 10_001))
            }
            #expect(error?.code == .tooLarge)
        }
    }
}
