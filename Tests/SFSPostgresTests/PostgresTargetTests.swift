import PostgresFixture
import SFSCore
import Testing

@testable import SFSPostgres

@Suite("A database's URL")
struct PostgresTargetTests {
    private func settings(_ url: String) throws -> [[String: String]] {
        try PostgresTarget.all(in: url, options: PostgresOptions()).map { target in
            Dictionary(target.settings, uniquingKeysWith: { $1 })
        }
    }

    @Test("names one target for each host, with its port")
    func hosts() throws {
        let targets = try settings("postgresql://u@a:1,b:2,c/d")
        #expect(targets.map { $0["host"] } == ["a", "b", "c"])
        #expect(targets.map { $0["port"] } == ["1", "2", ""])
        #expect(targets.allSatisfy { $0["dbname"] == "d" && $0["user"] == "u" })
    }

    @Test("gives one port to all hosts, and no host the local socket")
    func port() throws {
        #expect(try settings("host=a,b port=7").map { $0["port"] } == ["7", "7"])
        #expect(try settings("postgresql:///d").map { $0["host"] } == [""])
    }

    @Test("asks for a writable server and limits in time, unless it says otherwise")
    func defaults() throws {
        let plain = try settings("postgresql://a/d")[0]
        #expect(plain["target_session_attrs"] == "read-write")
        #expect(plain["tcp_user_timeout"] == "5000")
        #expect(plain["options"]?.contains("statement_timeout=10000") == true)
        let other = try settings(
            "postgresql://a/d?target_session_attrs=any&tcp_user_timeout=7&options=-c%20a%3Db")[0]
        #expect(other["target_session_attrs"] == "any")
        #expect(other["tcp_user_timeout"] == "7")
        #expect(other["options"]?.hasSuffix("-c a=b") == true)
    }

    @Test(
        "is refused when it is none, without telling the password",
        arguments: ["postgresql://u:secret@a:b:c/d%zz", "host=a,b port=1,2,3", "nonsense"])
    func refused(url: String) throws {
        let error = try #require(throws: SFSError.self) { try settings(url) }
        #expect(error.code == .configuration)
        #expect(!error.description.contains("secret"))
    }

    @Test("leads past a dead host to a living one")
    func failover() async throws {
        try await PostgresFixture.withURL { url in
            let living = try #require(try settings(url).first)
            let host = try #require(living["host"])
            let database = try PostgresDatabase(
                url: """
                    host=/nonexistent,127.0.0.1,\(host) port=5432,1,\(living["port"] ?? "") \
                    user=\(living["user"] ?? "") dbname=\(living["dbname"] ?? "")
                    """,
                logger: PostgresFixture.logger)
            try await database.query("SELECT 1")
            try await database.close()
        }
    }

    @Test("leads past a host that cannot be written")
    func readOnly() async throws {
        try await PostgresFixture.withURL { url in
            let separator = url.contains("?") ? "&" : "?"
            let database = try PostgresDatabase(
                url: url + separator + "options=-c%20default_transaction_read_only%3Don",
                logger: PostgresFixture.logger)
            let error = await #expect(throws: SFSError.self) {
                try await database.query("SELECT 1")
            }
            #expect(error?.code == .unavailable)
            try await database.close()
        }
    }
}
