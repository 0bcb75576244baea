import ClusterFixture
import SFSCatalog
import SFSCore
import SFSStore
import SFSWire
import Testing

/// Inventories while contents come and go, are cut off, and begin again.
@Suite("An inventory amid others")
struct InventoryRaceTests {
    private static let forced = PassOptions(force: true)

    @Test("mistakes no put and no removal for a difference")
    func putsAndRemovals() async throws {
        // Of one folder, so that much is read between its files and the rows of the last ones.
        let contents = try Self.contents(120) { $0.bytes[0] == 7 }.sorted { $0.key < $1.key }
        let restless = contents.suffix(8)
        try await PassSite.with(3) { site in
            for index in site.stores.indices {
                for (hash, bytes) in contents { try site.disk(index).plant(bytes, as: hash) }
                #expect(try await site.pass(.inventory, on: index).counters.adopted == 120)
            }
            let isOver = Flag()
            try await site.whileRunning {
                try await withThrowingTaskGroup(of: Void.self) { group in
                    for index in site.stores.indices {
                        group.addTask {
                            // Each store has one inventory after the other.
                            while !isOver.isSet { try await expectNoDifference(site, on: index) }
                        }
                    }
                    try await withThrowingDiscardingTaskGroup { group in
                        for (hash, bytes) in restless {
                            group.addTask { try await move(hash, bytes, site) }
                        }
                    }
                    isOver.set()
                    try await group.waitForAll()
                }
            }
            for (hash, _) in contents {
                #expect(try await site.recorded(hash) == [0, 1, 2])
                for index in site.stores.indices { #expect(try site.disk(index).isGood(hash)) }
            }
        }
    }

    /// `count` contents whose hashes are as they should be.
    private static func contents(
        _ count: Int, where isWanted: (ContentHash) -> Bool
    ) throws -> [ContentHash: TestBytes] {
        var found: [ContentHash: TestBytes] = [:]
        var seed: UInt64 = 0
        while found.count < count {
            seed += 1
            let bytes = TestBytes(size: 64, seed: seed)
            let hash = try bytes.hash()
            if isWanted(hash) { found[hash] = bytes }
        }
        return found
    }

    /// Has a content go from one store after the other, and come back to it.
    private func move(_ hash: ContentHash, _ bytes: TestBytes, _ site: PassSite) async throws {
        for round in 0..<20 {
            try await site.stores[round % 3].remove(hash, actor: "test")
            try await site.put(bytes, on: [round % 3])
        }
    }

    private func expectNoDifference(_ site: PassSite, on index: Int) async throws {
        try await site.request(.inventory, Self.forced, on: index)
        let outcome = try await site.end(of: .inventory, on: index)
        #expect(outcome.state == .done, "\(outcome.problem ?? "")")
        #expect(outcome.counters.missing == 0)
        #expect(outcome.counters.quarantined == 0)
        #expect(outcome.counters.trashed == 0)
    }

    @Test("ends in the same state however often it is cut off")
    func cutOff() async throws {
        try await PassSite.with(2) { site in
            let hashes = try await site.putMany(90, on: [0, 1])
            for hash in hashes[..<30] { try site.disk(0).removeFile(of: hash) }
            for hash in hashes[30..<60] { try await site.forget(hash, on: 0) }
            try await site.request(.inventory, Self.forced)
            for round in 1...10 {
                try await site.whileRunning([0]) {
                    try await Task.sleep(for: .milliseconds(Int.random(in: 0...25) * round))
                }
            }
            let outcome = try await site.whileRunning([0]) {
                try await site.end(of: .inventory)
            }
            #expect(outcome.state == .done)
            for (number, hash) in hashes.enumerated() {
                #expect(try await site.recorded(hash) == (number < 30 ? [1] : [0, 1]))
                #expect(try site.disk(1).isGood(hash))
                if number >= 30 { #expect(try site.disk(0).isGood(hash)) }
            }
            let again = try await site.pass(.inventory, Self.forced)
            #expect(again.counters == PassCounters(files: 60, valid: 60))
        }
    }

    @Test("and a verify of the same volume find each bad file once")
    func together() async throws {
        try await PassSite.with(2) { site in
            let hashes = try await site.putMany(60, on: [0, 1])
            for hash in hashes[..<20] { try site.disk(0).cut(hash, to: 100) }
            for hash in hashes[20..<30] { try site.disk(0).flipByte(of: hash, at: 9) }
            try await site.request(.inventory, Self.forced)
            try await site.request(.verify, Self.forced)
            let found = try await site.whileRunning {
                try await (
                    site.end(of: .inventory).counters, site.end(of: .verify).counters
                )
            }
            #expect(found.0.quarantined + found.1.quarantined >= 30)
            #expect(try site.disk(0).quarantinedFiles().count == 30)
            for (number, hash) in hashes.enumerated() {
                #expect(try await site.recorded(hash) == (number < 30 ? [1] : [0, 1]))
            }
        }
    }

    @Test("of both holders of a content never takes off both")
    func both() async throws {
        try await PassSite.with(2) { site in
            let hashes = try await site.putMany(40, on: [0, 1])
            for hash in hashes {
                for index in 0...1 { try site.disk(index).removeFile(of: hash) }
            }
            for index in 0...1 { try await site.request(.inventory, on: index) }
            try await site.whileRunning {
                for index in 0...1 {
                    let outcome = try await site.end(of: .inventory, on: index)
                    #expect(outcome.state == .done)
                }
            }
            for hash in hashes {
                #expect(try await site.recorded(hash).count == 1)
                #expect(try await site.isDamaged(hash))
            }
        }
    }

    // MARK: By itself

    @Test("begins by itself after a crash, and not after a clean stop")
    func byItself() async throws {
        try await PassSite.with(settings: { $0.inventoryInterval = .zero }) { site in
            let hash = try await site.put(TestBytes(size: 5000), on: [0])
            await site.stores[0].close()
            try await site.withSuccessor(of: 0) { store in
                try await store.open()
                #expect(try await site.beginsInventory(store) == false)
            }
            // As after a crash: the store did not take its leave.
            try await site.forgetLeave()
            try site.disk(0).removeFile(of: hash)
            try await site.withSuccessor(of: 0) { store in
                try await store.open()
                #expect(try await site.beginsInventory(store))
            }
            #expect(try await site.catalog.damagedCount() == 1)
        }
    }
}
