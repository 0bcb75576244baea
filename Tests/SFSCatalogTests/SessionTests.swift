import PostgresFixture
import SFSCatalog
import SFSCore
import SFSPostgres
import Testing

@Suite("A catalog's sessions")
struct SessionTests {
    /// Runs `body` with a catalog that has an account.
    private static func withAccount(
        _ body: (Catalog, AccountRecord, PostgresDatabase) async throws -> Void
    ) async throws {
        try await PostgresFixture.withCatalog { catalog, database in
            let record = try await catalog.createAccount(
                try Samples.account(), password: "$y$", roles: [.read, .create], actor: "root")
            try await body(catalog, record, database)
        }
    }

    private static func open(
        _ token: UInt8, _ record: AccountRecord, isPermanent: Bool = false,
        life: Duration = .seconds(60), passwordChanged: Timestamp? = nil, in catalog: Catalog
    ) async throws -> SessionRecord {
        try await catalog.createSession(
            tokenHash: Samples.tokenHash(token), account: record.name,
            passwordChanged: passwordChanged, isPermanent: isPermanent, life: life,
            address: "192.0.2.1", actor: "films")
    }

    @Test("are known by their token until they expire")
    func roundTrip() async throws {
        try await Self.withAccount { catalog, record, database in
            let opened = try await Self.open(1, record, life: .milliseconds(90_500), in: catalog)
            #expect(opened.account == record.name)
            #expect(opened.roles == [.read, .create])
            #expect(opened.address == "192.0.2.1")
            let expires = try #require(opened.expires)
            #expect(expires.milliseconds - opened.created.milliseconds == 90_500)
            #expect(try await catalog.session(tokenHash: Samples.tokenHash(1)) == opened)
            #expect(try await catalog.session(tokenHash: Samples.tokenHash(2)) == nil)
            let permanent = try await Self.open(3, record, isPermanent: true, in: catalog)
            #expect(permanent.expires == nil)
            #expect(try await catalog.sessions(of: nil) == [opened, permanent])
            #expect(try await catalog.sessions(of: record.name) == [opened, permanent])
            #expect(try await catalog.sessions(of: try Samples.account("other")).isEmpty)
            try await database.query(
                "UPDATE session SET expires_at = now() - interval '1 s' WHERE NOT is_permanent")
            #expect(try await catalog.session(tokenHash: Samples.tokenHash(1)) == nil)
            #expect(try await catalog.sessions(of: nil) == [permanent])
            #expect(try await catalog.pruneSessions() == 1)
            #expect(try await catalog.pruneSessions() == 0)
            #expect(try await catalog.session(tokenHash: Samples.tokenHash(3)) == permanent)
        }
    }

    @Test("end one by one or all at once; what an administrator does is in the audit")
    func end() async throws {
        try await Self.withAccount { catalog, record, database in
            let first = try await Self.open(1, record, in: catalog)
            _ = try await Self.open(2, record, isPermanent: true, in: catalog)
            for token in 3...5 as ClosedRange<UInt8> {
                _ = try await Self.open(token, record, in: catalog)
            }
            #expect(try await catalog.endSession(number: first.number, actor: "root"))
            #expect(try await !catalog.endSession(number: first.number, actor: "root"))
            #expect(try await catalog.endSession(tokenHash: Samples.tokenHash(2)))
            #expect(try await !catalog.endSession(tokenHash: Samples.tokenHash(2)))
            #expect(try await catalog.endSessions(of: record.name, actor: "root") == 3)
            #expect(try await catalog.endSessions(of: record.name, actor: "root") == 0)
            let lines = try await Samples.audit(database).dropFirst()
            #expect(
                Array(lines) == [
                    "films create-session \(record.name) permanent",
                    "root end-session \(record.name) session \(first.number)",
                    "root end-sessions \(record.name) 3 sessions",
                ])
        }
    }

    @Test("are not opened for an account that may not log in, or is not there")
    func refused() async throws {
        try await Self.withAccount { catalog, record, _ in
            try await catalog.setEnabled(false, record.name, actor: "root")
            var other = record
            other.name = try Samples.account("other")
            for refused in [record, other] {
                let error = await #expect(throws: SFSError.self) {
                    _ = try await Self.open(1, refused, in: catalog)
                }
                #expect(error?.code == .notFound)
            }
        }
    }

    @Test("are not opened with a password that is changed while it is checked")
    func passwordRace() async throws {
        try await Self.withAccount { catalog, record, database in
            let opened = try await Self.open(
                1, record, passwordChanged: record.passwordChanged, in: catalog)
            #expect(try await catalog.session(tokenHash: Samples.tokenHash(1)) == opened)
            // As `setPassword` does, but slowly.
            let login = try await database.transaction { transaction in
                try await transaction.query("UPDATE account SET password_changed_at = now()")
                let login = Task {
                    try await Self.open(
                        2, record, passwordChanged: record.passwordChanged, in: catalog)
                }
                try await eventually {
                    try await !transaction.query(
                        "SELECT FROM pg_locks WHERE NOT granted AND locktype = 'transactionid'"
                    ).isEmpty
                }
                return login
            }
            let error = await #expect(throws: SFSError.self) { _ = try await login.value }
            #expect(error?.code == .notFound)
            #expect(try await catalog.sessions(of: nil) == [opened])
        }
    }
}
