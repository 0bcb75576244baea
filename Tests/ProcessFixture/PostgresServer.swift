import Foundation
import Glibc
import Synchronization

/// A PostgreSQL of the system's, run for tests on one data folder.
///
/// Only a Unix socket leads to it. As root it runs as the user `postgres`, which must be able to
/// enter the folders.
package final class PostgresServer: Sendable {
    /// The data folder.
    package let data: String
    /// The folder of its socket; may be on another disk than the data.
    package let socketFolder: String
    private let running = Mutex<RunningProgram?>(nil)

    /// Takes a data folder that `initialise` made, or a copy of one.
    package init(data: String, socketFolder: String) {
        self.data = data
        self.socketFolder = socketFolder
    }

    /// The URL of `database`, for `catalog.url`.
    package func url(of database: String) -> String {
        "postgresql:///\(database)?host=\(socketFolder)&user=postgres"
    }

    /// Makes the data folder with an empty cluster in it, in about half a second.
    ///
    /// The parent of the data folder must be there; both folders get PostgreSQL's user as owner.
    package func initialise() async throws {
        for folder in [data, socketFolder] {
            try FileManager.default.createDirectory(
                atPath: folder, withIntermediateDirectories: false)
            if getuid() == 0 {
                let who = "\(Self.user):\(Self.user)"
                try await run("chown", [who, folder]).succeeded("chown '\(folder)'")
            }
        }
        let words = try Self.asUser([
            Self.binary("initdb"), "-D", data, "-U", "postgres", "-A", "trust", "-E", "UTF8",
            "--locale=C", "--data-checksums", "--no-sync",
        ])
        try await run(words[0], Array(words.dropFirst())).succeeded("initdb")
    }

    /// Starts the server and returns when it takes connections; recovers from a crash first, and
    /// then syncs its file system as a whole instead of a thousand files one by one.
    ///
    /// - Throws: `FixtureError` with the end of its log when it does not come up.
    package func start(log: String) async throws {
        let words = try Self.asUser([
            Self.binary("postgres"), "-D", data, "-k", socketFolder, "-c", "listen_addresses=",
            "-c", "recovery_init_sync_method=syncfs",
        ])
        let program = try await ProcessFixture.start(words[0], Array(words.dropFirst()), log: log)
        do {
            _ = try await eventually(within: .seconds(60), "PostgreSQL to be ready") {
                () -> Bool? in
                if let end = program.end { throw FixtureError("PostgreSQL ended: \(end)") }
                return isReady(program.process) ? true : nil
            }
        } catch {
            try await uncancelled { try await program.kill() }
            // Without a log there is nothing to add to the reason.
            let text = (try? String(contentsOfFile: log, encoding: .utf8)) ?? ""
            throw FixtureError("\(error); its log ends with:\n\(text.suffix(2000))")
        }
        running.withLock { $0 = program }
    }

    /// Stops it: cleanly, or `immediately` as a crash would.
    package func stop(immediately: Bool = false) async throws {
        guard let program = running.withLock({ $0.take() }) else { return }
        program.send(immediately ? SIGQUIT : SIGINT)
        do {
            try await program.ended()
        } catch {
            try await program.kill()
            throw error
        }
    }

    /// The rows that `sql` gives, each a list of its columns as text.
    package func query(_ sql: String, in database: String = "postgres") async throws -> [[String]] {
        let words = [
            "-X", "-q", "-A", "-t", "-F", "\t", "-v", "ON_ERROR_STOP=1", "-h", socketFolder,
            "-U", "postgres", "-d", database, "-f", "-",
        ]
        let result = try await run(Self.binary("psql"), words, input: Array(sql.utf8))
        return try result.succeeded("psql '\(sql.prefix(200))'").lines.map { line in
            line.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
        }
    }

    /// The eighth line of its lock file says how far it has come; the first, who wrote it.
    private func isReady(_ process: pid_t) -> Bool {
        // Until the server has written it, there is no such file, or that of a crashed one.
        guard let text = try? String(contentsOfFile: "\(data)/postmaster.pid", encoding: .utf8)
        else { return false }
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
        return lines.count >= 8 && lines[0] == "\(process)" && lines[7].hasPrefix("ready")
    }

    private static let user = "postgres"

    private static func asUser(_ words: [String]) throws -> [String] {
        guard getuid() == 0 else { return words }
        return [
            "setpriv", "--reuid=\(user)", "--regid=\(user)", "--init-groups", "--pdeathsig", "INT",
            "--",
        ] + words
    }

    /// The path of one of PostgreSQL's programs, of the newest version that is installed.
    private static func binary(_ name: String) throws -> String {
        let top = "/usr/lib/postgresql"
        // Where Debian's folder is missing, the path has to do.
        let versions = (try? FileManager.default.contentsOfDirectory(atPath: top)) ?? []
        let newest = versions.compactMap { Double($0) }.max()
        guard let newest else { return name }
        let version = versions.first { Double($0) == newest } ?? ""
        return "\(top)/\(version)/bin/\(name)"
    }
}

/// Starts a fresh PostgreSQL in a folder of its own, runs `body`, and stops it.
///
/// Its data is in memory where the machine has a file system for that: sfsd wants a server that
/// does fsync, and there it costs nothing.
///
/// - Throws: `FixtureError` when it does not start; what `body` throws.
package func withPostgres<Result>(
    _ body: (PostgresServer) async throws -> Result
) async throws -> Result {
    try await withTemporaryFolder(under: ScratchPlace.inMemory()) { folder in
        try await withCleanUp { cleanUp in
            let server = PostgresServer(data: "\(folder)/data", socketFolder: "\(folder)/socket")
            try await server.initialise()
            try await server.start(log: "\(folder)/postgres.log")
            cleanUp.add { try await server.stop(immediately: true) }
            return try await body(server)
        }
    }
}
