import Foundation
import PrismStandIn
import ProcessFixture
import SFSCore

/// The real `sfs` as a process, a stand-in prism behind a Unix socket, and a folder to work in.
final class CommandFixture: Sendable {
    let standIn: PrismStandIn
    let folder: String
    let socket: String

    private init() throws {
        folder = "/tmp/sfs-command-\(UploadID.random())"
        socket = folder + ".sock"
        try FileManager.default.createDirectory(
            atPath: folder, withIntermediateDirectories: false)
        standIn = try PrismStandIn(socket: socket)
    }

    /// Makes a fixture for `body` and takes it down again.
    static func with(_ body: (CommandFixture) async throws -> Void) async throws {
        let fixture = try CommandFixture()
        defer {
            fixture.standIn.stop()
            // What cannot be removed is in /tmp and bears our name.
            try? FileManager.default.removeItem(atPath: fixture.folder)
        }
        try await body(fixture)
    }

    /// Runs `sfs` in the folder, asking the stand-in.
    func sfs(
        _ arguments: [String], input: [UInt8] = [], environment: [String: String] = [:]
    ) async throws -> ProgramResult {
        try await run(
            Self.binary, arguments, input: input,
            environment: self.environment.merging(environment) { $1 }, folder: folder)
    }

    /// Runs `script` with /bin/sh in the folder; `$SFS` is the program.
    func shell(_ script: String) async throws -> ProgramResult {
        try await run(
            "/bin/sh", ["-c", script],
            environment: environment.merging(["SFS": Self.binary]) { $1 }, folder: folder)
    }

    /// Starts `sfs` in the folder, and kills it after `body` if it is still there.
    func running(
        _ arguments: [String], log: String, _ body: (RunningProgram) async throws -> Void
    ) async throws {
        let script = #"cd "$0" && exec "$@""#
        try await withProgram(
            "/bin/sh", ["-c", script, folder, try Self.binary] + arguments,
            environment: environment, log: log, body)
    }

    /// Writes a file of the folder.
    func write(_ bytes: [UInt8], to name: String) throws {
        let url = URL(fileURLWithPath: "\(folder)/\(name)")
        try FileManager.default.createDirectory(
            at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
        try Data(bytes).write(to: url)
    }

    /// The bytes of a file of the folder; `nil` when there is none.
    func read(_ name: String) -> [UInt8]? {
        FileManager.default.contents(atPath: "\(folder)/\(name)").map { Array($0) }
    }

    /// The names in the folder, sorted.
    var names: [String] {
        get throws { try FileManager.default.contentsOfDirectory(atPath: folder).sorted() }
    }

    private var environment: [String: String] {
        ["SFS_SOCKET": socket, "PATH": "\(folder)/bin:/usr/bin:/bin"]
    }

    /// The program, which is built beside the tests.
    static var binary: String {
        get throws {
            let tests = try FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")
            return URL(fileURLWithPath: tests).deletingLastPathComponent()
                .appendingPathComponent("sfs").path
        }
    }
}
