import PostgresFixture
import SFSCatalog
import SFSCore
import SFSPostgres
import Testing

/// Values that tests of the catalog start from.
enum Samples {
    /// A SHA-1 hash that begins with `number`.
    static func hash(_ number: Int) throws -> ContentHash {
        let head = (0..<8).map { UInt8(truncatingIfNeeded: number >> (8 * (7 - $0))) }
        return try ContentHash(bytes: head + [UInt8](repeating: 7, count: 12))
    }

    static func content(
        _ hash: ContentHash, size: Int64 = 1000, generation: Int32 = 1, want: Int = 2,
        stores: [Int16], since: Timestamp = Timestamp(milliseconds: 4_000_000_000_000)
    ) -> NewContent {
        NewContent(
            hash: hash, size: size,
            attributes: ContentAttributes(
                fileExtension: "mp4", mediaType: "video/mp4",
                created: Timestamp(milliseconds: 1_795_000_000_123), generation: generation),
            want: want, stores: numbers(stores), since: since)
    }

    static func numbers(_ values: [Int16]) -> [StoreNumber] { values.map { StoreNumber($0) } }

    static func store(_ name: String, volume: String? = nil) throws -> StoreRegistration {
        StoreRegistration(
            name: try MemberName(parsing: name), zone: try MemberName(parsing: "a"),
            host: try MemberName(parsing: "h1"), volume: volume ?? "volume-of-\(name)",
            url: "http://127.0.0.1:1", freeBytes: 10, totalBytes: 20)
    }

    static func purchase(
        _ hash: Int = 1, life: Int64 = 7200, afterLife: Int64 = 3600, account: String = ""
    ) throws -> NewPurchase {
        NewPurchase(
            hash: try self.hash(hash), fileExtension: "mp4", lifeSeconds: life,
            afterLifeSeconds: afterLife, account: account, zone: "b")
    }

    static func account(_ name: String = "films@example.com") throws -> AccountName {
        try AccountName(parsing: name)
    }

    /// What stands for the SHA-256 of a token.
    static func tokenHash(_ number: UInt8) -> [UInt8] { [UInt8](repeating: number, count: 32) }

    /// Runs `body` with new connections to the database at `url`.
    static func withDatabase(
        _ url: String, options: PostgresOptions = PostgresFixture.patient,
        _ body: (PostgresDatabase) async throws -> Void
    ) async throws {
        let database = try PostgresDatabase(
            url: url, options: options, logger: PostgresFixture.logger)
        do {
            try await body(database)
        } catch {
            try await database.close()
            throw error
        }
        try await database.close()
    }

    /// The lines of the audit, oldest first, as `actor action subject reason`.
    static func audit(_ database: PostgresDatabase) async throws -> [String] {
        try await database.query(
            "SELECT concat_ws(' ', actor, action, subject, reason) FROM audit ORDER BY number"
        ).map { try $0[0] }
    }

    /// The day of the database's clock, counted from 1970.
    static func today(_ database: PostgresDatabase) async throws -> Int32 {
        try await database.query("SELECT floor(extract(epoch FROM now()) / 86400)::integer")[0][0]
    }

    /// Puts a purchase into the table that ended `age` seconds ago, with a token of `day`.
    static func insertPurchase(
        day: Int32, endedSecondsAgo age: Int64, afterLife: Int64 = 0, _ database: PostgresDatabase
    ) async throws -> PurchaseToken {
        let token = PurchaseToken.random(zone: "a", day: day)
        _ = try await database.query("SELECT make_purchase_partition($1)", [.int32(day)])
        try await database.query(
            """
            INSERT INTO purchase (day, token, hash, extension, name, referrers, networks,
                                  life_seconds, after_life_seconds, account, created_at, expires_at)
                 SELECT $1, $2, $3, '', '', '{}', '{}', 60, $4, '',
                        now() - ($5 + 60) * interval '1 second', now() - $5 * interval '1 second'
            """,
            [
                .int32(day), .text(token.text), .bytes(try hash(1).bytes), .int64(afterLife),
                .int64(age),
            ])
        return token
    }
}

/// Waits until `condition` holds; fails after `limit`.
func eventually(
    within limit: Duration = .seconds(60), _ condition: () async throws -> Bool
) async throws {
    let deadline = ContinuousClock.now + limit
    while try await !condition() {
        try #require(ContinuousClock.now < deadline, "not within \(limit)")
        try await Task.sleep(for: .milliseconds(10))
    }
}
