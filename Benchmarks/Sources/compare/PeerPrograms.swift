import FoundationEssentials
import ProcessFixture

/// The programs in C that rows are measured against or with, compiled when they are first needed.
actor PeerPrograms {
    private let folder: String
    private var known: [String: String] = [:]

    init(folder: String) {
        self.folder = folder
    }

    /// Runs the program that `Benchmarks/Peers/<name>.c` is the source of, for at most `limit`.
    func run(
        _ name: String, _ arguments: [String], limit: Duration = .seconds(150)
    ) async throws -> LoadResult {
        let program = try await path(of: name)
        return try LoadResult(
            await ProcessFixture.run(program, arguments, limit: limit), of: name)
    }

    private func path(of name: String) async throws -> String {
        if let path = known[name] { return path }
        let source = URL(filePath: #filePath).deletingLastPathComponent()
            .deletingLastPathComponent().deletingLastPathComponent()
            .appending(path: "Peers/\(name).c")
        let path = "\(folder)/\(name)"
        let words = [
            "-O2", "-Wall", "-D_GNU_SOURCE", "-I/usr/include/postgresql", "-o", path, source.path,
            "-pthread",
        ]
        let libraries = ["lookup": ["-lpq"], "volumefiles": ["-lcrypto"]][name] ?? []
        try await ProcessFixture.run("cc", words + libraries).succeeded("cc")
        known[name] = path
        return path
    }
}
