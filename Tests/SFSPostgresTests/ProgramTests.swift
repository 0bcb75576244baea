import Glibc
import SFSCore
import Testing

@testable import SFSPostgres

@Suite("A program that was started")
struct ProgramTests {
    @Test("returns its status and what it wrote")
    func output() throws {
        let program = Program(
            path: "/bin/sh", arguments: ["-c", "pwd; echo oops >&2; exit 3"], folder: "/usr")
        let (status, output) = try program.run()
        #expect(status == 3)
        #expect(output == "/usr\noops\n")
    }

    @Test("tells a folder that it may not be in from a program that is not there")
    func failures() {
        var program = Program(path: "/bin/true", arguments: [], folder: "/nonexistent")
        let folder = #expect(throws: Program.StartFailure.self) { try program.run() }
        guard case .folder(ENOENT) = folder else {
            Issue.record("not \(String(describing: folder))")
            return
        }
        program = Program(path: "/nonexistent", arguments: [], folder: "/")
        let missing = #expect(throws: Program.StartFailure.self) { try program.run() }
        guard case .other(ENOENT) = missing else {
            Issue.record("not \(String(describing: missing))")
            return
        }
    }

    @Test("has no descriptor of ours")
    func descriptors() throws {
        let open = Glibc.open("/dev/null", O_RDONLY)
        defer { close(open) }
        // The fourth is the folder that ls(1) lists.
        let list = Program(path: "/bin/ls", arguments: ["/proc/self/fd"], folder: "/")
        #expect(try list.run().output == "0\n1\n2\n3\n")
    }

    @Test("has no signal blocked or ignored")
    func signals() throws {
        let status = Program(
            path: "/bin/grep", arguments: ["-E", "Sig(Blk|Ign)", "/proc/self/status"], folder: "/")
        let masks = try status.run().output.split(separator: "\n")
            .compactMap { UInt64($0.dropFirst(8), radix: 16) }
        // The C library keeps signals 32 and 33 for itself, as they were.
        #expect(masks.map { $0 & 0x7fff_ffff } == [0, 0])
    }

    @Test("becomes another user", .enabled(if: geteuid() == 0))
    func user() throws {
        let nobody = try #require(UnixUser(named: "nobody"))
        let program = Program(path: "/usr/bin/id", arguments: ["-un"], folder: "/", user: nobody)
        #expect(try program.run().output == "nobody\n")
    }

    @Test("gets its death signal when the thread that started it ends")
    func death() async throws {
        let process = try await DedicatedThread.run("starter") {
            try Program(
                path: "/bin/sleep", arguments: ["1000"], folder: "/", deathSignal: SIGINT
            ).start(output: -1)
        }
        let status = try await DedicatedThread.run("waiter") { Program.wait(for: process) }
        #expect(status == 128 + SIGINT)
    }
}
