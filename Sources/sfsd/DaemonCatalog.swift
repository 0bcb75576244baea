import Logging
import SFSCatalog
import SFSConfig
import SFSCore
import SFSPostgres
import SFSVolume
import ServiceLifecycle

/// The catalog for the length of the daemon's life, with a PostgreSQL of its own when the
/// configuration names none.
struct DaemonCatalog: Sendable {
    let configuration: Configuration
    /// Told each step, for a person.
    let tell: @Sendable (String) -> Void
    let logger: Logger

    /// Runs `body` with the open catalog and its URL, and closes everything after it.
    func with(
        _ body: @escaping @Sendable (Catalog, String, ClusterIdentity) async throws -> Void
    ) async throws {
        guard let url = configuration.catalog.url else {
            return try await withPrivateServer { try await withDatabase(at: $0, body) }
        }
        try await withDatabase(at: url, body)
    }

    private func withPrivateServer(
        _ body: @escaping @Sendable (String) async throws -> Void
    ) async throws {
        let folder = "\(configuration.state)/postgres"
        tell("starting PostgreSQL in '\(folder)'")
        let server = try PrivateServer(
            folder: folder, user: configuration.catalog.user,
            logger: Logger("postgres", configuration.log))
        try await withCleanUp {
            let url = try await cancelWhenGracefulShutdown { try await server.start() }
            try await withThrowingTaskGroup(of: Void.self) { group in
                group.addTask { try await server.run() }
                group.addTask { try await body(url) }
                defer { group.cancelAll() }
                // Either end ends both: without its server the daemon has no use.
                try await group.next()
            }
        } finally: {
            await server.stop()
        }
    }

    private func withDatabase(
        at url: String, _ body: @Sendable (Catalog, String, ClusterIdentity) async throws -> Void
    ) async throws {
        var options = PostgresOptions()
        options.transactionsMaximum = configuration.catalog.connections
        options.statementTimeout = configuration.catalog.statementTimeout
        options.lockTimeout = configuration.catalog.lockTimeout
        let database = try PostgresDatabase(
            url: url, options: options, logger: Logger("postgres", configuration.log))
        let catalog = Catalog(database: database, logger: Logger("catalog", configuration.log))
        try await withCleanUp {
            tell("opening the catalog")
            let cluster = try await cancelWhenGracefulShutdown { try await open(catalog) }
            try await body(catalog, url, cluster)
        } finally: {
            try await database.close()
        }
    }

    /// Waits for a server that is starting or failing over, up to `startTimeout`.
    private func open(_ catalog: Catalog) async throws -> ClusterIdentity {
        let known = knownCluster
        let deadline = ContinuousClock.now + configuration.catalog.startTimeout
        while true {
            do {
                return try await catalog.open(cluster: configuration.cluster, knownID: known)
            } catch let error as SFSError where error.code == .unavailable && .now < deadline {
                logger.warning("waiting for the catalog", metadata: ["error": "\(error)"])
                try await Task.sleep(for: .milliseconds(500))
            }
        }
    }

    /// The number of the cluster in the label of a volume of this process: a catalog that is empty
    /// was lost when there are volumes already, and is to be the same cluster's again.
    private var knownCluster: String? {
        for store in configuration.stores {
            // What is wrong with a volume is told when it is opened.
            if let label = try? Volume.label(at: store.volume),
                label.cluster == configuration.cluster
            {
                return label.clusterID
            }
        }
        return nil
    }
}
