import Evidence
import Foundation
import ProcessFixture

/// The database is dropped under a cluster that goes on running, in several processes: each must
/// find its place in the new one, where stores have other numbers, and the same must come back.
enum PulledCatalog: Act {
    static let name = "pulledcatalog"
    static let split = ClusterLayout.Split.zones

    static func play(on stage: inout Stage) async throws -> [String] {
        try await stage.put(max(40, stage.options.files / 4))
        let deleted = Array(stage.acked.prefix(20))
        try await stage.cluster.sfs(["rm", "--apply", "--wait"] + deleted).succeeded("rm")
        stage.acked.removeFirst(deleted.count)
        let (server, before) = (stage.server, try await LostCatalog.contents(stage))
        let cluster = stage.cluster
        // These stores come first in the new catalog, and get the numbers that the others had.
        guard let first = stage.layout.processes.first(where: { $0.name == "stores-b" }) else {
            throw FixtureError("no zone b")
        }
        try await cluster.daemon(first.name).stop()
        _ = try await server.query("DROP DATABASE \(Stage.database) WITH (FORCE)")
        _ = try await server.query("CREATE DATABASE \(Stage.database)")
        let start = ContinuousClock.now
        try await cluster.start(first)
        _ = try await eventually(within: .seconds(120), "a catalog that is whole") {
            () -> Bool? in
            let result = try await cluster.sfs(["catalog", "rebuild"], limit: .seconds(120))
            return result.status == 0 ? true : nil
        }
        let time = ContinuousClock.now - start
        Verdict.say("operations: rebuilt under a running cluster in \(time.components.seconds) s")
        try await cluster.settled(within: .seconds(120))
        var sentences = try await LostCatalog.difference(before, LostCatalog.contents(stage))
        for hash in deleted where try await cluster.sfs(["exists", hash]).status != 1 {
            sentences.append("deleted '\(hash)' is back")
        }
        sentences += try await strangers(stage)
        // Every store still does what it is asked for, and nobody else does.
        let list = Array((stage.acked.joined(separator: "\n") + "\n").utf8)
        try await cluster.sfs(
            ["clone", "-i", "-", "--copies", "3", "--quiet"], input: list, limit: .seconds(900)
        ).succeeded("clone to three copies")
        return try await sentences + stage.settled() + strangers(stage) + stage.lost(3)
    }

    /// Stores that the catalog names for a content which their disks do not have.
    private static func strangers(_ stage: Stage) async throws -> [String] {
        var audit = stage.audit
        let findings = try await audit.look()
        let rows = try await stage.server.query(
            """
            SELECT encode(hash, 'hex'), name
              FROM content, unnest(stores) AS s LEFT JOIN store ON number = s
            """, in: Stage.database)
        return rows.compactMap { row in
            (findings.holders[row[0]] ?? []).contains(row[1])
                ? nil : "'\(row[1])' is counted for '\(row[0])', which it does not have"
        }
    }
}
