import Evidence
import Foundation
import Glibc
import ProcessFixture

/// Kills sfsd before each durable system call of a put, and of what moves and removes copies.
///
/// Then it starts sfsd again, and looks whether anything that was promised is gone. See
/// `Tests/Trust/README.md`.
@main
struct Killsweep {
    private let options: CampaignOptions
    private let programs: Programs
    private var verdict: Verdict

    static func main() async {
        await Campaign.run("killsweep", missing: Strace.missing) { options in
            var sweep = try Killsweep(options)
            return try await sweep.run()
        }
    }

    private init(_ options: CampaignOptions) throws {
        if options.plant == .noFsync {
            throw FixtureError("a kill leaves the page cache alone: plant 'nofsync' in 'powercut'")
        }
        if let kind = options.kind, Self.kinds[kind] == nil {
            throw FixtureError("'\(kind)' is neither 'puts' nor 'deeds'")
        }
        self.options = options
        programs = try Programs.find()
        verdict = Verdict("killsweep", plant: options.plant)
    }

    private mutating func run() async throws -> Int32 {
        let only = try options.replay.map { try KillPoint(parsing: $0) }
        let kinds = Self.kinds.sorted { $0.key > $1.key }
            .filter { options.kind ?? $0.key == $0.key }.map(\.value)
        let splits = only.map { [$0.split] } ?? ClusterLayout.Split.allCases
        var unkilled = 0
        for split in splits {
            for shapes in kinds
            where only.map({ shapes.contains($0.shape) })
                ?? (options.plant == nil || shapes == Shape.puts)
            {
                unkilled += try await sweep(
                    split, shapes, only: only, share: splits.count * kinds.count)
            }
            if isPlantFound { break }
        }
        return verdict.finish(", \(unkilled) puts ended by themselves")
    }

    /// What `--kind` may say.
    private static let kinds = ["puts": Shape.puts, "deeds": Shape.deeds]

    private var isPlantFound: Bool { options.plant != nil && !verdict.violations.isEmpty }

    /// Sweeps one cluster; returns how many puts were not killed.
    private mutating func sweep(
        _ split: ClusterLayout.Split, _ shapes: [Shape], only: KillPoint?, share: Int
    ) async throws -> Int {
        var copy = self
        let unkilled = try await withPostgres { server in
            try await withTemporaryFolder(under: options.folder ?? ScratchPlace.onDisk) { folder in
                // One thread a store: the order of its system calls is then that of its code.
                let layout = try ClusterLayout(
                    folder: folder, split: split, diskThreads: 1, spoolTimeout: "3s",
                    catalogURL: server.url(of: "postgres"))
                return try await withCluster(layout, programs, settings: Self.settings) { cluster in
                    let scene = Scene(
                        cluster: cluster, server: server, database: "postgres", options: options)
                    return try await copy.sweep(scene, shapes, only: only, share: share)
                }
            }
        }
        self = copy
        return unkilled
    }

    private mutating func sweep(
        _ scene: Scene, _ shapes: [Shape], only: KillPoint?, share: Int
    ) async throws -> Int {
        var scene = scene
        if let only {
            let isKilled = try await attempt(only, in: &scene)
            verdict.acknowledged(scene.ledger.acked.count)
            return isKilled ? 0 : 1
        }
        let series = try await series(of: &scene, shapes)
        var unkilled = 0
        if let points = options.points {
            for point in sample(series, count: max(1, points / share)) where !isPlantFound {
                unkilled += try await attempt(point, in: &scene) ? 0 : 1
            }
        } else {
            for last in series { unkilled += try await exhaust(last, in: &scene) }
        }
        verdict.acknowledged(scene.ledger.acked.count)
        if isPlantFound { return unkilled }
        let split = scene.cluster.layout.split.rawValue
        let sentences = try await scene.checkEverything()
        verdict.fail(sentences, at: "the end of '\(split)'", replay: command(nil))
        return unkilled
    }

    /// Tries all points up to `last`, the last one that was counted, and on until a put ends by
    /// itself; returns how many did.
    private mutating func exhaust(_ last: KillPoint, in scene: inout Scene) async throws -> Int {
        var unkilled = 1
        for point in last.withEarlier {
            unkilled += try await attempt(point, in: &scene) ? 0 : 1
        }
        var point = last
        repeat { point.count += 1 } while try await attempt(point, in: &scene)
        return unkilled
    }

    /// Tries one point; `false` when the put ended by itself.
    private mutating func attempt(_ point: KillPoint, in scene: inout Scene) async throws -> Bool {
        let outcome = try await scene.attempt(point)
        if outcome.isKilled { verdict.point(checked: outcome.checked) }
        verdict.fail(outcome.violations, at: "\(point)", replay: command(point))
        return outcome.isKilled
    }

    /// Every call that is made, with the largest count there is.
    private func series(
        of scene: inout Scene, _ shapes: [Shape]
    ) async throws -> [KillPoint] {
        let split = scene.cluster.layout.split
        var series: [KillPoint] = []
        for process in KillPoint.processes(of: split) {
            for shape in shapes {
                let counts = try await scene.count(process, shape)
                series += counts.sorted { $0.key < $1.key }.map { call, count in
                    KillPoint(
                        split: split, process: process, shape: shape, call: call, count: count)
                }
            }
        }
        let total = series.reduce(0) { $0 + $1.withEarlier.count }
        Verdict.say("killsweep: '\(split.rawValue)' has about \(total) points")
        return series
    }

    /// `count` points spread evenly over all of `series`, from a place that the seed decides.
    private func sample(_ series: [KillPoint], count: Int) -> [KillPoint] {
        let all = series.flatMap(\.withEarlier)
        var random = SeededRandom(seed: options.seed, label: "sample")
        let offset = Int.random(in: 0..<max(1, all.count), using: &random)
        return (0..<min(count, all.count)).map {
            all[(offset + $0 * all.count / count) % all.count]
        }
    }

    private func command(_ point: KillPoint?) -> String {
        "killsweep --seed \(options.seed)" + (point.map { " --replay \($0)" } ?? "")
    }

    /// Who is killed reports nothing while it is watched, so that counts are those of the put.
    @Sendable private static func settings(_ process: ClusterLayout.Process) -> [String] {
        let isBesides = process.name != "prisms" && process.name != "all"
        return [
            "health.heartbeat=\(isBesides ? "200ms" : "60s")", "health.offlineAfter=1h",
            "health.suspicion=100ms", "http.threads=1", "tasks.poll=100ms", "tasks.lease=3s",
            "tasks.concurrency=1", "repair.interval=1s", "verify.interval=0s",
            "verify.inventoryInterval=0s", "health.pingInterval=60s", "health.voteLife=120s",
        ]
    }
}
