import FoundationEssentials
import ProcessFixture

/// The rows about taking files in: two copies, synced and recorded, before the client hears of it.
enum IngestRows {
    static let all: [Row] = [
        Row(
            name: "put-4k", work: "PUT 4 KiB, 16 connections, two durable copies",
            unit: "files/s", goal: .atLeast(0.5), prepare: { durableFiles(4 << 10, $0) }),
        Row(
            name: "put-1m", work: "PUT 1 MiB, 16 connections, two durable copies",
            unit: "files/s", goal: .atLeast(1), prepare: mediumFiles),
        // What the machine can do of it.
        Row(
            name: "put-1m-durable", work: "PUT 1 MiB, 16 connections, two durable copies",
            unit: "files/s", goal: .none,
            prepare: { durableFiles(1 << 20, $0) }),
        Row(
            name: "put-256m", work: "PUT 256 MiB, two durable copies", unit: "MB/s",
            goal: .atLeast(1), prepare: largeFile),
        Row(
            name: "put-tree", work: "sfs put -r of 10,000 files of 4 KiB", unit: "s",
            goal: .none, pairsMaximum: 1, prepare: tree),
    ]

    /// Files of `size` bytes, against a program in C that writes them as durably, twice, and does
    /// nothing else.
    private static func durableFiles(_ size: Int, _ arena: Arena) -> Contest {
        Contest(
            ours: { try await put(size, in: arena) },
            theirs: {
                let folder = "\(arena.folder)/double"
                try FileManager.default.createDirectory(
                    atPath: folder, withIntermediateDirectories: true)
                let result = try await arena.peers.run(
                    "doublewrite",
                    ["\(folder)/1", "\(folder)/2", "16", "\(size)", "\(arena.options.seconds)"])
                try await arena.clear(folder)
                return Sample(value: result.requestsPerSecond, p99: result.p99)
            }, peer: "C: write, fsync, rename, fsync of the folder; twice")
    }

    /// Against nginx, which writes one copy and leaves it to the kernel.
    private static func mediumFiles(_ arena: Arena) async throws -> Contest {
        let size = 1 << 20
        guard let nginx = arena.nginx.variants.first else { throw FixtureError("no nginx") }
        return Contest(
            ours: { try await put(size, in: arena) },
            theirs: {
                let result = try await arena.peers.run(
                    "load",
                    [
                        "\(nginx.port)", "16", "\(arena.options.seconds)", "PUT", "/dav/%.bin",
                        "\(size)",
                    ])
                try await arena.clear("\(arena.nginx.root)/dav")
                return Sample(value: result.requestsPerSecond, p99: result.p99)
            }, peer: "nginx DAV: one copy, not synced")
    }

    /// Puts new files of `size` bytes over 16 connections.
    private static func put(_ size: Int, in arena: Arena) async throws -> Sample {
        let before = try arena.cluster.processorSeconds()
        let result = try await arena.peers.run(
            "load",
            [
                "\(arena.cluster.prismPort)", "16", "\(arena.options.seconds)", "POST",
                "/v1/contents", "\(size)", StretchFS.authorization,
            ])
        let spent = try arena.cluster.processorSeconds() - before
        try await arena.settle()
        return Sample(
            value: result.requestsPerSecond, p99: result.p99, cost: spent / result.requests)
    }

    /// Against `cp` twice, `sha1sum`, and `sync` of both copies.
    private static func largeFile(_ arena: Arena) async throws -> Contest {
        let size = 256 << 20
        let source = "\(arena.folder)/large"
        try RandomFiles.make(1, of: size, in: source)
        let file = "\(source)/0.bin"
        let megabytes = Double(size) / 1e6
        return Contest(
            ours: {
                // Bytes that the cluster does not have yet.
                let handle = try RandomFiles.stamp(file)
                try await arena.settle()
                let seconds = try await Stopwatch.seconds {
                    try await arena.cluster.sfs(["put", "--quiet", "--no-precheck", handle])
                        .succeeded("put")
                }
                try await arena.settle()
                return Sample(value: megabytes / seconds)
            },
            theirs: {
                let copies = "\(source)/1 \(source)/2"
                let seconds = try await Stopwatch.seconds {
                    try await run(
                        "sh",
                        [
                            "-c",
                            "cp \(file) \(source)/1 && cp \(file) \(source)/2 "
                                + "&& sha1sum \(file) && sync \(copies)",
                        ]
                    ).succeeded("cp")
                }
                try await run("sh", ["-c", "rm \(copies) && sync"]).succeeded("rm")
                return Sample(value: megabytes / seconds)
            }, peer: "cp twice, sha1sum, sync of both")
    }

    /// Against `cp -r` and `sync`, twice.
    private static func tree(_ arena: Arena) async throws -> Contest {
        let source = "\(arena.folder)/tree"
        return Contest(
            ours: {
                try await arena.clear(source)
                try RandomFiles.make(10_000, of: 4 << 10, in: source)
                try await arena.settle()
                let seconds = try await Stopwatch.seconds {
                    try await arena.cluster.sfs(["put", "--quiet", "-r", source])
                        .succeeded("put -r")
                }
                try await arena.settle()
                return Sample(value: seconds)
            },
            theirs: {
                let seconds = try await Stopwatch.seconds {
                    let script = """
                        cp -r \(source) \(source).1 && sync && cp -r \(source) \(source).2 && sync
                        """
                    try await run("sh", ["-c", script]).succeeded("cp -r")
                }
                for copy in 1...2 { try await arena.clear("\(source).\(copy)") }
                return Sample(value: seconds)
            }, peer: "cp -r and sync, twice")
    }
}

extension Arena {
    /// Writes out what was left to the kernel, so that nobody's turn pays for another's.
    func settle() async throws {
        try await run("sync", []).succeeded("sync")
    }

    /// Empties `folder`, which may be missing, and settles.
    func clear(_ folder: String) async throws {
        _ = try await run("find", [folder, "-mindepth", "1", "-delete"], limit: .seconds(120))
        try await settle()
    }
}
