import PostgresFixture
import SFSCore
import SFSPostgres
import Testing

@testable import SFSCatalog

@Suite("A sale")
struct SaleTests {
    private static func soldCount(_ database: PostgresDatabase) async throws -> Int {
        try await database.query("SELECT count(*) FROM purchase")[0][0]
    }

    private static func isSold(_ number: Int, by catalog: Catalog) async throws -> Bool {
        do {
            _ = try await catalog.createPurchase(try Samples.purchase(number))
            return true
        } catch let error as SFSError where error.code == .notFound {
            return false
        }
    }

    @Test("is of a content that some store holds, and of no other")
    func held() async throws {
        try await Samples.withStores { catalog, database in
            try await Samples.put(catalog, 0..<3)
            // The last store of one is removed, another one is deleted, and 3 was never there.
            try await catalog.removeReplicas(
                of: try Samples.hash(1), on: Samples.numbers([1, 2]), actor: "root", reason: "")
            _ = try await catalog.deleteContents(
                [try Samples.hash(2)], actor: "root", reason: "")
            for number in 0..<4 {
                let isSold = try await Self.isSold(number, by: catalog)
                #expect(isSold == (number == 0), "\(number)")
            }
            #expect(try await Self.soldCount(database) == 1)
            try await Samples.put(catalog, 1, on: [3])
            #expect(try await Self.isSold(1, by: catalog))
        }
    }

    @Test("is answered by itself, whatever others are asked for at the same time")
    func together() async throws {
        try await Samples.withStores { catalog, database in
            for number in stride(from: 0, to: 90, by: 3) {
                try await Samples.put(catalog, number)
                try await Samples.put(catalog, number + 1, on: [])
            }
            let numbers = try await atOnce(180) { turn in
                try await Self.isSold(turn / 2, by: catalog) ? turn / 2 : nil
            }.compactMap(\.self).sorted()
            let expected = stride(from: 0, to: 90, by: 3).flatMap { [$0, $0] }
            #expect(numbers == expected)
            let hashes = try await database.query("SELECT hash FROM purchase ORDER BY hash")
            #expect(
                try hashes.map { try ContentHash(bytes: $0[0]) } == expected.map(Samples.hash))
        }
    }

    @Test(
        "has the content's extension when none is asked for",
        arguments: [(nil, "mp4"), ("", ""), ("webm", "webm")] as [(String?, String)])
    func fileExtension(asked: String?, expected: String) async throws {
        try await PostgresFixture.withCatalog { catalog, _ in
            try await Samples.put(catalog, 1)
            var new = try Samples.purchase(1)
            new.fileExtension = asked
            // The first one is asked for alone: there is no partition yet.
            for _ in 0..<2 {
                let sold = try await catalog.createPurchase(new)
                #expect(sold.fileExtension == expected)
                #expect(try await catalog.purchase(sold.token) == sold)
            }
        }
    }

    @Test("waits for a deletion that came before, and finds the content gone")
    func deletion() async throws {
        try await PostgresFixture.withCatalog { catalog, database in
            try await Samples.put(catalog, 1..<3)
            // So that there is a partition.
            #expect(try await Self.isSold(2, by: catalog))
            let isSold = try await waiting(
                for: [
                    (Samples.deletion, [.bytes(try Samples.hash(1).bytes)]),
                    ("LOCK TABLE ONLY purchase IN SHARE ROW EXCLUSIVE MODE", []),
                ], in: database
            ) { try await Self.isSold(1, by: catalog) }
            #expect(!isSold)
            #expect(try await Self.soldCount(database) == 1)
        }
    }

    @Test("at the same time as a deletion is ended by it, or is refused")
    func race() async throws {
        try await Samples.withStores { catalog, database in
            for round in 1...8 as ClosedRange<Int32> {
                let hash = try Samples.hash(1)
                _ = try await catalog.record(
                    Samples.content(hash, generation: round, stores: [1, 2]))
                let sold = try await withThrowingTaskGroup(of: Int.self) { group in
                    for _ in 0..<8 {
                        group.addTask {
                            var count = 0
                            while try await Self.isSold(1, by: catalog) { count += 1 }
                            return count
                        }
                    }
                    group.addTask {
                        try await eventually { try await Self.soldCount(database) > 0 }
                        let deleted = try await catalog.deleteContents(
                            [hash], actor: "root", reason: "")
                        #expect(deleted == 1)
                        return 0
                    }
                    return try await group.reduce(0, +)
                }
                #expect(sold > 0)
                #expect(try await Self.soldCount(database) == 0)
            }
        }
    }
}
