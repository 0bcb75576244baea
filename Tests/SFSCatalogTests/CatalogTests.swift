import PostgresFixture
import SFSCatalog
import SFSCore
import SFSPostgres
import Testing

@Suite("A catalog")
struct CatalogTests {
    @Test("names its cluster once and is refused to any other")
    func identity() async throws {
        try await PostgresFixture.withDatabase { database in
            let catalog = Catalog(database: database, logger: PostgresFixture.logger)
            let name = try MemberName(parsing: "alpha")
            let identities = try await withThrowingTaskGroup(of: ClusterIdentity.self) { group in
                for _ in 0..<8 { group.addTask { try await catalog.open(cluster: name) } }
                return try await group.reduce(into: Set<ClusterIdentity>()) { $0.insert($1) }
            }
            #expect(identities.count == 1)
            #expect(identities.first?.id.utf8.count == 36)
            let error = await #expect(throws: SFSError.self) {
                _ = try await catalog.open(cluster: MemberName(parsing: "beta"))
            }
            #expect(error?.code == .configuration)
            #expect(error?.message.contains("'alpha'") == true)
        }
    }

    @Test("is refused on a server that may lose what it has committed")
    func durability() async throws {
        try await PostgresFixture.withURL { url in
            let separator = url.contains("?") ? "&" : "?"
            let database = try PostgresDatabase(
                url: url + separator + "options=-c%20synchronous_commit%3Doff",
                options: PostgresFixture.patient, logger: PostgresFixture.logger)
            let catalog = Catalog(database: database, logger: PostgresFixture.logger)
            let error = await #expect(throws: SFSError.self) {
                _ = try await catalog.open(cluster: MemberName(parsing: "alpha"))
            }
            #expect(error?.code == .configuration)
            try await database.close()
        }
    }

    @Test("counts its contents and those that are short of replicas")
    func status() async throws {
        try await PostgresFixture.withCatalog { catalog, _ in
            #expect(try await catalog.totals() == CatalogTotals(contents: 0, bytes: 0))
            let replicas: [[Int16]] = [[1, 2], [1, 3], [2, 3], [1], []]
            for (index, stores) in replicas.enumerated() {
                _ = try await catalog.record(
                    Samples.content(try Samples.hash(index), size: 10, stores: stores))
            }
            #expect(try await catalog.totals() == CatalogTotals(contents: 5, bytes: 50))
            for (down, atRisk, outOfReach) in [
                ([], 2, 1), ([1], 4, 2), ([1, 2], 5, 3), ([1, 2, 3], 5, 5), ([9], 2, 1),
            ] as [([Int16], Int64, Int64)] {
                let risk = try await catalog.risk(down: Samples.numbers(down))
                #expect(risk == CatalogRisk(atRisk: atRisk, outOfReach: outOfReach))
            }
        }
    }

    @Test("answers a ping, and adds to its audit")
    func audit() async throws {
        try await PostgresFixture.withCatalog { catalog, database in
            try await catalog.ping()
            try await catalog.audit("root", "test", "it's", "because")
            let row = try await database.query("SELECT actor, subject FROM audit")[0]
            #expect(try row["actor"] as String == "root")
            #expect(try row["subject"] as String == "it's")
        }
    }
}
