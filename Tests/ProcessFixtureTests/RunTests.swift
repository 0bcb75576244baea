import ProcessFixture
import Testing

@Suite("Running a program")
struct RunTests {
    @Test("gives its status, its output and its errors, whatever their bytes")
    func result() async throws {
        let script = "cat; printf '\\377' >&2; exit 7"
        let result = try await run("sh", ["-c", script], input: [0, 10, 255])
        #expect(result.end == .exited(7))
        #expect(result.output == [0, 10, 255])
        #expect(result.errors == [255])
    }

    @Test("tells a signal from an exit status")
    func signal() async throws {
        let result = try await run("sh", ["-c", "kill -9 $$"])
        #expect(result.end == .killed(signal: 9))
        #expect(result.status == 137)
    }

    @Test("keeps SFS_ variables of the shell away and passes those that are given")
    func environment() async throws {
        let result = try await run("env", environment: ["SFS_SOCKET": "/x"])
        #expect(result.lines.filter { $0.hasPrefix("SFS_") } == ["SFS_SOCKET=/x"])
    }

    @Test("hands over arguments in any bytes")
    func bytes() async throws {
        let result = try await run("printf", bytes: [Array("%s".utf8), [0xff, 0x0a, 0x20]])
        #expect(result.output == [0xff, 0x0a, 0x20])
    }

    @Test("kills what runs beyond its limit")
    func limit() async throws {
        let error = try await #require(throws: FixtureError.self) {
            try await run("sleep", ["1000"], limit: .milliseconds(50))
        }
        #expect(error.description.contains("sleep"))
    }

    @Test("fails with the name of a program that is not there")
    func missing() async throws {
        let error = try await #require(throws: FixtureError.self) {
            try await run("/nowhere/at-all")
        }
        #expect(error.description.contains("'/nowhere/at-all'"))
    }
}
