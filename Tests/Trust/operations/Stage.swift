import Evidence
import Foundation
import ProcessFixture

/// A cluster of two zones and six stores, each on a disk of its own, with files in it.
struct Stage {
    let cluster: Cluster
    let server: PostgresServer
    let folder: String
    let options: CampaignOptions
    /// Hashes that were acknowledged.
    var acked: [String] = []
    var audit: DiskAudit

    /// The database of the catalog.
    static let database = "films"
    var layout: ClusterLayout { cluster.layout }

    /// Puts `count` files of up to `sizeMaximum` bytes with `sfs put -r`; their hashes are
    /// acknowledged then.
    mutating func put(
        _ count: Int, sizeMaximum: Int = 8192, seed: String = "files"
    ) async throws {
        let source = "\(folder)/\(seed)"
        try FileManager.default.createDirectory(
            atPath: source, withIntermediateDirectories: true)
        var random = SeededRandom(seed: options.seed, label: seed)
        for number in 0..<count {
            let size = Int.random(in: 1...sizeMaximum, using: &random)
            let text = "\(seed) \(number) "
            let bytes = Data(text.utf8) + Data(repeating: UInt8(number & 255), count: size)
            try bytes.write(to: URL(filePath: "\(source)/\(number).mp4"))
        }
        let result = try await cluster.sfs(
            ["put", "--quiet", "-r", source], limit: .seconds(900)
        ).succeeded("put of \(count) files")
        acked += result.lines.compactMap { $0.split(separator: " ").first.map(String.init) }
        try FileManager.default.removeItem(atPath: source)
    }

    /// The first column of the first row of `sql` as a number.
    func number(_ sql: String) async throws -> Int {
        let rows = try await server.query(sql, in: Self.database)
        return rows.first?.first.flatMap { Int($0) } ?? 0
    }

    /// The output of `sfs` with `--json`, as an object.
    func json(_ arguments: [String], limit: Duration = .seconds(60)) async throws -> [String: Any] {
        let result = try await cluster.sfs(arguments + ["--json"], limit: limit)
        let value = try JSONSerialization.jsonObject(with: Data(result.output))
        return value as? [String: Any] ?? [:]
    }

    /// What is wrong with the acknowledged contents on the disks: each must have `copies` good
    /// copies on stores other than `gone`.
    ///
    /// The bug that is to be planted is there from this look on.
    mutating func lost(_ copies: Int = 2, without gone: Set<String> = []) async throws -> [String] {
        if let plant = options.plant, let path = path(of: acked.last, without: gone) {
            try Sabotage.damage(path, by: plant)
        }
        let findings = try await audit.look()
        var sentences = findings.violations.filter { sentence in
            !gone.contains { sentence.contains("/\($0)/") }
        }
        for hash in acked {
            let holders = (findings.holders[hash] ?? []).subtracting(gone)
            if holders.count < copies {
                sentences.append("'\(hash)' has \(holders.count) good copies")
            }
        }
        return sentences
    }
}

extension Stage {
    /// A file of the content `hash` on a store other than `gone`; `nil` when there is none.
    private func path(of hash: String?, without gone: Set<String>) -> String? {
        guard let hash else { return nil }
        return layout.stores.filter { !gone.contains($0.name) }
            .map { "\($0.volume)/content/sha1/\(hash.prefix(2))/\(hash)" }
            .first { FileManager.default.fileExists(atPath: $0) }
    }
}

/// Makes the stage in `folder`, runs `body` once it is healthy, and takes everything down.
func withStage<Result>(
    _ folder: String, _ act: any Act.Type, _ server: PostgresServer,
    _ programs: Programs, _ options: CampaignOptions,
    _ body: (Stage) async throws -> Result
) async throws -> Result {
    let layout = try ClusterLayout(
        folder: folder, split: act.split, storesPerZone: 3,
        catalogURL: server.url(of: Stage.database))
    _ = try await server.query("CREATE DATABASE \(Stage.database)")
    return try await withCleanUp { cleanUp in
        for store in layout.stores {
            try await mountDisk(at: store.volume, bytes: act.diskBytes, cleanUp)
        }
        return try await withCluster(layout, programs, settings: { _ in Stage.settings }) {
            try await body(
                Stage(
                    cluster: $0, server: server, folder: folder, options: options,
                    audit: DiskAudit(
                        volumes: layout.stores.map { ($0.name, $0.volume) })))
        }
    }
}

extension Stage {
    /// As in production, but for times that an operator would not wait for.
    static let settings = [
        "health.heartbeat=500ms", "health.offlineAfter=3s", "repair.interval=500ms",
        "repair.tasksPerStore=1000", "tasks.poll=200ms", "tasks.concurrency=8",
        "tasks.trashGrace=2s",
    ]
}

/// Mounts a new disk, in memory, at `point`; unmounted at the end.
func mountDisk(at point: String, bytes: Int, _ cleanUp: CleanUp) async throws {
    try FileManager.default.createDirectory(atPath: point, withIntermediateDirectories: true)
    try await run("mount", ["-t", "tmpfs", "-o", "size=\(bytes)", "tmpfs", point])
        .succeeded("mount at '\(point)'")
    cleanUp.add {
        // Not there any more where the disk was taken away on purpose.
        _ = try await run("umount", ["--lazy", point])
    }
}
