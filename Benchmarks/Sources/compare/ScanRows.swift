import FoundationEssentials
import Glibc
import ProcessFixture

/// The rows about going over whole volumes.
enum ScanRows {
    static let verify = Row(
        name: "verify", work: "verify of all files of a store", unit: "MB/s",
        goal: .atLeast(0.95), prepare: verify)
    static let inventory = Row(
        name: "inventory", work: "inventory of a store, nothing changed (--files)", unit: "s",
        goal: .atMost(1.5), prepare: inventory)

    /// Against `sha1sum`, a process for each processor.
    private static func verify(_ arena: Arena) async throws -> Contest {
        // A gigabyte in files of several sizes.
        _ = try await arena.shelf.files(500, of: 100 << 10)
        _ = try await arena.shelf.files(100, of: 1 << 20)
        _ = try await arena.shelf.files(25, of: 4 << 20)
        _ = try await arena.shelf.files(2, of: 256 << 20)
        let content = "\(arena.folder)/volumes/\(StretchFS.stores[0])/content"
        let sum = try await run(
            "sh", ["-c", "find \(content) -type f -printf '%s\\n' | awk '{n += $1} END {print n}'"])
        guard let bytes = Double(sum.lines.first ?? "") else { throw FixtureError("no sizes") }
        let processors = sysconf(Int32(_SC_NPROCESSORS_ONLN))
        return Contest(
            ours: {
                let seconds = try await pass(["verify", "--force"], in: arena)
                return Sample(value: bytes / 1e6 / seconds)
            },
            theirs: {
                let seconds = try await Stopwatch.seconds {
                    let script = """
                        find \(content) -type f -print0 \
                            | xargs -0 -n 32 -P \(processors) sha1sum > /dev/null
                        """
                    try await run("sh", ["-c", script], limit: .seconds(300))
                        .succeeded("sha1sum")
                }
                return Sample(value: bytes / 1e6 / seconds)
            }, peer: "find, xargs -P \(processors) sha1sum")
    }

    /// Against `find -type f` over the same tree.
    private static func inventory(_ arena: Arena) async throws -> Contest {
        let count = arena.options.files
        let content = "\(arena.folder)/volumes/\(StretchFS.stores[0])/content"
        for store in StretchFS.stores {
            _ = try await arena.peers.run(
                "volumefiles",
                [
                    "\(arena.folder)/volumes/\(store)/content/sha1", "\(count)", "{1,2}",
                    "\(arena.folder)/rows",
                    // A busy disk takes some thousand new files a second.
                ], limit: .seconds(150 + count / 2000))
        }
        // As if all of them had been put: a million puts would take the better part of an hour.
        try await arena.cluster.query(
            """
            CREATE TEMPORARY TABLE made (hash bytea, size bigint, stores smallint[]);
            \\copy made FROM '\(arena.folder)/rows'
            INSERT INTO content
                        (hash, algorithm, size, extension, media_type, generation, want, stores)
                 SELECT hash, 2, size, '', 'application/octet-stream', 1, 2, stores FROM made
            -- A store may have come across some of them already.
            ON CONFLICT (hash) DO UPDATE SET stores = EXCLUDED.stores;
            ANALYZE content;
            """)
        try await arena.settle()
        return Contest(
            ours: { Sample(value: try await pass(["inventory"], in: arena)) },
            theirs: {
                let seconds = try await Stopwatch.seconds {
                    try await run(
                        "sh", ["-c", "find \(content) -type f > /dev/null"], limit: .seconds(300)
                    ).succeeded("find")
                }
                return Sample(value: seconds)
            }, peer: "find -type f, \(count) files and those of other rows")
    }

    /// Has the first store do a pass, and returns how long it says that it took.
    ///
    /// The store looks for orders once a second, and `sfs` for the end of them; neither is counted.
    private static func pass(_ words: [String], in arena: Arena) async throws -> Double {
        let result = try await arena.cluster.sfs(
            words + ["--store", StretchFS.stores[0], "--json", "--quiet"], limit: .seconds(900)
        ).succeeded(words[0])
        let pass = try JSONDecoder().decode(Pass.self, from: Data(result.output))
        guard let start = moment(pass.startedAt), let end = moment(pass.endedAt) else {
            throw FixtureError("'\(result.text)' has no times")
        }
        // The day may have ended meanwhile.
        return end >= start ? end - start : end - start + 86_400
    }

    private struct Pass: Decodable {
        let startedAt: String
        let endedAt: String
    }

    /// Seconds since midnight of `2026-11-22T09:30:00.123Z`.
    private static func moment(_ text: String) -> Double? {
        let time = text.split(separator: "T").last?.dropLast() ?? ""
        let parts = time.split(separator: ":").compactMap { Double($0) }
        return parts.count == 3 ? parts[0] * 3600 + parts[1] * 60 + parts[2] : nil
    }
}
