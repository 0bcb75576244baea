import Evidence
import Foundation
import Glibc
import ProcessFixture
import Synchronization

/// Cuts the power of a cluster under load again and again.
///
/// Then it looks whether anything that was promised is gone. See `Tests/Trust/README.md`.
@main
struct Powercut {
    private let options: CampaignOptions
    private let programs: Programs
    private var verdict: Verdict

    /// States when nobody says how many.
    private static let statesStandard = 200

    /// How many contents are acknowledged before the first cut.
    private static let ackedFirst = 12
    /// Bytes that all copies together may take, at most.
    private static let memoryNeeded: Int64 = 8 << 30

    static func main() async {
        await Campaign.run("powercut", missing: Requirements.missing) { options in
            var campaign = try Powercut(options)
            return try await campaign.run()
        }
    }

    private init(_ options: CampaignOptions) throws {
        self.options = options
        programs = try Programs.find()
        verdict = Verdict("powercut", plant: options.plant)
    }

    private mutating func run() async throws -> Int32 {
        var copy = self
        let place = options.folder ?? ScratchPlace.inMemory(room: Self.memoryNeeded)
        let status = try await withTemporaryFolder(under: place) { folder in
            try await CuttableDisk.with(in: folder) { disk in
                try await copy.run(disk, folder)
            }
        }
        self = copy
        return status
    }

    private mutating func run(_ disk: CuttableDisk, _ folder: String) async throws -> Int32 {
        let server = PostgresServer(
            data: "\(disk.point)/postgres", socketFolder: "\(folder)/socket")
        let layout = try ClusterLayout(
            folder: "\(disk.point)/cluster", catalogURL: server.url(of: "postgres"))
        let states: [CutState]
        if let image = options.replay {
            states = [try CutState.kept(at: image)]
            try FileManager.default.createDirectory(
                atPath: server.socketFolder, withIntermediateDirectories: true)
            chmod(server.socketFolder, 0o777)
        } else {
            states = try await disk.mounted {
                try await load(disk, layout, server, folder)
            }
        }
        var check = StateCheck(
            disk: disk, layout: layout, server: server, programs: programs, plant: options.plant,
            folder: folder)
        for state in states {
            let sentences = try await check.violations(of: state)
            verdict.point(checked: state.promised.count)
            try await report(sentences, state)
            try FileManager.default.removeItem(atPath: state.image)
            if options.plant != nil, !verdict.violations.isEmpty { break }
        }
        verdict.acknowledged(states.last?.promised.count ?? 0)
        return verdict.finish()
    }

    /// Runs a cluster on the original disk under load, and cuts its power at random moments.
    private func load(
        _ disk: CuttableDisk, _ layout: ClusterLayout, _ server: PostgresServer, _ folder: String
    ) async throws -> [CutState] {
        try await server.initialise()
        try await server.start(log: "\(folder)/postgres.log")
        let states = try await withCleanUp { cleanUp in
            cleanUp.add { try await server.stop(immediately: true) }
            try FileManager.default.createDirectory(
                atPath: layout.folder, withIntermediateDirectories: true)
            return try await withCluster(layout, programs, wrapper: wrapper) { cluster in
                // What was made before the load is not what is tested.
                try await ProcessFixture.run("sync").succeeded("sync")
                return try await cut(
                    disk, Load(cluster: cluster, seed: options.seed, folder: folder))
            }
        }
        return states
    }

    private func cut(_ disk: CuttableDisk, _ load: Load) async throws -> [CutState] {
        let states = Mutex<[CutState]>([])
        let count = options.points ?? Self.statesStandard
        let seed = options.seed
        try await load.run {
            var random = SeededRandom(seed: seed, label: "moments")
            // Nothing can be lost before something is promised.
            _ = try await eventually(within: .seconds(120), "the first answers") { () -> Bool? in
                load.acked.count >= Self.ackedFirst ? true : nil
            }
            for number in 1...count {
                let pause = Int.random(in: 5...250, using: &random)
                try await Task.sleep(for: .milliseconds(pause))
                let promised = load.acked
                let state = CutState(
                    number: number, image: try await disk.cut(number), promised: promised)
                states.withLock { $0.append(state) }
            }
        }
        Verdict.say("powercut: \(count) cuts while \(load.acked.count) contents were acked")
        return states.withLock { $0 }
    }

    private mutating func report(_ sentences: [String], _ state: CutState) async throws {
        guard !sentences.isEmpty else { return }
        var replay = "powercut --seed \(options.seed) --points \(options.points ?? 200)"
        if options.plant == nil, options.replay == nil, verdict.violations.isEmpty {
            let path = "/tmp/powercut-\(options.seed)-\(state.number).img"
            try await state.keep(at: path)
            replay = "powercut --replay \(path)"
        }
        verdict.fail(sentences, at: "state \(state.number)", replay: replay)
    }

    /// What is put in front of sfsd: nothing, or a liar about fsync.
    private var wrapper: [String] {
        guard options.plant == .noFsync else { return [] }
        return [
            "strace", "-f", "--seccomp-bpf", "-qq", "-o", "/dev/null",
            "-e", "trace=fsync,fdatasync,syncfs,sync_file_range",
            "-e", "inject=fsync,fdatasync,syncfs,sync_file_range:retval=0",
        ]
    }
}
