import Evidence
import Foundation
import ProcessFixture

/// The stores of a zone are away: for less than the grace nothing moves; after a day their copies
/// were made elsewhere; when they come back, nothing that was deleted comes with them.
enum Absence: Act {
    static let name = "absence"
    static let split = ClusterLayout.Split.zones

    static func play(on stage: inout Stage) async throws -> [String] {
        try await stage.put(stage.options.files / 4)
        let gone = stage.layout.processes.first { $0.name == "stores-b" }
        guard let gone else { throw FixtureError("no zone b") }
        try await stage.cluster.daemon(gone.name).stop()
        var sentences = try await quiet(stage)
        let deleted = Array(stage.acked.prefix(20))
        try await stage.cluster.sfs(["rm", "--apply"] + deleted).succeeded("rm")
        stage.acked.removeFirst(deleted.count)
        // A day by the only clock that counts.
        _ = try await stage.server.query(
            "UPDATE store SET seen_at = seen_at - interval '1 day' WHERE zone = 'b'",
            in: Stage.database)
        sentences += try await repaired(stage)
        let away = Set(gone.stores.map(\.name))
        sentences += try await stage.lost(without: away)
        try await stage.cluster.start(gone)
        try await stage.cluster.settled(within: .seconds(120))
        sentences += try await stage.settled()
        for hash in deleted where try await stage.cluster.sfs(["exists", hash]).status != 1 {
            sentences.append("deleted '\(hash)' came back with an old disk")
        }
        for store in gone.stores {
            let files = FolderWalk.files(below: "\(store.volume)/content")
            for file in files where deleted.contains(file.name) {
                sentences.append("deleted '\(file.name)' is still on '\(store.name)'")
            }
        }
        return try await sentences + evened(&stage)
    }

    /// Whether anything moves for stores that are away for a moment.
    private static func quiet(_ stage: Stage) async throws -> [String] {
        try await Task.sleep(for: .seconds(6))
        let tasks = try await stage.number("SELECT count(*) FROM task")
        let more = try await stage.number(
            "SELECT count(*) FROM content WHERE cardinality(stores) > 2")
        return tasks + more == 0
            ? [] : ["\(tasks) tasks and \(more) copies for stores that are away for a moment"]
    }

    /// Waits until every content has two copies on stores of zone a.
    private static func repaired(_ stage: Stage) async throws -> [String] {
        let end = ContinuousClock.now + .seconds(600)
        while ContinuousClock.now < end {
            let short = try await stage.number(
                """
                SELECT count(*) FROM content
                 WHERE (SELECT count(*) FROM unnest(stores) AS s
                          JOIN store ON store.number = s AND zone = 'a') < 2
                """)
            if short == 0 { return [] }
            try await Task.sleep(for: .milliseconds(200))
        }
        return ["copies of a zone that was away for a day were not made elsewhere in 600 s"]
    }

    /// Takes surplus copies away again; what is left to do after that, or was lost.
    private static func evened(_ stage: inout Stage) async throws -> [String] {
        try await stage.cluster.sfs(["balance", "--apply"], limit: .seconds(600))
            .succeeded("balance")
        var sentences = try await stage.settled()
        let second = try await stage.cluster.sfs(["balance", "--check"])
        if second.status != 0 { sentences.append("balance is never done: \(second.text)") }
        return try await sentences + stage.lost()
    }
}
