import PostgresFixture
import SFSCatalog
import SFSCore
import SFSPostgres
import Testing

@Suite("A dump of the catalog")
struct DumpTests {
    @Test("names everything that the catalog knows, as it is")
    func everything() async throws {
        try await Samples.withStores { catalog, _ in
            let mine = try await catalog.record(
                Samples.content(
                    Samples.hash(1), size: 7 << 40, generation: 3, want: 3, stores: [1, 4]))
            try await Samples.put(catalog, 2)
            let rules = ContentRules(copyMaximum: 4, bannedStores: [StoreNumber(2)])
            try await catalog.setRules(rules, of: Samples.hash(1), actor: "alice")
            _ = try await catalog.deleteContents([Samples.hash(2)], actor: "bob", reason: "")
            let lines = try await Self.dump(catalog, limit: 100)
            #expect(lines.count == 3)
            guard case .tombstone(let hash, let generation, let deleted) = lines[1] else {
                Issue.record("\(lines)")
                return
            }
            #expect(lines[0] == .content(mine.content))
            let now = try await catalog.now()
            #expect(hash == (try Samples.hash(2)))
            #expect(generation == 1)
            #expect((0..<60_000).contains(now.milliseconds - deleted.milliseconds))
            #expect(lines[2] == .rules(try Samples.hash(1), rules))
        }
    }

    @Test("goes on over pages")
    func pages() async throws {
        try await PostgresFixture.withCatalog { catalog, database in
            try await database.query(
                """
                INSERT INTO content (hash, algorithm, size, extension, media_type, generation,
                                     want, stores)
                     SELECT sha256(convert_to(number::text, 'UTF8')), 4, number, '', 'a/b', 1, 2,
                            '{1,2}'
                       FROM generate_series(1, 1000) AS number
                """)
            let hashes = try await Self.dump(catalog, limit: 300).map(\.hash)
            #expect(hashes.count == 1000)
            #expect(hashes == hashes.sorted() && Set(hashes).count == 1000)
        }
    }

    /// All lines, asked for page by page.
    private static func dump(_ catalog: Catalog, limit: Int) async throws -> [CatalogLine] {
        var lines: [CatalogLine] = []
        var part: CatalogPart? = .contents
        var last: ContentHash?
        while let current = part {
            let page = try await catalog.lines(of: current, after: last, limit: limit)
            lines += page
            last = page.last?.hash
            if page.count < limit { (part, last) = (current.next, nil) }
        }
        return lines
    }
}
