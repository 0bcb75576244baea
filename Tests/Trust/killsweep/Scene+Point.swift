import Evidence
import Foundation
import ProcessFixture

extension Scene {
    /// What came of one point.
    struct Outcome {
        /// Whether the process was killed; `false` = the put ended by itself.
        var isKilled: Bool
        /// What must never be.
        var violations: [String]
        /// Acknowledged files that were looked at.
        var checked: Int
    }

    /// Kills at `point`, starts the process again, and looks.
    mutating func attempt(_ point: KillPoint) async throws -> Outcome {
        let process = try process(point.process)
        let victims = try await prepare(point)
        let daemon = try cluster.daemon(process.name)
        guard let number = daemon.process else { throw FixtureError("'\(process.name)' is down") }
        let strace = Strace(process: number, log: "\(folder)/strace")
        var acked = try await strace.killing(before: point.call, count: point.count) {
            try await perform(victims, point.shape)
        }
        let isKilled = try daemon.end != nil || strace.hasKilled()
        if isKilled {
            try await daemon.ended()
            try await cluster.start(process)
        }
        try await cluster.settled()
        if options.plant == .falseAck { acked = victims.hashes }
        for hash in acked { ledger.add(hash) }
        if let plant = options.plant, [.lostCopy, .tornFile].contains(plant),
            let hash = ledger.acked.last, let path = try await replica(of: hash)
        {
            try Sabotage.damage(path, by: plant)
        }
        guard Shape.puts.contains(point.shape) else {
            let violations = try await finishDeed(victims, point.shape)
            return Outcome(
                isKilled: isKilled, violations: violations,
                checked: ledger.acked.count + victims.hashes.count)
        }
        var violations = try await check()
        if options.plant == nil { violations += try await settle(victims, point.shape) }
        return Outcome(isKilled: isKilled, violations: violations, checked: ledger.acked.count)
    }

    /// How many of each call the busiest thread of `process` makes in what `shape` is.
    mutating func count(_ process: String, _ shape: Shape) async throws -> [String: Int] {
        let point = KillPoint(
            split: cluster.layout.split, process: process, shape: shape, call: "none", count: 1)
        let victims = try await prepare(point)
        guard let number = try cluster.daemon(process).process else {
            throw FixtureError("'\(process)' is down")
        }
        let strace = Strace(process: number, log: "\(folder)/strace")
        var acked: [String] = []
        let counts = try await strace.counting(KillPoint.calls(of: process)) {
            acked = try await perform(victims, shape)
        }
        guard Shape.puts.contains(shape) else {
            let sentences = try await finishDeed(victims, shape)
            guard sentences.isEmpty else {
                throw FixtureError("'\(shape.rawValue)' that nobody disturbed: \(sentences)")
            }
            return counts
        }
        guard Set(acked) == Set(victims.hashes) else {
            throw FixtureError("a put that nobody disturbed was not acknowledged")
        }
        for hash in acked { ledger.add(hash) }
        return counts
    }

    private func process(_ name: String) throws -> ClusterLayout.Process {
        guard let process = cluster.layout.processes.first(where: { $0.name == name }) else {
            throw FixtureError("no process '\(name)' in '\(cluster.layout.split.rawValue)'")
        }
        return process
    }

    /// The path of one good copy of `hash`.
    private mutating func replica(of hash: String) async throws -> String? {
        let store = try await audit.look().holders[hash]?.min()
        let volume = cluster.layout.stores.first { $0.name == store }?.volume
        return volume.flatMap { volume in
            FolderWalk.files(below: "\(volume)/content").first { $0.name == hash }?.path
        }
    }
}
