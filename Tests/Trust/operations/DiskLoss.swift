import Evidence
import Foundation
import ProcessFixture

/// The disk of one store is deleted under it: all files must come back to two copies without a
/// command, and the status must tell the truth all the way.
enum DiskLoss: Act {
    static let name = "diskloss"

    static func play(on stage: inout Stage) async throws -> [String] {
        try await stage.put(stage.options.files)
        let (victim, held) = try await fullest(of: stage)
        let start = ContinuousClock.now
        for name in try FileManager.default.contentsOfDirectory(atPath: victim.volume) {
            try FileManager.default.removeItem(atPath: "\(victim.volume)/\(name)")
        }
        let (sentences, samples) = try await watch(stage, since: start)
        let time = ContinuousClock.now - start
        Verdict.say(
            "operations: \(held) of \(stage.acked.count) files lost a copy; all were back at two "
                + "after \(time.components.seconds) s (\(samples) looks at the status)")
        return try await sentences + stage.lost(without: [victim.name])
    }

    /// The store with the most contents, and how many it has: few small files may all be put
    /// before the catalog hears that a store has less room than others.
    private static func fullest(
        of stage: Stage
    ) async throws -> (store: ClusterLayout.Store, contents: Int) {
        let rows = try await stage.server.query(
            """
              SELECT name, count(*) FROM content, unnest(stores) AS s JOIN store ON number = s
            GROUP BY name ORDER BY count(*) DESC LIMIT 1
            """, in: Stage.database)
        guard let row = rows.first, let contents = Int(row[1]),
            let store = stage.layout.stores.first(where: { $0.name == row[0] })
        else { throw FixtureError("no store holds anything") }
        return (store, contents)
    }

    /// Looks at the status until nothing is at risk; what it said that was not so.
    private static func watch(
        _ stage: Stage, since start: ContinuousClock.Instant
    ) async throws -> (sentences: [String], samples: Int) {
        var sentences: [String] = []
        var samples = 0
        var hasSeenRisk = false
        while ContinuousClock.now - start < .seconds(900) {
            let problems = "SELECT count(*) FROM store WHERE problem IS NOT NULL"
            let isNoticed = try await stage.number(problems) > 0
            let before = try await short(stage)
            let result = try await stage.cluster.sfs(["status", "--json"])
            let after = try await short(stage)
            let status =
                try JSONSerialization.jsonObject(with: Data(result.output)) as? [String: Any] ?? [:]
            let told = (status["contentsAtRisk"] as? NSNumber)?.intValue ?? -1
            samples += 1
            // Repair goes on between the three questions.
            let isKnown =
                (status["stores"] as? [[String: Any]])?
                .contains { $0["online"] as? Bool == false } ?? false
            // Until the store told the catalog, the status alone knows.
            if isKnown, isNoticed, !(min(before, after)...max(before, after)).contains(told) {
                sentences.append(
                    "the status tells of \(told) contents at risk, not \(after) to \(before)")
            }
            if told > 0 { hasSeenRisk = true }
            if hasSeenRisk, told > 0, result.status == 0 {
                sentences.append("'sfs status' said that all is well with \(told) at risk")
            }
            if isNoticed, hasSeenRisk, after == 0 { return (sentences, samples) }
            try await Task.sleep(for: .milliseconds(200))
        }
        return (sentences + ["not all files were back at two copies within 900 s"], samples)
    }

    /// Contents with fewer than two replicas on stores that are well, as the catalog has it.
    private static func short(_ stage: Stage) async throws -> Int {
        try await stage.number(
            """
            SELECT count(*) FROM content
             WHERE (SELECT count(*) FROM unnest(stores) AS s
                      JOIN store ON store.number = s AND problem IS NULL) < 2
            """)
    }
}
