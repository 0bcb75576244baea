import Foundation
import PrismStandIn
import SFSCore

/// The real `sfs` as a process, a stand-in prism behind a Unix socket, and a folder to work in.
final class CommandFixture: Sendable {
    /// What a process left behind.
    struct Outcome: Sendable {
        let status: Int32
        let output: [UInt8]
        let errors: String

        var text: String { String(decoding: output, as: UTF8.self) }
        var lines: [String] { text.split(separator: "\n").map(String.init) }
    }

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
            try? FileManager.default.removeItem(atPath: fixture.folder)
        }
        try await body(fixture)
    }

    /// Runs `sfs` in the folder, asking the stand-in.
    func sfs(
        _ arguments: [String], input: [UInt8] = [], environment: [String: String] = [:]
    ) async throws -> Outcome {
        let process = try start(arguments, environment: environment)
        return try await process.finish(input: input)
    }

    /// Starts `sfs` and does not wait for it.
    func start(
        _ arguments: [String], environment: [String: String] = [:]
    ) throws -> RunningCommand {
        try RunningCommand(
            arguments, folder: folder,
            environment: ["SFS_SOCKET": socket, "PATH": "\(folder)/bin:/usr/bin:/bin"]
                .merging(environment) { $1 })
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
}

/// A process of `sfs` that may still run.
final class RunningCommand {
    let process = Process()
    private let input = Pipe()
    private let output = Pipe()
    private let errors = Pipe()

    /// The binary is built beside the tests.
    static var binary: String {
        get throws {
            let tests = try FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")
            return URL(fileURLWithPath: tests).deletingLastPathComponent()
                .appendingPathComponent("sfs").path
        }
    }

    init(_ arguments: [String], folder: String, environment: [String: String]) throws {
        process.executableURL = URL(fileURLWithPath: try Self.binary)
        process.arguments = arguments
        process.currentDirectoryURL = URL(fileURLWithPath: folder)
        process.environment = environment
        process.standardInput = input
        process.standardOutput = output
        process.standardError = errors
        try process.run()
    }

    /// Gives it its input and waits for its end.
    func finish(input bytes: [UInt8] = []) async throws -> CommandFixture.Outcome {
        let handles = (output.fileHandleForReading, errors.fileHandleForReading)
        async let output = Self.readAll(handles.0)
        async let errors = Self.readAll(handles.1)
        try? input.fileHandleForWriting.write(contentsOf: Data(bytes))
        try? input.fileHandleForWriting.close()
        let texts = await (output, errors)
        process.waitUntilExit()
        let status =
            process.terminationReason == .exit
            ? process.terminationStatus : 128 + process.terminationStatus
        return CommandFixture.Outcome(
            status: status, output: texts.0, errors: String(decoding: texts.1, as: UTF8.self))
    }

    @concurrent private static func readAll(_ handle: FileHandle) async -> [UInt8] {
        await withCheckedContinuation { wake in
            Thread.detachNewThread {
                let bytes = (try? handle.readToEnd()) ?? nil
                wake.resume(returning: Array(bytes ?? Data()))
            }
        }
    }
}
