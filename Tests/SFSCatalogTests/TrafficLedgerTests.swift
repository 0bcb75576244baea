import PostgresFixture
import SFSCore
import SFSPostgres
import Testing

@testable import SFSCatalog

@Suite("A ledger of traffic")
struct TrafficLedgerTests {
    private static func ledger(_ catalog: Catalog) -> TrafficLedger {
        TrafficLedger(catalog: catalog, logger: PostgresFixture.logger)
    }

    @Test("adds up what is counted while it is being flushed, and loses nothing")
    func concurrent() async throws {
        try await PostgresFixture.withCatalog { catalog, _ in
            try await Samples.put(catalog, 1)
            let ledger = Self.ledger(catalog)
            let token = try await catalog.createPurchase(try Samples.purchase(1)).token
            let hashes = try (0..<5000).map { try Samples.hash($0) }
            try await withThrowingDiscardingTaskGroup { group in
                for _ in 0..<4 {
                    group.addTask {
                        for hash in hashes {
                            ledger.count(
                                hash: hash, store: StoreNumber(3), purchase: token, viewer: [1],
                                bytes: 7)
                        }
                    }
                    group.addTask { try await ledger.flush() }
                }
            }
            try await ledger.flush()
            let totals = try await catalog.traffic(of: hashes)
            #expect(totals.count == 5000)
            #expect(totals.values.allSatisfy { $0.total == TrafficCount(hits: 4, bytes: 28) })
            #expect(try await catalog.purchase(token)?.hits == 20_000)
            #expect(try await catalog.purchase(token)?.bytes == 140_000)
        }
    }

    @Test("puts back what could not be written, and writes it the next time, once")
    func failure() async throws {
        try await PostgresFixture.withCatalog { catalog, database in
            try await Samples.put(catalog, 1)
            let ledger = Self.ledger(catalog)
            let hash = try Samples.hash(1)
            let token = try await catalog.createPurchase(try Samples.purchase(1)).token
            func count() {
                ledger.count(
                    hash: hash, store: StoreNumber(1), purchase: token, viewer: [1], bytes: 10)
            }
            count()
            // Contents can be written then, and what comes after them cannot.
            try await database.query("ALTER TABLE purchase RENAME TO hidden")
            await #expect(throws: SFSError.self) { try await ledger.flush() }
            count()
            await #expect(throws: SFSError.self) { try await ledger.flush() }
            try await database.query("ALTER TABLE hidden RENAME TO purchase")
            count()
            try await ledger.flush()
            try await ledger.flush()
            let expected = TrafficCount(hits: 3, bytes: 30)
            #expect(try await catalog.traffic(of: [hash])[hash]?.total == expected)
            #expect(try await catalog.purchase(token)?.hits == 3)
            let slot: Int64 = try await database.query("SELECT hits FROM slot")[0][0]
            #expect(slot == 3)
        }
    }

    @Test("flushes while it runs, and a last time when it is closed")
    func run() async throws {
        try await PostgresFixture.withCatalog { catalog, _ in
            let ledger = Self.ledger(catalog)
            let hash = try Samples.hash(1)
            func count() {
                ledger.count(
                    hash: hash, store: StoreNumber(1), purchase: nil, viewer: nil, bytes: -1)
            }
            func hits() async throws -> Int64? {
                try await catalog.traffic(of: [hash])[hash]?.total.hits
            }
            try await withThrowingTaskGroup(of: Void.self) { group in
                group.addTask { await ledger.run(every: .milliseconds(20)) }
                count()
                try await eventually { try await hits() == 1 }
                group.cancelAll()
            }
            count()
            await ledger.close()
            #expect(try await hits() == 2)
        }
    }

    @Test("has room for so many keys of a kind, of viewers fewer, and says what it left out")
    func bounded() throws {
        var tally = TrafficTally()
        let count = TrafficCount(hits: 1, bytes: 1)
        let store = StoreNumber(1)
        let half = TrafficTally.keysMaximum / 2
        for number in 0..<half {
            tally.add(ContentTraffic(hash: try Samples.hash(number), store: store, count: count))
        }
        let hash = try Samples.hash(0)
        for number in 0..<TrafficTally.slotsMaximum + 5 {
            let viewer = (0..<4).map { UInt8(truncatingIfNeeded: number >> (8 * $0)) }
            tally.add(SlotTraffic(viewer: viewer, hash: hash, store: store, count: count))
        }
        #expect(tally.takeDropped() == 5)
        for number in half..<TrafficTally.keysMaximum + 3 {
            tally.add(ContentTraffic(hash: try Samples.hash(number), store: store, count: count))
        }
        // What is there goes on being counted.
        tally.add(ContentTraffic(hash: hash, store: store, count: count))
        #expect(tally.takeDropped() == 3)
        #expect(tally.takeDropped() == 0)
        let batch = tally.take()
        #expect(batch.contents.count == TrafficTally.keysMaximum)
        #expect(batch.slots.count == TrafficTally.slotsMaximum)
        #expect(batch.contents.first { $0.hash == hash }?.count.hits == 2)
        #expect(tally.take() == TrafficBatch())
        let parts = batch.batches(of: 30_000)
        #expect(parts.map(\.contents.count) == [30_000, 30_000, 30_000, 10_000, 0])
        #expect(parts.map(\.slots.count) == [0, 0, 0, 0, TrafficTally.slotsMaximum])
    }
}
