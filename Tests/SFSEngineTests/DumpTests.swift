import SFSCatalog
import SFSCore
import SFSEngine
import SFSPostgres
import SFSWire
import Testing

@Suite("A dump of the catalog")
struct DumpTests {
    @Test("has everything once, a page at a time", arguments: [1, 3, 1000])
    func pages(limit: Int) async throws {
        try await CareBench.with(stores: 3) { bench in
            for number in 0..<10 { try await bench.record(number, on: [0, 1]) }
            _ = try await bench.engine.setRules(
                RulesMessage(copyMinimum: 3, bannedStore: [try CareBench.store(2)]),
                of: try CareBench.hash(3), actor: "test")
            _ = try await bench.catalog.deleteContents(
                [try CareBench.hash(1), try CareBench.hash(2)], actor: "test", reason: "")
            var lines: [DumpLine] = []
            var next: String?
            repeat {
                let page = try await bench.engine.dump(after: next, limit: limit)
                if next != nil { #expect(page.lines.count <= limit) }
                lines += page.lines
                next = page.next
            } while next != nil
            #expect(lines.compactMap(\.cluster).map(\.id) == [bench.engine.cluster.id])
            #expect(
                lines.compactMap(\.store).map(\.name)
                    == (try (0..<3).map { try CareBench.store($0) }))
            let contents = lines.compactMap(\.content)
            #expect(
                contents.map(\.hash)
                    == (try [0, 3, 4, 5, 6, 7, 8, 9].map { try CareBench.hash($0) }))
            #expect(contents.allSatisfy { $0.size == 1000 && $0.desiredCopies == 2 })
            #expect(
                contents.allSatisfy {
                    $0.map.map(\.text) == ["store-0", "store-1"] && $0.mimeExtension == "mp4"
                })
            #expect(
                lines.compactMap(\.tombstone).map(\.hash)
                    == (try [1, 2].map { try CareBench.hash($0) }))
            #expect(lines.compactMap(\.rules).map(\.rules.copyMinimum) == [3])
            #expect(
                lines.compactMap(\.rules).map(\.rules.bannedStore) == [[try CareBench.store(2)]])
        }
    }

    @Test(
        "goes on only where a page has ended", arguments: ["", "contents", "stores:", "rules:xyz"])
    func cursor(after: String) async throws {
        try await CareBench.with { bench in
            await #expect(throws: SFSError.self) {
                try await bench.engine.dump(after: after, limit: 10)
            }
        }
    }
}
