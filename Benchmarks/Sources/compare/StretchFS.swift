import FoundationEssentials
import ProcessFixture

/// The cluster that is measured: one prism and two stores in two zones, in one process, with a
/// PostgreSQL of its own.
struct StretchFS: Sendable {
    let folder: String
    let programs: Programs
    let daemon: Daemon
    /// Ports of 127.0.0.1.
    let prismPort: Int
    let storePort: Int
    let storeTLSPort: Int

    /// For requests over TCP.
    static let token = "a-token-for-benchmarks-000000000000"
    /// The header field with it.
    static let authorization = "Authorization: Bearer \(token)"
    static let stores = ["store-a", "store-b"]

    var socket: String { "\(folder)/sfs.sock" }
    var storeURL: String { "http://127.0.0.1:\(storePort)" }
    var storeTLSURL: String { "https://127.0.0.1:\(storeTLSPort)" }
    var prismURL: String { "http://127.0.0.1:\(prismPort)" }

    /// Where a store keeps the content `hash`.
    func path(of hash: String, in store: String = stores[0]) -> String {
        "\(folder)/volumes/\(store)/content/sha1/\(hash.prefix(2))/\(hash)"
    }

    /// The folder of PostgreSQL's socket, and the name of its user and its database.
    var catalogFolder: String { "\(folder)/state/postgres" }
    static let catalogName = "stretchfs"

    /// Starts it below `folder`, and returns when it is healthy.
    static func start(
        in folder: String, workers: Int, _ certificate: Certificate, _ cleanUp: CleanUp
    ) async throws -> StretchFS {
        let programs = try Programs.find()
        let ports = try FreePorts.take(5)
        let configuration = try write(in: folder, workers, certificate, ports)
        let log = "\(folder)/sfsd.log"
        let daemon = try await Daemon.start(
            programs.sfsd, ["run", "--config", configuration], log: log)
        cleanUp.add { if daemon.end == nil { try await daemon.stop() } }
        let cluster = StretchFS(
            folder: folder, programs: programs, daemon: daemon, prismPort: ports[0],
            storePort: ports[1], storeTLSPort: ports[2])
        try await daemon.ready(on: [cluster.socket])
        for store in stores {
            try await cluster.sfs(["store", "init", "\(folder)/volumes/\(store)"])
                .succeeded("store init")
        }
        _ = try await eventually(within: .seconds(30), "a healthy cluster") { () -> Bool? in
            try await cluster.sfs(["status"]).status == 0 ? true : nil
        }
        return cluster
    }

    /// Runs `sfs` against the prism's Unix socket.
    func sfs(
        _ arguments: [String], input: String = "", limit: Duration = .seconds(600)
    ) async throws -> ProgramResult {
        try await run(
            programs.sfs, arguments, input: Array(input.utf8),
            environment: ["SFS_SOCKET": socket], limit: limit)
    }

    /// Processor seconds that it has taken so far, its PostgreSQL included.
    func processorSeconds() throws -> Double {
        guard let process = daemon.process else {
            throw FixtureError("sfsd has ended; its log ends with:\n\(daemon.logTail)")
        }
        return try ProcessorTime.seconds(below: process)
    }

    /// Runs statements in the catalog.
    func query(_ statements: String) async throws {
        let words = [
            "-X", "-q", "-v", "ON_ERROR_STOP=1", "-h", catalogFolder, "-U", Self.catalogName,
            "-d", Self.catalogName, "-f", "-",
        ]
        try await run("psql", words, input: Array(statements.utf8), limit: .seconds(600))
            .succeeded("psql")
    }

    private static func write(
        in folder: String, _ workers: Int, _ certificate: Certificate, _ ports: [Int]
    ) throws -> String {
        let manager = FileManager.default
        for name in ["state"] + stores.map({ "volumes/\($0)" }) {
            try manager.createDirectory(
                atPath: "\(folder)/\(name)", withIntermediateDirectories: true)
        }
        for (name, text) in [("key", String(repeating: "k", count: 64)), ("token", token)] {
            let path = "\(folder)/cluster.\(name)"
            try Data((text + "\n").utf8).write(to: URL(filePath: path))
            try manager.setAttributes([.posixPermissions: 0o600], ofItemAtPath: path)
        }
        let path = "\(folder)/sfsd.yaml"
        try Data(yaml(folder, workers, certificate, ports).utf8).write(to: URL(filePath: path))
        return path
    }

    /// As in production, but that nothing reads or moves anything by itself meanwhile.
    private static func yaml(
        _ folder: String, _ workers: Int, _ certificate: Certificate, _ ports: [Int]
    ) -> String {
        """
        cluster: compare
        state: \(folder)/state
        clusterKeyFile: \(folder)/cluster.key
        tokenFile: \(folder)/cluster.token
        certificate: \(certificate.chain)
        key: \(certificate.key)
        log: { level: warning }
        http: { threads: \(workers) }
        verify: { interval: 0s, inventoryInterval: 0s }
        balance: { hotHits: 0 }
        prisms:
          - name: prism-a
            zone: a
            listen:
              - { address: 127.0.0.1, port: \(ports[0]) }
              - { socket: \(folder)/sfs.sock }
        stores:
          - name: store-a
            zone: a
            volume: \(folder)/volumes/store-a
            host: host-a
            listen:
              - { address: 127.0.0.1, port: \(ports[1]) }
              - { address: 127.0.0.1, port: \(ports[2]), tls: true }
          - name: store-b
            zone: b
            volume: \(folder)/volumes/store-b
            host: host-b
            listen:
              - { address: 127.0.0.1, port: \(ports[3]) }
              - { address: 127.0.0.1, port: \(ports[4]), tls: true }

        """
    }
}
