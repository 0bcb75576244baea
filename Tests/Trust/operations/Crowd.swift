import Evidence
import Foundation
import ProcessFixture

/// Eight balancers, four pruners, verifiers and clients at once: never a content below two copies,
/// and the same end as with one.
enum Crowd: Act {
    static let name = "crowd"

    static func play(on stage: inout Stage) async throws -> [String] {
        try await stage.put(stage.options.files)
        let before = stage
        let banned = Array(stage.acked.prefix(stage.options.files / 4))
        for (index, hash) in banned.prefix(40).enumerated() {
            let store = stage.layout.stores[index % 3].name
            try await stage.cluster.sfs(["rule", "set", hash, "--ban-on", store])
                .succeeded("rule set")
        }
        let list = Array((stage.acked.joined(separator: "\n") + "\n").utf8)
        try await stage.cluster.sfs(
            ["clone", "-i", "-", "--copies", "3", "--quiet"], input: list, limit: .seconds(900)
        ).succeeded("clone to three copies")
        var sentences = try await before.sampled("the crowd") {
            try await withThrowingTaskGroup(of: Void.self) { group in
                for number in 0..<8 {
                    group.addTask {
                        // Whose plan comes too late is refused, and that is right.
                        let verbs =
                            number.isMultiple(of: 2)
                            ? ["balance", "--apply"]
                            : ["clone", "-i", "-", "--copies", "2", "--remove", "--apply"]
                        try await before.cluster.sfs(
                            verbs + ["--quiet"], input: list, limit: .seconds(900)
                        ).check([0, 3, 73], "balancer \(number)")
                    }
                }
                for number in 0..<4 {
                    group.addTask {
                        for _ in 0..<5 {
                            try await before.cluster.sfs(["prune"], limit: .seconds(120))
                                .check([0, 3], "pruner \(number)")
                        }
                    }
                }
                group.addTask {
                    try await before.cluster.sfs(
                        ["verify", "--all", "--force"], limit: .seconds(900)
                    ).check([0, 1, 3], "verify")
                }
                try await group.waitForAll()
            }
        }
        sentences += try await before.settled()
        return try await sentences + stage.lost()
    }
}

extension Stage {
    /// Runs `body` while the catalog and the disks are looked at every 50 ms; what must never be: a
    /// content of those that were acknowledged with fewer than two copies.
    func sampled(
        _ what: String, _ body: @escaping @Sendable () async throws -> Void
    ) async throws -> [String] {
        let (sampler, start) = (CopySampler(self), ContinuousClock.now)
        return try await withThrowingTaskGroup(of: CopySampler.Lowest?.self) { group in
            group.addTask {
                try await body()
                return nil
            }
            group.addTask { try await sampler.sample() }
            var lowest = CopySampler.Lowest()
            while let result = try await group.next() {
                if let result { lowest = result } else { group.cancelAll() }
            }
            let seconds = (ContinuousClock.now - start).components.seconds
            Verdict.say(
                "operations: \(what) took \(seconds) s; fewest copies in \(lowest.looks) looks: "
                    + "\(lowest.counted) in the catalog, \(lowest.onDisks) on the disks")
            var sentences: [String] = []
            if lowest.counted < 2 {
                sentences.append("the catalog counted \(lowest.counted) copies during \(what)")
            }
            if lowest.onDisks < 2 {
                sentences.append("the disks had \(lowest.onDisks) copies during \(what)")
            }
            return sentences
        }
    }

    /// Waits until no task is left; what is not done in five minutes.
    func settled() async throws -> [String] {
        let end = ContinuousClock.now + .seconds(300)
        while true {
            let rows = try await server.query(
                "SELECT kind || ' ' || state || ' ' || coalesce(problem, '') FROM task LIMIT 5",
                in: Self.database)
            if rows.isEmpty { return [] }
            guard ContinuousClock.now < end else {
                return rows.map { "a task is not done: \($0.joined())" }
            }
            try await Task.sleep(for: .milliseconds(100))
        }
    }
}
