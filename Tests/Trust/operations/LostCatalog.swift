import Evidence
import Foundation
import ProcessFixture

/// The database is dropped and made anew: a rebuild must give the same contents back, and nothing
/// that was deleted.
enum LostCatalog: Act {
    static let name = "lostcatalog"

    static func play(on stage: inout Stage) async throws -> [String] {
        try await stage.put(stage.options.files)
        let deleted = Array(stage.acked.prefix(20))
        let list = Array((deleted.joined(separator: "\n") + "\n").utf8)
        try await stage.cluster.sfs(["rm", "--apply", "-i", "-"], input: list).succeeded("rm")
        stage.acked.removeFirst(deleted.count)
        let (server, before) = (stage.server, try await contents(stage))
        _ = try await eventually(within: .seconds(60), "files of deleted contents to go") {
            try await server.query("SELECT count(*) FROM task", in: Stage.database) == [["0"]]
                ? true : nil
        }
        try await stage.cluster.stop()
        _ = try await server.query("DROP DATABASE \(Stage.database)")
        _ = try await server.query("CREATE DATABASE \(Stage.database)")
        let start = ContinuousClock.now
        for process in stage.layout.processes { try await stage.cluster.start(process) }
        try await stage.cluster.sfs(["catalog", "rebuild"], limit: .seconds(900))
            .succeeded("catalog rebuild")
        let time = ContinuousClock.now - start
        Verdict.say("operations: rebuilt in \(time.components.seconds) s")
        var sentences = try await difference(before, contents(stage))
        for hash in deleted {
            let answer = try await stage.cluster.sfs(["exists", hash])
            if answer.status != 1 { sentences.append("deleted '\(hash)' is back") }
        }
        return try await sentences + stage.lost()
    }

    /// Everything that a catalog says of its contents, by hash.
    static func contents(_ stage: Stage) async throws -> [String: String] {
        let rows = try await stage.server.query(
            """
            SELECT encode(c.hash, 'hex'), c.size, c.extension, c.media_type, c.want,
                   (SELECT string_agg(s.name, ',' ORDER BY s.name) FROM store s
                     WHERE s.number = ANY (c.stores))
              FROM content c
            """, in: Stage.database)
        return Dictionary(
            uniqueKeysWithValues: rows.map { ($0[0], $0.dropFirst().joined(separator: " ")) })
    }

    static func difference(
        _ before: [String: String], _ after: [String: String]
    ) -> [String] {
        Set(before.keys).union(after.keys).sorted().compactMap { hash in
            let (was, now) = (before[hash] ?? "unknown", after[hash] ?? "unknown")
            return was == now ? nil : "'\(hash)' was \(was), and is \(now)"
        }
    }
}
