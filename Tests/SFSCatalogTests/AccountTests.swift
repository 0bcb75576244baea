import PostgresFixture
import SFSCatalog
import SFSCore
import SFSPostgres
import Testing

@Suite("A catalog's accounts")
struct AccountTests {
    private static func create(
        _ name: AccountName, roles: Set<AccountRole> = [.read], in catalog: Catalog
    ) async throws -> AccountRecord {
        try await catalog.createAccount(name, password: "$y$old", roles: roles, actor: "root")
    }

    @Test("come back as they were made, by name, and a name is given once")
    func create() async throws {
        try await PostgresFixture.withCatalog { catalog, database in
            let name = try Samples.account("b")
            let made = try await Self.create(name, roles: [.update, .create], in: catalog)
            #expect(made.isEnabled)
            #expect(made.roles == [.create, .update])
            #expect(made.lastLogin == nil)
            let other = try await Self.create(try Samples.account("a"), roles: [], in: catalog)
            let found = try #require(try await catalog.account(name))
            #expect(found.record == made)
            #expect(found.password == "$y$old")
            #expect(try await catalog.accounts() == [other, made])
            #expect(try await catalog.account(try Samples.account("B")) == nil)
            let error = await #expect(throws: SFSError.self) {
                _ = try await Self.create(name, in: catalog)
            }
            #expect(error?.code == .conflict)
            #expect(error?.message.contains("'b'") == true)
            #expect(
                try await Samples.audit(database)
                    == ["root create-account b create,update", "root create-account a "])
        }
    }

    @Test("lose their sessions with a new password, and keep them with a better hash of the same")
    func passwords() async throws {
        try await PostgresFixture.withCatalog { catalog, _ in
            let name = try Samples.account()
            let made = try await Self.create(name, in: catalog)
            let token = Samples.tokenHash(1)
            _ = try await catalog.createSession(
                tokenHash: token, account: name, isPermanent: true, life: .zero, address: "",
                actor: "root")
            try await catalog.upgradePassword("$y$better", of: name, from: "$y$other")
            #expect(try await catalog.account(name)?.password == "$y$old")
            try await catalog.upgradePassword("$y$better", of: name, from: "$y$old")
            let upgraded = try #require(try await catalog.account(name))
            #expect(upgraded.password == "$y$better")
            #expect(upgraded.record.passwordChanged == made.passwordChanged)
            #expect(try await catalog.session(tokenHash: token) != nil)
            try await catalog.setPassword("$y$new", of: name, actor: "root")
            let changed = try #require(try await catalog.account(name))
            #expect(changed.password == "$y$new")
            #expect(changed.record.passwordChanged > made.passwordChanged)
            #expect(try await catalog.session(tokenHash: token) == nil)
        }
    }

    @Test("may be disabled and enabled, and removed with their sessions")
    func life() async throws {
        try await PostgresFixture.withCatalog { catalog, database in
            let name = try Samples.account()
            _ = try await Self.create(name, in: catalog)
            let token = Samples.tokenHash(1)
            _ = try await catalog.createSession(
                tokenHash: token, account: name, isPermanent: false, life: .seconds(60),
                address: "", actor: "root")
            try await catalog.setEnabled(false, name, actor: "root")
            #expect(try await catalog.account(name)?.record.isEnabled == false)
            #expect(try await catalog.session(tokenHash: token) == nil)
            try await catalog.setEnabled(true, name, actor: "root")
            #expect(try await catalog.session(tokenHash: token) != nil)
            try await catalog.removeAccount(name, actor: "root")
            #expect(try await catalog.accounts().isEmpty)
            let sessions: Int = try await database.query("SELECT count(*) FROM session")[0][0]
            #expect(sessions == 0)
            let actions = try await Samples.audit(database).map { $0.split(separator: " ")[1] }
            #expect(
                actions == [
                    "create-account", "disable-account", "enable-account", "remove-account",
                ]
            )
        }
    }

    @Test("that are not there are not found, and nothing is written")
    func unknown() async throws {
        try await PostgresFixture.withCatalog { catalog, database in
            let name = try Samples.account()
            let attempts: [@Sendable () async throws -> Void] = [
                { try await catalog.setPassword("$y$new", of: name, actor: "root") },
                { try await catalog.setEnabled(false, name, actor: "root") },
                { try await catalog.removeAccount(name, actor: "root") },
                { _ = try await catalog.endSessions(of: name, actor: "root") },
            ]
            for attempt in attempts {
                let error = await #expect(throws: SFSError.self) { try await attempt() }
                #expect(error?.code == .notFound)
            }
            try await catalog.recordLogin(name, success: false)
            #expect(try await Samples.audit(database).isEmpty)
        }
    }

    @Test("count their logins, and those that failed")
    func logins() async throws {
        try await PostgresFixture.withCatalog { catalog, _ in
            let name = try Samples.account()
            let made = try await Self.create(name, in: catalog)
            for success in [true, false, false] {
                try await catalog.recordLogin(name, success: success)
            }
            let record = try #require(try await catalog.account(name)?.record)
            #expect(record.logins == 1)
            #expect(record.failures == 2)
            #expect(try #require(record.lastLogin) >= made.created)
            #expect(try #require(record.lastFailure) >= made.created)
        }
    }
}
