import Glibc
import SFSCatalog
import SFSCore
import SFSPostgres

/// The server that all tests of a process share.
struct TestServer: Sendable {
    /// Creates and drops databases.
    let administration: PostgresDatabase
    /// How many databases are used at once.
    let places: Places
    private let base: String
    /// Never used again, but it must live as long as the process.
    private let server: PrivateServer?

    /// The database with the schema, which tests get copies of.
    static let template = "template_catalog"
    private static let databasesMaximum = 8

    static let current = Task { try await start() }

    /// The URL of the database `name`.
    func url(of name: String) -> String {
        // The name of the database stands between the last slash of the authority and the query.
        let parts = base.split(separator: "?", maxSplits: 1)
        let authority = parts[0].prefix(through: parts[0].lastIndex(of: "/") ?? base.startIndex)
        return authority + name + (parts.count > 1 ? "?\(parts[1])" : "")
    }

    /// Removes the database `name`, where it would stay: on a server that outlives the tests.
    func drop(_ name: String) async throws {
        // It takes a checkpoint; a private server is soon removed as a whole.
        guard server == nil else { return }
        try await administration.query("DROP DATABASE \(name) WITH (FORCE)")
    }

    private static func start() async throws -> TestServer {
        var server: PrivateServer?
        let base: String
        if let given = getenv("SFS_TEST_POSTGRES") {
            base = String(cString: given)
        } else {
            TestFolder.removeStale()
            let folder = try TestFolder.make()
            let started = try PrivateServer(
                folder: "\(folder)/postgres", user: nil, logger: PostgresFixture.logger)
            base = try await started.start()
            server = started
        }
        let administration = try PostgresDatabase(
            url: base, options: PostgresFixture.patient, logger: PostgresFixture.logger)
        let result = TestServer(
            administration: administration, places: Places(databasesMaximum), base: base,
            server: server)
        try await administration.query("DROP DATABASE IF EXISTS \(template)")
        try await administration.query("CREATE DATABASE \(template)")
        let database = try PostgresDatabase(
            url: result.url(of: template), options: PostgresFixture.patient,
            logger: PostgresFixture.logger)
        _ = try await Catalog(database: database, logger: PostgresFixture.logger)
            .open(cluster: MemberName(parsing: "test"))
        try await database.close()
        return result
    }
}

/// Lets a number of callers in at once; the others wait.
actor Places {
    private var free: Int
    private var waiting: [CheckedContinuation<Void, Never>] = []

    init(_ count: Int) {
        free = count
    }

    func enter() async {
        guard free == 0 else {
            free -= 1
            return
        }
        await withCheckedContinuation { waiting.append($0) }
    }

    func leave() {
        if waiting.isEmpty { free += 1 } else { waiting.removeFirst().resume() }
    }
}
