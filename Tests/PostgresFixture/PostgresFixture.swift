import CLinux
import Glibc
package import Logging
package import SFSCatalog
import SFSCore
package import SFSPostgres

/// Databases for tests, on a real PostgreSQL.
///
/// One private server per test process, started by the first test that needs it, or the one
/// that `SFS_TEST_POSTGRES` names (a URL whose user may create databases). Each test gets a
/// database of its own. The server ends with the process; its folder is removed by the next run.
package enum PostgresFixture {
    /// Runs `body` with an empty database, and drops it.
    package static func withDatabase<R>(
        options: PostgresOptions = patient,
        _ body: (PostgresDatabase) async throws -> R
    ) async throws -> R {
        try await withURL { url in
            let database = try PostgresDatabase(url: url, options: options, logger: logger)
            return try await closing(database) { try await body(database) }
        }
    }

    /// Runs `body` with an opened catalog of a cluster called `test`, and drops its database.
    package static func withCatalog<R>(
        _ body: (Catalog, PostgresDatabase) async throws -> R
    ) async throws -> R {
        try await withURL(template: TestServer.template) { url in
            let database = try PostgresDatabase(url: url, options: patient, logger: logger)
            let catalog = Catalog(database: database, logger: logger)
            return try await closing(database) { try await body(catalog, database) }
        }
    }

    /// Runs `body` with the URL of a database that has the schema of a catalog of a cluster
    /// called `test`, and drops it.
    package static func withCatalogURL<R>(_ body: (String) async throws -> R) async throws -> R {
        try await withURL(template: TestServer.template, body)
    }

    /// Runs `body` with the URL of an empty database, and drops it.
    package static func withURL<R>(_ body: (String) async throws -> R) async throws -> R {
        try await withURL(template: "template1", body)
    }

    /// Runs `body` with the path of a new folder that every user may enter, and removes it.
    package static func withFolder<R>(_ body: (String) async throws -> R) async throws -> R {
        let folder = try TestFolder.make()
        do {
            let result = try await body(folder)
            sfs_remove_tree(folder)
            return result
        } catch {
            sfs_remove_tree(folder)
            throw error
        }
    }

    /// For all tests but those of time-outs: waits longer for connections, locks and answers than
    /// sfsd does, since hundreds of tests work at once on a machine that may have much else to do.
    package static let patient: PostgresOptions = {
        var options = PostgresOptions()
        options.reachTimeout = .seconds(90)
        options.connectTimeout = .seconds(60)
        options.lockTimeout = .seconds(60)
        options.statementTimeout = .seconds(90)
        return options
    }()

    /// Says nothing but errors.
    package static let logger: Logger = {
        var logger = Logger(label: "test")
        logger.logLevel = .critical
        return logger
    }()

    private static func withURL<R>(
        template: String, _ body: (String) async throws -> R
    ) async throws -> R {
        let server = try await TestServer.current.value
        await server.places.enter()
        let name = "test_\(UploadID.random())"
        do {
            try await server.administration.query("CREATE DATABASE \(name) TEMPLATE \(template)")
            let result = try await body(server.url(of: name))
            try await server.drop(name)
            await server.places.leave()
            return result
        } catch {
            try await server.drop(name)
            await server.places.leave()
            throw error
        }
    }

    private static func closing<R>(
        _ database: PostgresDatabase, _ body: () async throws -> R
    ) async throws -> R {
        do {
            let result = try await body()
            try await database.close()
            return result
        } catch {
            try await database.close()
            throw error
        }
    }
}
