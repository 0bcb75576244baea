import PostgresFixture
import SFSCatalog
import SFSCore
import SFSFiles
import SFSPostgres

/// Statements of the catalog, on a PostgreSQL of its own, and what a file costs there.
enum CatalogMeasurements {
    private static let files = 100_000
    private static let manyFiles = 1_000_000
    private static let turns = 2000
    private static let width = 16

    static func run() async throws {
        try await PostgresFixture.withCatalog { catalog, database in
            try await fill(database, files)
            let hashes = try (0..<turns).map { try hash(of: $0) }
            try await Measured.average("look up a content, one by one", of: turns) {
                for hash in hashes { _ = try await catalog.content(hash) }
            }
            try await together("look up a content, \(width) at once") { number in
                _ = try await catalog.content(hashes[number])
            }
            try await together("record a put, \(width) at once") { number in
                let now = Timestamp.now()
                _ = try await catalog.record(
                    NewContent(
                        hash: try hash(of: files + number), size: 4096,
                        attributes: ContentAttributes(
                            fileExtension: "bin", mediaType: "application/octet-stream",
                            created: now, generation: 1), want: 2,
                        stores: [StoreNumber(1), StoreNumber(2)], since: now))
            }
            try await together("sell a purchase, \(width) at once") { number in
                _ = try await catalog.createPurchase(
                    NewPurchase(
                        hash: hashes[number], fileExtension: "bin", lifeSeconds: 7200,
                        afterLifeSeconds: 7200, zone: "a"))
            }
        }
    }

    /// Does `body` for each turn, `width` of them at once.
    private static func together(
        _ name: String, _ body: @escaping @Sendable (Int) async throws -> Void
    ) async throws {
        try await Measured.average(name, of: turns) {
            try await withThrowingTaskGroup(of: Void.self) { group in
                for lane in 0..<width {
                    group.addTask {
                        for number in stride(from: lane, to: turns, by: width) {
                            try await body(number)
                        }
                    }
                }
                try await group.waitForAll()
            }
        }
    }

    /// Contents with two replicas each, named by numbers that the database spreads like hashes.
    private static func fill(_ database: PostgresDatabase, _ count: Int, from first: Int = 0)
        async throws
    {
        try await database.query(
            """
            INSERT INTO content
                        (hash, algorithm, size, extension, media_type, generation, want, stores)
                 SELECT substring(sha256(number::text::bytea) FROM 1 FOR 20), 2, 4096, 'mp4',
                        'video/mp4', 1, 2, ARRAY[1 + number % 4, 5 + number % 4]::smallint[]
                   FROM generate_series(\(first), \(first + count - 1)) AS number
            """, writes: true)
    }

    /// What a file takes in the catalog, indexes and free room included, when there are many.
    static func size() async throws {
        try await PostgresFixture.withCatalog { _, database in
            for part in 0..<manyFiles / files {
                try await fill(database, files, from: part * files)
            }
            // As the server does it by itself now and then.
            try await database.query("SELECT gin_clean_pending_list('content_by_store')")
            let rows = try await database.query(
                "SELECT pg_total_relation_size('content') AS bytes")
            let bytes: Int64 = try rows[0]["bytes"]
            Measured.say(
                "catalog of \(manyFiles) files, two copies each",
                "\(bytes / Int64(manyFiles)) bytes a file")
        }
    }

    /// As the database makes them.
    private static func hash(of number: Int) throws -> ContentHash {
        try ContentHash(bytes: Array(ContentHasher.sha256(of: "\(number)".utf8).prefix(20)))
    }
}
