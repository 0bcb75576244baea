import CLinux
import Glibc
import PostgresFixture
import SFSCore
import Testing

@testable import SFSPostgres

@Suite("A private server")
struct PrivateServerTests {
    private static func server(_ folder: String, user: String? = nil) throws -> PrivateServer {
        try PrivateServer(folder: folder, user: user, logger: PostgresFixture.logger)
    }

    /// Runs `body` with a database on a server of its own, and stops both.
    static func withServer(
        in folder: String,
        _ body: (PrivateServer, PostgresDatabase) async throws -> Void
    ) async throws {
        let server = try server("\(folder)/postgres")
        let database = try PostgresDatabase(
            url: try await server.start(), logger: PostgresFixture.logger)
        do {
            try await body(server, database)
        } catch {
            try await database.close()
            await server.stop()
            throw error
        }
        try await database.close()
        await server.stop()
    }

    private static func code(_ body: () async throws -> Void) async -> ErrorCode? {
        do {
            try await body()
            return nil
        } catch {
            return SFSError(wrapping: error).code
        }
    }

    @Test("keeps its data over a stop, and lets nobody but its user in")
    func reuse() async throws {
        try await PostgresFixture.withFolder { folder in
            try await Self.withServer(in: folder) { _, database in
                try await database.query("CREATE TABLE number AS SELECT 7 AS value")
                let settings = try await database.query(
                    """
                    SELECT current_setting('listen_addresses') AS addresses,
                           current_setting('data_checksums') AS checksums,
                           current_setting('fsync') AS fsync,
                           current_setting('server_encoding') AS encoding
                    """)[0]
                #expect(try settings["addresses"] as String == "")
                #expect(try settings["checksums"] as String == "on")
                #expect(try settings["fsync"] as String == "on")
                #expect(try settings["encoding"] as String == "UTF8")
                var facts = stat()
                #expect(stat("\(folder)/postgres", &facts) == 0)
                #expect(facts.st_mode & 0o777 == 0o700)
                #expect((facts.st_uid == 0) == false)
            }
            #expect(Postmaster(data: "\(folder)/postgres/data") == nil)
            try await Self.withServer(in: folder) { _, database in
                let value: Int32 = try await database.query("SELECT value FROM number")[0][0]
                #expect(value == 7)
            }
        }
    }

    @Test("is never started twice on one folder")
    func twice() async throws {
        try await PostgresFixture.withFolder { folder in
            try await Self.withServer(in: folder) { _, database in
                let second = try Self.server("\(folder)/postgres/")
                #expect(await Self.code { _ = try await second.start() } == .conflict)
                try await database.query("SELECT 1")
            }
        }
    }

    @Test("stops the server that a killed sfsd has left, and goes on with its data")
    func leftover() async throws {
        try await PostgresFixture.withFolder { folder in
            try await Self.withServer(in: folder) { _, database in
                try await database.query("CREATE TABLE number AS SELECT 7 AS value")
            }
            // As after `kill -9` of an sfsd whose server did not get its death signal.
            let path = "\(folder)/postgres"
            let serverFolder = ServerFolder(path: path, user: try UnixUser.forServer(asked: nil))
            let installation = try PostgresInstallation.find(
                dataVersion: serverFolder.dataVersion())
            let left = try ServerProcess(serverFolder.server(installation), log: serverFolder.log)
            let process = try await left.started()
            while Postmaster(data: serverFolder.data)?.isReady != true { await Task.yield() }
            try await Self.withServer(in: folder) { _, database in
                let value: Int32 = try await database.query("SELECT value FROM number")[0][0]
                #expect(value == 7)
                #expect(try await left.ended().status == 0)
                #expect(Postmaster(data: serverFolder.data)?.process != process)
            }
        }
    }

    @Test("starts anew after an initialisation that was cut off")
    func interrupted() async throws {
        try await PostgresFixture.withFolder { folder in
            mkdir("\(folder)/postgres", 0o700)
            mkdir("\(folder)/postgres/data.new", 0o700)
            mkdir("\(folder)/postgres/data.new/base", 0o700)
            try await Self.withServer(in: folder) { _, database in
                try await database.query("SELECT 1")
                #expect(access("\(folder)/postgres/data.new", F_OK) != 0)
            }
        }
    }

    @Test("refuses data of another version, and a folder of something else")
    func foreignData() async throws {
        try await PostgresFixture.withFolder { folder in
            mkdir("\(folder)/postgres", 0o700)
            mkdir("\(folder)/postgres/data", 0o700)
            let server = try Self.server("\(folder)/postgres")
            #expect(await Self.code { _ = try await server.start() } == .configuration)
            let version = open("\(folder)/postgres/data/PG_VERSION", O_WRONLY | O_CREAT, 0o600)
            #expect(write(version, "9\n", 2) == 2)
            close(version)
            let error = await #expect(throws: SFSError.self) { _ = try await server.start() }
            #expect(error?.code == .configuration)
            #expect(error?.message.contains("PostgreSQL 9") == true)
        }
    }

    @Test("names the limit when its socket's path is too long")
    func longPath() async throws {
        try await PostgresFixture.withFolder { folder in
            let server = try Self.server(folder + "/" + String(repeating: "x", count: 100))
            let error = await #expect(throws: SFSError.self) { _ = try await server.start() }
            #expect(error?.code == .configuration)
            #expect(error?.message.contains("107") == true)
        }
    }

    @Test("names the folder that its user cannot enter", .enabled(if: geteuid() == 0))
    func closedParent() async throws {
        try await PostgresFixture.withFolder { folder in
            mkdir("\(folder)/closed", 0o700)
            mkdir("\(folder)/closed/open", 0o755)
            let server = try Self.server("\(folder)/closed/open/postgres")
            let error = await #expect(throws: SFSError.self) { _ = try await server.start() }
            #expect(error?.code == .configuration)
            #expect(error?.message.contains("'\(folder)/closed'") == true)
        }
    }

    @Test("refuses a user that there is not, and root", arguments: ["no-such-user", "root"])
    func user(name: String) throws {
        // An ordinary user may not change to either.
        let error = try #require(throws: SFSError.self) { try Self.server("/tmp/x", user: name) }
        #expect(error.code == .configuration)
    }

    @Test("is started again when it is killed, and its database is there again within seconds")
    func killed() async throws {
        try await PostgresFixture.withFolder { folder in
            try await Self.withServer(in: folder) { server, database in
                try await database.query("CREATE TABLE number (value bigint PRIMARY KEY)")
                try await withThrowingTaskGroup(of: Void.self) { group in
                    group.addTask { try await server.run() }
                    for signal in [SIGKILL, SIGQUIT] {
                        try await Self.kill(folder, with: signal, underLoadOn: database)
                    }
                    group.cancelAll()
                    try await group.waitForAll()
                }
                let error = await #expect(throws: SFSError.self) {
                    try await database.query("SELECT 1")
                }
                #expect(error?.code == .unavailable)
            }
        }
    }

    /// Two seconds for a call, and what a busy machine adds.
    private static let limit = Duration.seconds(5)

    /// The first answer of a server that is on its way back.
    private static func answer<R>(_ ask: () async throws -> R) async throws -> R {
        let deadline = ContinuousClock.now + .seconds(60)
        while true {
            do {
                return try await ask()
            } catch let error as SFSError where error.code == .unavailable && .now < deadline {
                // A process of the killed server may have answered last, and ended since.
            }
        }
    }

    /// Kills the server while 16 tasks write; checks that no call takes longer than the limit,
    /// and that all that was acknowledged is there afterwards.
    private static func kill(
        _ folder: String, with signal: Int32, underLoadOn database: PostgresDatabase
    ) async throws {
        let killed = Counter()
        let written = Counter()
        let acknowledged = try await withThrowingTaskGroup(of: [Int64].self) { group in
            for task in 0..<16 {
                group.addTask {
                    var acknowledged: [Int64] = []
                    var step: Int64 = 0
                    // Until some were written after the kill.
                    while killed.value == 0 || written.value < 200 {
                        step += 1
                        let value = Int64(signal) << 40 + Int64(task) << 32 + step
                        let begin = ContinuousClock.now
                        do {
                            try await database.query(
                                "INSERT INTO number VALUES ($1)", [.int64(value)])
                            acknowledged.append(value)
                            if killed.value > 0 { written.next() }
                        } catch let error as SFSError {
                            #expect(error.code == .unavailable)
                        }
                        #expect(begin.duration(to: .now) < limit)
                    }
                    return acknowledged
                }
            }
            while try await answer({ try await database.query("SELECT 1 FROM number LIMIT 1") })
                .isEmpty
            {}
            let postmaster = try #require(Postmaster(data: "\(folder)/postgres/data"))
            #expect(Glibc.kill(postmaster.process, signal) == 0)
            killed.next()
            return try await group.reduce(into: []) { $0 += $1 }
        }
        let found: Int64 = try await answer {
            try await database.query(
                "SELECT count(*) FROM number WHERE value = ANY ($1)", [.int64Array(acknowledged)])[
                    0][0]
        }
        #expect(found == acknowledged.count)
    }

    @Test("fails every call within two seconds while it is down, and needs no other help after")
    func down() async throws {
        try await PostgresFixture.withFolder { folder in
            try await Self.withServer(in: folder) { server, database in
                try await database.query("SELECT 1")
                await server.stop()
                for call in 0..<3 {
                    let begin = ContinuousClock.now
                    let code = await Self.code {
                        if call == 0 {
                            try await database.transaction { _ in }
                        } else {
                            try await database.query("SELECT 1", retry: .idempotent)
                        }
                    }
                    #expect(code == .unavailable)
                    #expect(begin.duration(to: .now) < Self.limit)
                }
                _ = try await server.start()
                try await database.query("SELECT 1")
                try await database.transaction { _ in }
            }
        }
    }
}
