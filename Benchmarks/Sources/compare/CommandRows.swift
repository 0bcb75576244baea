import FoundationEssentials
import ProcessFixture

/// The rows about how soon a command is through.
enum CommandRows {
    static let all: [Row] = [
        Row(
            name: "start-version", work: "sfs --version", unit: "ms", goal: .none,
            pairsMaximum: 3
        ) { arena in
            try await contest(["--version"], in: arena)
        },
        Row(
            name: "start-exists", work: "sfs exists of one hash, by the Unix socket", unit: "ms",
            goal: .none, pairsMaximum: 3
        ) { arena in
            let hash = try await arena.shelf.files(500, of: 4 << 10)[0].hash
            return try await contest(["exists", "--quiet", hash], in: arena)
        },
    ]

    /// Against the least that a Swift program can be, linked alike.
    private static func contest(_ arguments: [String], in arena: Arena) async throws -> Contest {
        let source = "\(arena.folder)/hello.swift"
        let hello = "\(arena.folder)/hello"
        if !FileManager.default.fileExists(atPath: hello) {
            try Data("print(\"hello\")\n".utf8).write(to: URL(filePath: source))
            try await run("swiftc", ["-O", "-static-stdlib", "-o", hello, source])
                .succeeded("swiftc")
        }
        let sfs = ([arena.cluster.programs.sfs] + arguments).joined(separator: " ")
        let socket = arena.cluster.socket
        return Contest(
            ours: { try await time(sfs, in: arena, socket: socket) },
            theirs: { try await time(hello, in: arena, socket: socket) },
            peer: "print(\"hello\"), static")
    }

    /// The median of many runs of `command`.
    private static func time(
        _ command: String, in arena: Arena, socket: String
    ) async throws -> Sample {
        let file = "\(arena.folder)/hyperfine.json"
        let words = [
            "--shell=none", "--warmup", "5", "--runs", "60", "--export-json", file, command,
        ]
        try await run("hyperfine", words, environment: ["SFS_SOCKET": socket])
            .succeeded("hyperfine")
        let report = try JSONDecoder().decode(
            Report.self, from: Data(contentsOf: URL(filePath: file)))
        guard let median = report.results.first?.median else { throw FixtureError("no time") }
        return Sample(value: median * 1000)
    }

    private struct Report: Decodable {
        struct Result: Decodable {
            /// Seconds.
            let median: Double
        }
        let results: [Result]
    }
}
