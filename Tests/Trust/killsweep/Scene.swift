import Evidence
import Foundation
import ProcessFixture

/// One cluster, in which points are tried one after the other, and what was promised in it.
struct Scene {
    let cluster: Cluster
    let server: PostgresServer
    let database: String
    let options: CampaignOptions
    /// Scratch files.
    let folder: String
    var ledger = Ledger()
    var audit: DiskAudit

    init(
        cluster: Cluster, server: PostgresServer, database: String, options: CampaignOptions
    ) {
        self.cluster = cluster
        self.server = server
        self.database = database
        self.options = options
        folder = cluster.layout.folder
        audit = DiskAudit(volumes: cluster.layout.stores.map { ($0.name, $0.volume) })
    }

    /// The files that one point puts.
    struct Victims {
        let paths: [String]
        let hashes: [String]
    }

    /// Makes the files of `point`, the same for the same seed, and brings the cluster into the
    /// state that its shape wants.
    mutating func prepare(_ point: KillPoint) async throws -> Victims {
        var random = SeededRandom(seed: options.seed, label: point.description)
        var paths: [String] = []
        for (index, size) in point.shape.sizes.enumerated() {
            let path = "\(folder)/victim-\(index)"
            try Data(random.bytes(size)).write(to: URL(filePath: path))
            paths.append(path)
        }
        let digests = try await HashProgram.digests(of: paths, by: point.shape.hashProgram)
        let victims = Victims(paths: paths, hashes: digests.compactMap(\.self))
        switch point.shape {
        case .empty, .byte, .small, .large, .ten: break
        case .clone, .removal, .deletion, .verify, .balance, .drain:
            try await prepareDeed(victims, point.shape)
        case .fresh: try await unlearn(point.shape.algorithm)
        case .known:
            try await cluster.sfs(["put"] + paths).succeeded("put before the kill")
        case .orphan:
            let everywhere = "\(cluster.layout.stores.count)"
            try await cluster.sfs(["put", "--copies", everywhere] + paths)
                .succeeded("put before the kill")
            _ = try await server.query(
                "DELETE FROM content WHERE hash = '\\x\(victims.hashes[0])'", in: database)
        }
        return victims
    }

    /// Takes all contents of `algorithm` out of the cluster, with the folders that they were in.
    private mutating func unlearn(_ algorithm: String) async throws {
        let digits = 128
        precondition(algorithm == "sha512")
        let processes = cluster.layout.processes.filter { !$0.stores.isEmpty }
        for process in processes { try await cluster.daemon(process.name).kill() }
        for store in cluster.layout.stores {
            try await run("rm", ["-rf", "\(store.volume)/content/\(algorithm)"]).succeeded("rm")
        }
        _ = try await server.query(
            "DELETE FROM content WHERE octet_length(hash) = \(digits / 2)", in: database)
        ledger.forget { $0.utf8.count == digits }
        for process in processes { try await cluster.start(process) }
        try await cluster.settled()
    }

    /// Does what `shape` says with `victims`; the hashes that were acknowledged.
    func perform(_ victims: Victims, _ shape: Shape) async throws -> [String] {
        guard Shape.puts.contains(shape) else {
            try await doDeed(victims, shape)
            return []
        }
        return try await put(victims, shape)
    }

    /// Puts `victims` and returns the hashes that were acknowledged.
    ///
    /// - Throws: `FixtureError` when a hash is acknowledged that is not the file's.
    func put(_ victims: Victims, _ shape: Shape) async throws -> [String] {
        let result = try await cluster.sfs(["put"] + shape.options + victims.paths)
        let acked = result.lines.compactMap { $0.split(separator: " ").first.map(String.init) }
        guard Set(acked).isSubset(of: victims.hashes) else {
            throw FixtureError("'sfs put' printed other hashes than the files have: \(result.text)")
        }
        if result.status == 0, Set(acked) != Set(victims.hashes) {
            throw FixtureError("'sfs put' succeeded and did not print every file: \(result.text)")
        }
        return acked
    }
}
