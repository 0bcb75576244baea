import ClusterFixture
import Foundation
import SFSCatalog
import SFSCore
import SFSStore
import SFSWire
import Testing

/// What becomes of a replica that could not be given to somebody who was sent here for it.
@Suite("A replica that cannot be given")
struct DoubtTests {
    private static let bytes = TestBytes(size: 300_000)

    enum Fault: CaseIterable {
        case missing, cut, flipped, link, folder, pipe

        func strike(_ hash: ContentHash, on disk: TestDisk) throws {
            switch self {
            case .missing: try disk.removeFile(of: hash)
            case .cut: try disk.cut(hash, to: 1000)
            case .flipped: try disk.flipByte(of: hash, at: 299_999)
            case .link: try disk.replaceFile(of: hash, by: .link)
            case .folder: try disk.replaceFile(of: hash, by: .folder)
            case .pipe: try disk.replaceFile(of: hash, by: .pipe)
            }
        }
    }

    @Test("is off the record soon, and the store goes on", arguments: Fault.allCases)
    func offRecord(fault: Fault) async throws {
        try await PassSite.with(2) { site in
            let hash = try await site.put(Self.bytes, on: [0, 1])
            try fault.strike(hash, on: site.disk(0))
            await Self.expectNoBytes(of: hash, from: site.stores[0])
            try await Self.whileRunning(site.stores[0]) {
                _ = try await site.wait("the catalog to hear of it", .seconds(20)) {
                    try await site.recorded(hash) == [1] ? true : nil
                }
                let expected = fault == .missing ? 0 : 1
                _ = try await site.wait("the quarantine", .seconds(20)) {
                    try site.disk(0).quarantineCount() == expected ? true : nil
                }
            }
            #expect(site.stores[0].problem == nil)
        }
    }

    @Test("stays on the record when it is the last that is counted")
    func last() async throws {
        try await PassSite.with(2) { site in
            let hash = try await site.put(Self.bytes, on: [0])
            try site.disk(0).removeFile(of: hash)
            await Self.expectNoBytes(of: hash, from: site.stores[0])
            try await Self.whileRunning(site.stores[0]) {
                _ = try await site.wait("the catalog to hear of it", .seconds(20)) {
                    try await site.isDamaged(hash) ? true : nil
                }
            }
            #expect(try await site.recorded(hash) == [0])
        }
    }

    @Test("is taken off by who is asked to verify it, but not while its volume is gone")
    func verify() async throws {
        try await PassSite.with(2) { site in
            let hash = try await site.put(Self.bytes, on: [0, 1])
            let disk = site.disk(0)
            try disk.removeFile(of: hash)
            let (label, away) = ("\(disk.folder)/.sfs-volume", "\(disk.folder)/label-away")
            try FileManager.default.moveItem(atPath: label, toPath: away)
            let gone = await #expect(throws: SFSError.self) {
                _ = try await site.stores[0].verify(hash)
            }
            #expect(gone?.code == .unavailable)
            #expect(try await site.recorded(hash) == [0, 1])
            try FileManager.default.moveItem(atPath: away, toPath: label)
            let missing = await #expect(throws: SFSError.self) {
                _ = try await site.stores[0].verify(hash)
            }
            #expect(missing?.code == .notFound)
            #expect(try await site.recorded(hash) == [1])
        }
    }

    @Test("goes off the record as long as few are missing; for many an inventory is ordered")
    func brake() async throws {
        try await PassSite.with(2) { site in
            let hashes = try await site.putMany(120, on: [0, 1])
            for hash in hashes {
                try site.disk(0).removeFile(of: hash)
                _ = await #expect(throws: SFSError.self) {
                    _ = try await site.stores[0].verify(hash)
                }
            }
            #expect(try await site.recorded(hashes[99]) == [1])
            #expect(try await site.recorded(hashes[100]) == [0, 1])
            #expect(try await site.recorded(hashes[119]) == [0, 1])
            #expect(try await site.state(of: .inventory)?.state == .waiting)
            // Twenty of twenty are left, which an inventory takes off unasked.
            try await site.whileRunning([0]) { _ = try await site.settled(.inventory) }
            #expect(try await site.recorded(hashes[119]) == [1])
        }
    }

    @Test("ends the damage of its content when it is verified and good again")
    func back() async throws {
        try await PassSite.with(1) { site in
            let hash = try await site.put(Self.bytes, on: [0])
            let (path, away) = (site.disk(0).path(of: hash), "\(site.disk(0).folder)/away")
            try FileManager.default.moveItem(atPath: path, toPath: away)
            _ = await #expect(throws: SFSError.self) {
                _ = try await site.stores[0].verify(hash)
            }
            #expect(try await site.isDamaged(hash))
            try FileManager.default.moveItem(atPath: away, toPath: path)
            _ = try await site.stores[0].verify(hash)
            #expect(try await !site.isDamaged(hash))
            #expect(try await site.recorded(hash) == [0])
        }
    }

    private static func expectNoBytes(of hash: ContentHash, from store: Store) async {
        let error = await #expect(throws: SFSError.self) {
            for try await _ in try await store.read(hash, offsets: nil).bytes {}
        }
        #expect([.corrupt, .notFound].contains(error?.code))
    }

    private static func whileRunning(
        _ store: Store, _ body: () async throws -> Void
    ) async throws {
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await store.run() }
            defer { group.cancelAll() }
            try await body()
        }
    }
}

extension TestDisk {
    /// What is in quarantine, whatever it is.
    fileprivate func quarantineCount() throws -> Int {
        try FileManager.default.contentsOfDirectory(atPath: "\(folder)/quarantine").count
    }
}
