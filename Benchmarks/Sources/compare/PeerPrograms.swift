import FoundationEssentials
import ProcessFixture

/// The programs in C that rows are measured against or with, compiled when they are first needed.
actor PeerPrograms {
    private let folder: String
    private var known: [String: String] = [:]

    init(folder: String) {
        self.folder = folder
    }

    /// The path of the program that `Benchmarks/Peers/<name>.c` is the source of.
    func path(of name: String, _ flags: [String] = []) async throws -> String {
        if let path = known[name] { return path }
        let source = URL(filePath: #filePath).deletingLastPathComponent()
            .deletingLastPathComponent().deletingLastPathComponent()
            .appending(path: "Peers/\(name).c")
        let path = "\(folder)/\(name)"
        let words = ["-O2", "-Wall", "-o", path, source.path, "-pthread"]
        try await run("cc", words + flags).succeeded("cc")
        known[name] = path
        return path
    }
}
