import FoundationEssentials
import ProcessFixture

/// The row about memory: many clients who are slow.
enum MemoryRows {
    static let all: [Row] = [
        Row(
            name: "memory", work: "1,000 connections, each in the middle of 1 GiB",
            unit: "MiB resident at most", goal: .atMost(1), pairsMaximum: 1, prepare: crowd)
    ]

    private static let connections = 1000
    /// What each may cost beside the first 256 MiB, in MiB.
    private static let limit = 256.0 + Double(connections)

    private static func crowd(_ arena: Arena) async throws -> Contest {
        let cluster = arena.cluster
        // The size of what is read does not matter: nobody comes to its end.
        let file = try await arena.shelf.files(2, of: 256 << 20)[0]
        return Contest(
            ours: {
                guard let process = cluster.daemon.process else { throw FixtureError("no sfsd") }
                // From now on the greatest of what comes, and not of what was.
                try Data("5".utf8).write(to: URL(filePath: "/proc/\(process)/clear_refs"))
                _ = try await arena.peers.run(
                    "crowd",
                    [
                        "\(cluster.storePort)", file.path, "\(connections / 2)",
                        "\(cluster.prismPort)", "/v1/contents", "\(connections / 2)", "10",
                        "\(16 << 10)", StretchFS.authorization,
                    ])
                guard let memory = cluster.daemon.memory else { throw FixtureError("no sfsd") }
                try await arena.settle()
                return Sample(value: Double(memory.peak) / Double(1 << 20))
            }, theirs: { Sample(value: limit) },
            peer: "the limit: 256 MiB and 1 MiB for each")
    }
}
