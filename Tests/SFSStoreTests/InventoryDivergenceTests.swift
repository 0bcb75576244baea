import ClusterFixture
import Foundation
import NIOCore
import SFSCatalog
import SFSCore
import SFSStore
import SFSWire
import Testing

/// Volumes and catalogs that went astray in many ways at once.
@Suite("An inventory of a volume that went astray")
struct InventoryDivergenceTests {
    /// Other ones at each run; a failure names its own.
    private static let seeds = (0..<4).map { _ in UInt64.random(in: 1...(.max)) }

    /// What has happened to one content.
    enum Mishap: CaseIterable {
        case none, fileRemoved, lastFileRemoved, truncated, flipped
        case rowRemoved, rowRemovedAndFlipped, rowRemovedAndCut
        case attributesLost, rowRemovedAndAttributesLost
        case deleted, deletedAndAttributesLost, deletedAndPutAgain
        case planted, plantedBad
    }

    @Test("brings both together, and loses nothing that is good", arguments: seeds)
    func reconciles(seed: UInt64) async throws {
        var random = SeededGenerator(seed: seed)
        let isForced = Bool.random(using: &random)
        let mishaps = (0..<60).compactMap { _ in Mishap.allCases.randomElement(using: &random) }
        try await PassSite.with(2) { site in
            var cases: [(hash: ContentHash, mishap: Mishap)] = []
            for (number, mishap) in mishaps.enumerated() {
                let bytes = TestBytes(size: 2000 + number, seed: seed)
                cases.append((try await strike(bytes, mishap, site), mishap))
            }
            for (hash, mishap) in cases where mishap == .rowRemoved {
                try await site.forget(hash, on: 0)
            }
            try Data("foreign".utf8).write(
                to: URL(filePath: "\(site.disk(0).folder)/content/sha1/00/foreign"))
            let outcome = try await site.pass(.inventory, PassOptions(force: isForced))
            #expect(outcome.state == .done)
            #expect(outcome.counters.foreign == 1)
            #expect(outcome.counters.failed == 0)
            for (hash, mishap) in cases {
                let comment: Comment = "\(mishap), seed \(seed)"
                #expect(try await site.recorded(hash) == mishap.recorded, comment)
                #expect(try site.disk(0).holds(hash) == mishap.isThere, comment)
                #expect(try await site.isDamaged(hash) == (mishap == .lastFileRemoved), comment)
                guard mishap.isThere, isForced || mishap != .attributesLost else { continue }
                let content = try await site.catalog.content(hash)
                let attributes = try await site.stores[0].find(hash)?.attributes
                #expect(attributes?.generation == content?.attributes.generation, comment)
            }
            let bad = cases.filter(\.mishap.isBad).count
            let deleted = cases.filter(\.mishap.isDeleted).count
            #expect(try site.disk(0).quarantinedFiles().count == bad)
            #expect(outcome.counters.quarantined == bad)
            #expect(try site.disk(0).trashedFiles().count == deleted)
            #expect(outcome.counters.trashed == deleted)
            // Nothing is left to do, but for what can only be told again.
            let again = try await site.pass(.inventory, PassOptions(force: true))
            let last = Int64(cases.filter { $0.mishap == .lastFileRemoved }.count)
            var expected = PassCounters(missing: last, foreign: 1)
            expected.files = Int64(cases.filter(\.mishap.isThere).count)
            expected.bytes = again.counters.bytes
            expected.repaired = again.counters.repaired
            expected.valid = expected.files - expected.repaired
            #expect(again.counters == expected)
            #expect(isForced ? expected.repaired == 0 : true)
        }
    }

    /// Makes `bytes` a content that `mishap` has happened to.
    private func strike(
        _ bytes: TestBytes, _ mishap: Mishap, _ site: PassSite
    ) async throws -> ContentHash {
        let (hash, disk) = (try bytes.hash(), site.disk(0))
        switch mishap {
        case .planted:
            try disk.plant(bytes, as: hash)
            return hash
        case .plantedBad:
            try disk.plant(TestBytes(size: bytes.buffer.readableBytes, seed: 7), as: hash)
            return hash
        case .lastFileRemoved: try await site.put(bytes, on: [0])
        default: try await site.put(bytes, on: [0, 1])
        }
        switch mishap {
        case .none, .planted, .plantedBad, .rowRemoved: break
        case .fileRemoved, .lastFileRemoved: try disk.removeFile(of: hash)
        case .truncated: try disk.cut(hash, to: 10)
        case .flipped: try disk.flipByte(of: hash, at: 77)
        case .rowRemovedAndFlipped:
            try disk.flipByte(of: hash, at: 77)
            try await site.forget(hash, on: 0)
        case .rowRemovedAndCut:
            try disk.cut(hash, to: 0)
            try await site.forget(hash, on: 0)
        case .attributesLost: try disk.loseAttributes(of: hash)
        case .rowRemovedAndAttributesLost:
            try disk.loseAttributes(of: hash)
            try await site.forget(hash, on: 0)
        case .deleted, .deletedAndAttributesLost, .deletedAndPutAgain:
            _ = try await site.catalog.deleteContents([hash], plan: nil, actor: "t", reason: "t")
            if mishap == .deletedAndAttributesLost { try disk.loseAttributes(of: hash) }
            if mishap == .deletedAndPutAgain { try await site.put(bytes, on: [1]) }
        }
        return hash
    }
}

extension InventoryDivergenceTests.Mishap {
    /// The stores that are to be recorded in the end.
    fileprivate var recorded: [Int] {
        switch self {
        case .none, .flipped, .rowRemoved, .attributesLost, .rowRemovedAndAttributesLost,
            .deletedAndPutAgain:
            [0, 1]
        case .fileRemoved, .truncated, .rowRemovedAndFlipped, .rowRemovedAndCut: [1]
        case .lastFileRemoved, .planted: [0]
        case .deleted, .deletedAndAttributesLost, .plantedBad: []
        }
    }

    /// Whether a file of it is to be on the first store in the end.
    fileprivate var isThere: Bool { recorded.contains(0) && self != .lastFileRemoved }

    fileprivate var isDeleted: Bool { self == .deleted || self == .deletedAndAttributesLost }

    /// Whether the file there goes to quarantine.
    ///
    /// One that counts and has its size is left to the next verify.
    fileprivate var isBad: Bool {
        [.truncated, .rowRemovedAndFlipped, .rowRemovedAndCut, .plantedBad].contains(self)
    }
}

/// The same numbers for the same seed (splitmix64).
private struct SeededGenerator: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var word = state
        word = (word ^ word >> 30) &* 0xBF58_476D_1CE4_E5B9
        word = (word ^ word >> 27) &* 0x94D0_49BB_1331_11EB
        return word ^ word >> 31
    }
}
