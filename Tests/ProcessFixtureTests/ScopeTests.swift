import Foundation
import Glibc
import ProcessFixture
import Synchronization
import Testing

@Suite("A scope of tests")
struct ScopeTests {
    private struct Stop: Error {}

    @Test("undoes the last step first, also when the body or a step fails")
    func order() async throws {
        let done = Mutex<[Int]>([])
        await #expect(throws: Stop.self) {
            try await withCleanUp { cleanUp in
                for step in 1...3 {
                    cleanUp.add {
                        done.withLock { $0.append(step) }
                        if step == 2 { throw FixtureError("2") }
                    }
                }
                throw Stop()
            }
        }
        #expect(done.withLock { $0 } == [3, 2, 1])
    }

    @Test("fails when only the clean-up fails")
    func failure() async throws {
        await #expect(throws: FixtureError.self) {
            try await withCleanUp { $0.add { throw FixtureError("left over") } }
        }
    }

    @Test("has a folder that others may enter, and removes it")
    func folder() async throws {
        let path = try await withTemporaryFolder { path in
            var status = stat()
            #expect(stat(path, &status) == 0)
            #expect(status.st_mode & 0o777 == 0o755)
            return path
        }
        #expect(!FileManager.default.fileExists(atPath: path))
    }

    @Test("ends a program with the body")
    func program() async throws {
        let process = try await withProgram("sleep", ["1000"]) { running in
            #expect(running.end == nil)
            #expect((running.memory?.peak ?? 0) > 0)
            return running.process
        }
        #expect(kill(process, 0) != 0)
    }

    @Test("gives up on what never comes, and says what that was")
    func never() async throws {
        let error = try await #require(throws: FixtureError.self) {
            let _: Bool = try await eventually(within: .milliseconds(20), "the moon") { nil }
        }
        #expect(error.description.contains("the moon"))
    }

    @Test("runs a PostgreSQL that survives an immediate stop")
    func postgres() async throws {
        try await withPostgres { server in
            _ = try await server.query("CREATE TABLE t (n int); INSERT INTO t VALUES (7)")
            try await server.stop(immediately: true)
            try await server.start(log: "/dev/null")
            #expect(try await server.query("SELECT n, n + 1 FROM t") == [["7", "8"]])
        }
    }
}
