import Foundation
import PostgresFixture
import SFSCore
import SFSPostgres
import Testing

@testable import SFSCatalog

@Suite("A catalog's schema")
struct SchemaTests {
    private static func update(
        _ database: PostgresDatabase, _ migrations: [Migration] = Migration.all
    ) async throws {
        try await Schema(database: database, logger: PostgresFixture.logger).update(migrations)
    }

    /// The number of the migration that comes `offset` after the last.
    private static func number(_ offset: Int32) -> Int32 { Int32(Migration.all.count) + offset }

    @Test("has the migrations of the folder, in order and without gaps")
    func folder() throws {
        let folder = URL(filePath: #filePath).deletingLastPathComponent()
            .appending(path: "../../Sources/SFSCatalog/Migrations")
        let files = try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted()
        let listed = Migration.all.map { migration in
            let digits = String(migration.number)
            return String(repeating: "0", count: 4 - digits.count)
                + "\(digits)-\(migration.name).sql"
        }
        #expect(listed == files)
        #expect(Migration.all.map(\.number) == (1...Int32(files.count)).map { $0 })
        for (migration, file) in zip(Migration.all, files) {
            let text = try String(contentsOf: folder.appending(path: file), encoding: .utf8)
            #expect(migration.statements == text)
        }
    }

    @Test("is made once when eight come at the same time")
    func concurrent() async throws {
        try await PostgresFixture.withDatabase { database in
            try await withThrowingDiscardingTaskGroup { group in
                for _ in 0..<8 { group.addTask { try await Self.update(database) } }
            }
            let count: Int = try await database.query("SELECT count(*) FROM migration")[0][0]
            #expect(count == Migration.all.count)
        }
    }

    @Test("takes the migrations that are new, and no half of one that fails")
    func next() async throws {
        try await PostgresFixture.withDatabase { database in
            try await Self.update(database)
            let good = Migration(
                number: Self.number(1), name: "good", statements: "CREATE TABLE good ();")
            let bad = Migration(
                number: Self.number(2), name: "bad",
                statements: "CREATE TABLE half (); SELECT 1 / 0;")
            await #expect(throws: SFSError.self) {
                try await Self.update(database, Migration.all + [good, bad])
            }
            #expect(
                try await database.query("SELECT to_regclass('good')::text")[0][0] as String? == nil
            )
            try await Self.update(database, Migration.all + [good])
            let tables = try await database.query(
                "SELECT to_regclass('good')::text, to_regclass('half')::text")[0]
            #expect(try tables[0] as String? == "good")
            #expect(try tables[1] as String? == nil)
        }
    }

    @Test("is refused when it is newer than the program, or made by other migrations")
    func foreign() async throws {
        try await PostgresFixture.withDatabase { database in
            let next = Migration(number: Self.number(1), name: "next", statements: "SELECT 1")
            try await Self.update(database, Migration.all + [next])
            let newer = await #expect(throws: SFSError.self) { try await Self.update(database) }
            #expect(newer?.code == .configuration)
            #expect(newer?.message.contains("newer") == true)
            let other = Migration(number: Self.number(1), name: "next", statements: "SELECT 2")
            let changed = await #expect(throws: SFSError.self) {
                try await Self.update(database, Migration.all + [other])
            }
            #expect(changed?.code == .configuration)
        }
    }

    @Test("has a primary key and a comment on every table")
    func conventions() async throws {
        try await PostgresFixture.withCatalog { catalog, database in
            try await Samples.put(catalog, 1)
            // So that there is a partition, too.
            _ = try await catalog.createPurchase(try Samples.purchase())
            let bare = try await database.query(
                """
                SELECT relname::text
                  FROM pg_class
                 WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p')
                   AND (obj_description(oid, 'pg_class') IS NULL
                        OR NOT EXISTS (SELECT FROM pg_index
                                        WHERE indrelid = pg_class.oid AND indisprimary))
                """)
            #expect(try bare.map { try $0[0] as String } == [])
        }
    }

    @Test("takes at most 200 bytes for a file with two copies, index and all")
    func size() async throws {
        try await PostgresFixture.withCatalog { _, database in
            try await database.query(
                """
                INSERT INTO content (hash, algorithm, size, extension, media_type, generation, want,
                                     stores)
                     SELECT substring(sha256(convert_to(number::text, 'UTF8')) FOR 20), 2, number,
                            'mp4', 'video/mp4', 1, 2,
                            ARRAY[number % 12, number % 12 + 1 + number % 7]::smallint[]
                       FROM generate_series(1, 50000) AS number
                """)
            // Its list of pending entries is 4 MiB whatever the number of files.
            try await database.query("REINDEX INDEX content_by_store")
            let bytes: Int64 = try await database.query(
                "SELECT pg_total_relation_size('content') / 50000")[0][0]
            #expect((100...200).contains(bytes), "\(bytes) bytes")
        }
    }
}
