import Evidence
import Foundation
import ProcessFixture

/// Two empty stores are added: balance must even the fill, never below two copies, and have nothing
/// left to do then.
enum Growth: Act {
    static let name = "growth"
    static let diskBytes = 256 << 20
    /// Points of fill by which stores may differ afterwards.
    private static let band = 5.0

    static func play(on stage: inout Stage) async throws -> [String] {
        let count = max(1, stage.options.files / 4)
        // A quarter of the disks, so that there is something to even.
        try await stage.put(count, sizeMaximum: 2 * (diskBytes / 4) * 3 / count)
        let before = stage
        return try await withCleanUp { cleanUp in
            try await addStores(to: before, cleanUp)
            try await joined(before)
            let shown = try await before.cluster.sfs(["balance", "--check"])
            guard shown.status == 1 else {
                return ["'sfs balance --check' found nothing to do: \(shown.errorText)"]
            }
            var after = before
            let new = ["store-a9", "store-b9"].map { ($0, "\(before.folder)/volumes/\($0)") }
            after.audit = DiskAudit(
                volumes: before.layout.stores.map { ($0.name, $0.volume) } + new)
            var sentences = try await after.sampled("the balance") {
                try await before.cluster.sfs(
                    ["balance", "--apply", "--band", "\(Int(band) - 1)"], limit: .seconds(900)
                ).succeeded("balance --apply")
            }
            // What was moved lies in the trash until its grace is over.
            try await Task.sleep(for: .seconds(3))
            try await before.cluster.sfs(["prune", "--only", "trash"]).succeeded("prune")
            // And the catalog hears of room at the next heartbeat.
            try await Task.sleep(for: .seconds(2))
            sentences += try await uneven(before)
            let second = try await before.cluster.sfs(
                ["balance", "--check", "--band", "\(Int(band) - 1)"])
            if second.status != 0 { sentences.append("a second plan is not empty: \(second.text)") }
            return try await sentences + after.lost()
        }
    }

    /// Waits until the cluster knows all eight stores, and how much room they have.
    private static func joined(_ stage: Stage) async throws {
        _ = try await eventually("eight stores in service") { () -> Bool? in
            let rows = "SELECT count(*) FROM store WHERE 'online' = ANY (roles)"
            return try await stage.number(rows) == 8 ? true : nil
        }
        try await stage.cluster.settled()
        // They tell of their room with each heartbeat.
        try await Task.sleep(for: .seconds(2))
    }

    /// Two more stores, in a process of their own.
    private static func addStores(to stage: Stage, _ cleanUp: CleanUp) async throws {
        let folder = stage.folder
        var lines = [
            "cluster: test", "state: \(folder)/state-more",
            "clusterKeyFile: \(folder)/cluster.key", "catalog:",
            "  url: \(stage.server.url(of: Stage.database))", "stores:",
        ]
        for zone in ["a", "b"] {
            let volume = "\(folder)/volumes/store-\(zone)9"
            try await mountDisk(at: volume, bytes: diskBytes, cleanUp)
            lines += [
                "  - name: store-\(zone)9", "    zone: \(zone)", "    host: host-\(zone)9",
                "    volume: \(volume)", "    listen:", "      - address: 127.0.0.1",
                "        port: 0", "      - socket: \(folder)/store-\(zone)9.sock",
            ]
        }
        try FileManager.default.createDirectory(
            atPath: "\(folder)/state-more", withIntermediateDirectories: true)
        let configuration = "\(folder)/more.yaml"
        try Data((lines.joined(separator: "\n") + "\n").utf8)
            .write(to: URL(filePath: configuration))
        let daemon = try await Daemon.start(
            stage.cluster.programs.sfsd,
            ["run", "--config", configuration] + Stage.settings.flatMap { ["--set", $0] },
            log: "\(folder)/more.log")
        cleanUp.add { try await daemon.stop() }
        for zone in ["a", "b"] {
            let socket = "\(folder)/store-\(zone)9.sock"
            _ = try await eventually("a socket of store-\(zone)9") { () -> Bool? in
                FileManager.default.fileExists(atPath: socket) ? true : nil
            }
            try await run(
                stage.cluster.programs.sfs, ["store", "init", "\(folder)/volumes/store-\(zone)9"],
                environment: ["SFS_SOCKET": socket]
            ).succeeded("store init")
        }
    }

    /// Whether fills differ by more than the band.
    private static func uneven(_ stage: Stage) async throws -> [String] {
        let status = try await stage.json(["status"])
        let stores = status["stores"] as? [[String: Any]] ?? []
        let fills = stores.map { store -> Double in
            let free = (store["freeBytes"] as? NSNumber)?.doubleValue ?? 0
            let total = (store["totalBytes"] as? NSNumber)?.doubleValue ?? 1
            return 100 * (total - free) / total
        }
        let list = fills.map { String(format: "%.1f", $0) }.joined(separator: " ")
        Verdict.say("operations: fill of the stores, percent: \(list)")
        guard let most = fills.max(), let least = fills.min(), fills.count == 8 else {
            return ["the status has \(fills.count) stores"]
        }
        return most - least <= band ? [] : ["fills differ: \(list)"]
    }
}
