import Logging
import PostgresFixture
import SFSCatalog
import SFSCore
import SFSEngine
import SFSPostgres
import Testing

/// An engine on a real catalog whose members exist in the catalog only.
struct CareBench: Sendable {
    let engine: Engine
    let catalog: Catalog
    let database: PostgresDatabase

    /// Runs `body` with an engine whose cluster has `stores` stores, by twos in a zone, and
    /// `prisms` prisms.
    static func with(
        stores: Int = 0, prisms: Int = 0, reach: EngineReach = EngineReach(),
        care: CareSettings = CareSettings(), _ body: (CareBench) async throws -> Void
    ) async throws {
        try await PostgresFixture.withCatalog { catalog, database in
            let cluster = try await catalog.open(cluster: try MemberName(parsing: "test"))
            let bench = CareBench(
                engine: Engine(
                    catalog: catalog, cluster: cluster, settings: EngineSettings(), care: care,
                    reach: reach, logger: PostgresFixture.logger),
                catalog: catalog, database: database)
            for number in 0..<stores { try await bench.joinStore(number) }
            for number in 0..<prisms { try await bench.joinPrism(number) }
            try await body(bench)
        }
    }

    static func store(_ number: Int) throws -> MemberName {
        try MemberName(parsing: "store-\(number)")
    }

    static func prism(_ number: Int) throws -> MemberName {
        try MemberName(parsing: "prism-\(number)")
    }

    static func hash(_ number: Int) throws -> ContentHash {
        try ContentHash(
            bytes: [UInt8(number >> 8), UInt8(number & 255)] + Array(repeating: 7, count: 18))
    }

    @discardableResult
    func joinStore(_ number: Int, host: String? = nil) async throws -> StoreNumber {
        try await catalog.join(
            StoreRegistration(
                name: try Self.store(number), zone: try MemberName(parsing: "zone-\(number / 2)"),
                host: try MemberName(parsing: host ?? "host-\(number)"), volume: "volume-\(number)",
                url: "http://127.0.0.1:\(1000 + number)", freeBytes: 900_000,
                totalBytes: 1_000_000, version: Version.text)
        ).facts.number
    }

    @discardableResult
    func joinPrism(_ number: Int, host: String? = nil) async throws -> PrismNumber {
        try await catalog.join(
            prism: PrismRegistration(
                name: try Self.prism(number), zone: try MemberName(parsing: "zone-\(number)"),
                host: try MemberName(parsing: host ?? "prism-host-\(number)"),
                url: "http://127.0.0.1:\(2000 + number)", version: Version.text)
        ).number
    }

    /// The number that the catalog gave to a store.
    func number(_ store: Int) async throws -> StoreNumber {
        try #require(try await catalog.store(named: Self.store(store))).facts.number
    }

    /// Records a content on some stores.
    @discardableResult
    func record(_ number: Int, on stores: [Int], want: Int = 2) async throws -> ContentHash {
        let hash = try Self.hash(number)
        let known = try await catalog.lookup(hash)
        var numbers: [StoreNumber] = []
        for store in stores { numbers.append(try await self.number(store)) }
        _ = try await catalog.record(
            NewContent(
                hash: hash, size: 1000,
                attributes: ContentAttributes(
                    fileExtension: "mp4", mediaType: "video/mp4", created: known.now,
                    generation: known.generation),
                want: want, stores: numbers, since: known.now))
        return hash
    }

    /// Makes a member look silent for `seconds`.
    func silence(_ member: MemberName, seconds: Int) async throws {
        for table in ["store", "prism"] {
            try await database.query(
                """
                UPDATE \(table) SET seen_at = now() - $2 * interval '1 second' WHERE name = $1
                """, [.text(member.text), .int32(Int32(seconds))], writes: true)
        }
    }

    /// Whether the catalog has a member as online.
    func isOnline(_ member: MemberName) async throws -> Bool {
        if let store = try await catalog.store(named: member) {
            return store.facts.roles.contains(.online)
        }
        return try await catalog.prisms().contains {
            $0.name == member && $0.roles.contains(.online)
        }
    }
}
