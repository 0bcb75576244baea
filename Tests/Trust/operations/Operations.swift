import Evidence
import Foundation
import Glibc
import ProcessFixture

/// Plays what operators and time do to a cluster of six disks.
///
/// After each act it looks whether anything that was promised is gone. See
/// `Tests/Trust/README.md`.
@main
struct Operations {
    private let options: CampaignOptions
    private let programs: Programs
    private var verdict: Verdict

    static func main() async {
        await Campaign.run("operations", missing: { Self.missing() }) { options in
            var operations = try Operations(options)
            return try await operations.run()
        }
    }

    /// Why this machine cannot be used; `nil` when it can.
    private static func missing() -> String? {
        getuid() == 0 ? nil : "disks of its own are mounted by root only"
    }

    private init(_ options: CampaignOptions) throws {
        if let plant = options.plant, ![.lostCopy, .tornFile].contains(plant) {
            throw FixtureError("plant 'lostcopy' or 'tornfile' here")
        }
        self.options = options
        programs = try Programs.find()
        verdict = Verdict("operations", plant: options.plant)
    }

    private static var acts: [any Act.Type] {
        [
            DiskLoss.self, Growth.self, Rot.self, LostCatalog.self, PulledCatalog.self,
            Unchanged.self, OldTree.self,
            Crowd.self, Absence.self,
        ]
    }

    private mutating func run() async throws -> Int32 {
        for act in Self.acts where options.replay.map({ $0 == act.name }) ?? true {
            let start = ContinuousClock.now
            Verdict.say("operations: \(act.name)")
            let sentences = try await play(act)
            verdict.point(checked: options.files)
            verdict.fail(
                sentences, at: act.name,
                replay: "operations --files \(options.files) --replay \(act.name)")
            let time = ContinuousClock.now - start
            Verdict.say("operations: \(act.name) took \(time.components.seconds) s in all")
            if options.plant != nil, !verdict.violations.isEmpty { break }
        }
        return verdict.finish()
    }

    private func play(_ act: any Act.Type) async throws -> [String] {
        try await withPostgres { server in
            try await withTemporaryFolder(under: options.folder ?? "/tmp") { folder in
                try await withStage(folder, act, server, programs, options) { stage in
                    var stage = stage
                    return try await act.play(on: &stage)
                }
            }
        }
    }
}

/// One thing that happens to a cluster.
protocol Act: Sendable {
    /// For the command line.
    static var name: String { get }
    /// Which processes the cluster has.
    static var split: ClusterLayout.Split { get }

    /// Bytes of each disk.
    static var diskBytes: Int { get }

    /// Does it; what must never be, in sentences.
    static func play(on stage: inout Stage) async throws -> [String]
}

extension Act {
    static var split: ClusterLayout.Split { .one }
    static var diskBytes: Int { 1 << 30 }
}
