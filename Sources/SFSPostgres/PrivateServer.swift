import Glibc
package import Logging
package import SFSCore
import Synchronization

/// A PostgreSQL of sfsd's own: the catalog's server when none is configured.
///
/// It listens on a Unix socket in its folder only, which its user and root alone can enter. It
/// ends with this process, however that ends, and starts again on the same folder.
package final class PrivateServer: Sendable {
    private struct State {
        /// Held while the folder is ours.
        var lock: Int32?
        var installation: PostgresInstallation?
        var process: ServerProcess?
        var isStopping = false
    }

    private let folder: ServerFolder
    private let logger: Logger
    private let state = Mutex(State())

    /// From the start of the program until it takes connections, recovery after a crash included.
    private static let startTimeout: Duration = .seconds(300)
    /// How long a program that ends at once is started again: processes of a server that was
    /// killed may have to end first.
    private static let restartTimeout: Duration = .seconds(10)
    private static let backoff = Backoff(first: .milliseconds(100), maximum: .seconds(10))

    /// A server whose data are in `folder`, an absolute path; it is made if need be.
    ///
    /// When this process is root, `user` (`nil` = `postgres`, else `nobody`) runs the server.
    ///
    /// - Throws: `SFSError` with code `.configuration` when there is no such user.
    package init(folder: String, user: String?, logger: Logger) throws(SFSError) {
        let path = folder.count > 1 && folder.hasSuffix("/") ? String(folder.dropLast()) : folder
        self.folder = ServerFolder(path: path, user: try UnixUser.forServer(asked: user))
        self.logger = logger
    }

    /// Makes the data if need be, starts the server, and returns its database's URL, which stays
    /// the same.
    ///
    /// - Throws: `SFSError`: `.configuration` when PostgreSQL is missing or the folder cannot be
    ///   used, `.conflict` when another sfsd uses it, `.unavailable` when the server does not
    ///   start; `CancellationError`.
    package func start() async throws -> String {
        do {
            let (lock, installation) = try await DedicatedThread.run("postgres-setup") { [folder] in
                try Self.prepare(folder)
            }
            state.withLock { state in
                state.lock = lock
                state.installation = installation
                state.isStopping = false
            }
            try await launch()
            try await createDatabase()
            return folder.url(database: Self.database)
        } catch {
            await stop()
            throw error
        }
    }

    /// Keeps the server running after `start()`: when it ends by itself it is started again.
    ///
    /// Returns when the server was stopped; when cancelled, it stops the server first.
    package func run() async throws {
        var failures = 0
        do {
            while let process = state.withLock({ $0.process }) {
                let end = try await process.ended()
                if state.withLock({ $0.isStopping }) { return }
                logger.error(
                    "the private PostgreSQL ended; starting it again",
                    metadata: ["status": "\(end.status)", "last words": "\(end.lastWords)"])
                let begin = ContinuousClock.now
                do {
                    try await launch()
                    failures = 0
                } catch let error as SFSError {
                    logger.error("PostgreSQL does not start", metadata: ["error": "\(error)"])
                    failures += 1
                }
                // A server that ends as soon as it has started is given time, too.
                if failures > 0 || begin.duration(to: .now) < .seconds(1) {
                    try await Task.sleep(for: Self.backoff.delay(afterFailures: failures + 1))
                }
            }
        } catch is CancellationError {
            await stop()
        }
    }

    /// Stops the server, within half a minute, and gives the folder free.
    package func stop() async {
        let process = state.withLock { state in
            state.isStopping = true
            return state.process
        }
        await process?.stop()
        state.withLock { state in
            if let lock = state.lock { close(lock) }
            state.lock = nil
            state.process = nil
        }
    }

    private static let database = "stretchfs"

    /// Everything that has to be there before the server can start.
    private static func prepare(_ folder: ServerFolder) throws -> (Int32, PostgresInstallation) {
        let installation = try PostgresInstallation.find(dataVersion: folder.dataVersion())
        try folder.make()
        let lock = try folder.lock()
        do {
            try Postmaster.stopLeftover(on: folder.data)
            try folder.initialize(with: installation)
        } catch {
            close(lock)
            throw error
        }
        return (lock, installation)
    }

    /// Starts the server and waits until it takes connections.
    private func launch() async throws {
        let patience = ContinuousClock.now + Self.restartTimeout
        while true {
            guard let installation = state.withLock({ $0.installation }) else {
                throw SFSError(.internal, "a private server was run before it was started")
            }
            let process = try ServerProcess(folder.server(installation), log: folder.log)
            let isWanted = state.withLock { state in
                if !state.isStopping { state.process = process }
                return !state.isStopping
            }
            guard isWanted else { return await process.stop() }
            guard let end = try await waitUntilReady(process) else { return }
            guard ContinuousClock.now < patience else {
                throw SFSError(
                    .unavailable,
                    "PostgreSQL does not start; see '\(folder.log)'",
                    cause: SFSError(.unavailable, end.lastWords))
            }
            try await Task.sleep(for: .milliseconds(200))
        }
    }

    /// Returns when the server takes connections, or how it ended before that.
    private func waitUntilReady(_ process: ServerProcess) async throws -> ServerProcess.End? {
        let number: pid_t
        do {
            number = try await process.started()
        } catch is Program.StartFailure {
            throw SFSError(.configuration, "PostgreSQL cannot be run; was it removed?")
        }
        let deadline = ContinuousClock.now + Self.startTimeout
        while ContinuousClock.now < deadline {
            if let end = process.currentEnd { return end }
            if let postmaster = Postmaster(data: folder.data), postmaster.process == number,
                postmaster.isReady
            {
                return nil
            }
            try await Task.sleep(for: .milliseconds(10))
        }
        throw SFSError(.unavailable, "PostgreSQL takes too long to start; see '\(folder.log)'")
    }

    private func createDatabase() async throws {
        var options = PostgresOptions()
        options.readers = 1
        options.writers = 1
        let database = try PostgresDatabase(
            url: folder.url(database: "postgres"), options: options, logger: logger)
        let known = try await database.query(
            "SELECT 1 FROM pg_database WHERE datname = $1", [.text(Self.database)],
            retry: .idempotent)
        if known.isEmpty { try await database.query("CREATE DATABASE \(Self.database)") }
        try await database.close()
    }
}
