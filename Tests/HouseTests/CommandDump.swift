import Foundation
import Testing

/// What a program's parser says of itself (`--experimental-dump-help`).
struct CommandDump: Decodable, Sendable {
    var commandName: String
    var shouldDisplay: Bool?
    var arguments: [Argument]?
    var subcommands: [CommandDump]?

    struct Argument: Decodable, Sendable {
        var names: [Name]?
        var shouldDisplay: Bool?
    }

    struct Name: Decodable, Sendable {
        var kind: String
        var name: String
    }

    /// Whether a person is told of it.
    var isShown: Bool { shouldDisplay ?? true }

    /// Its own options, without the dashes.
    var longOptions: Set<String> {
        let shown = (arguments ?? []).filter { $0.shouldDisplay ?? true }
        let names = shown.flatMap { $0.names ?? [] }.filter { $0.kind == "long" }
        return Set(names.map(\.name))
    }

    /// Its options and those of the commands below it.
    var allLongOptions: Set<String> {
        (subcommands ?? []).reduce(longOptions) { $0.union($1.allLongOptions) }
    }

    /// Asks `program`, which was built beside this test.
    static func of(_ program: String) throws -> CommandDump {
        struct Dump: Decodable { var command: CommandDump }
        let process = Process()
        process.executableURL = try url(of: program)
        process.arguments = ["--experimental-dump-help"]
        let pipe = Pipe()
        process.standardOutput = pipe
        try process.run()
        let data = try pipe.fileHandleForReading.readToEnd() ?? Data()
        process.waitUntilExit()
        return try JSONDecoder().decode(Dump.self, from: data).command
    }

    /// Where the build put `program`: beside the tests.
    private static func url(of program: String) throws -> URL {
        let here = URL(filePath: "/proc/self/exe").resolvingSymlinksInPath()
        let url = here.deletingLastPathComponent().appending(path: program)
        try #require(
            FileManager.default.isExecutableFile(atPath: url.path), "build \(program) first")
        return url
    }
}
