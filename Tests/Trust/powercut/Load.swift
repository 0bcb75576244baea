import Evidence
import Foundation
import ProcessFixture
import Synchronization

/// Clients that put files as fast as they are answered, and remember every answer.
final class Load: Sendable {
    private let cluster: Cluster
    private let seed: UInt64
    /// Where the files wait that are put; not on the disk that is cut.
    private let folder: String
    private let ledger = Mutex(Ledger())
    private let isOver = Mutex(false)

    private static let clients = 6
    private static let sizes = [
        0, 1, 100, 4095, 4096, 5000, 20_000, 65_536, 100_000, 262_144, 300_000, 700_000, 3 << 20,
    ]

    init(cluster: Cluster, seed: UInt64, folder: String) {
        self.cluster = cluster
        self.seed = seed
        self.folder = folder
    }

    /// All that was acknowledged until now.
    var acked: [String] { ledger.withLock { $0.acked } }

    /// Has all clients put files while `body` runs.
    ///
    /// - Throws: `FixtureError` when a put fails, since nobody disturbs the cluster; what `body`
    ///   throws.
    func run(during body: @escaping @Sendable () async throws -> Void) async throws {
        try await withThrowingTaskGroup(of: Void.self) { group in
            for client in 0..<Self.clients {
                group.addTask { [self] in try await putFiles(as: client) }
            }
            group.addTask { [self] in
                defer { isOver.withLock { $0 = true } }
                try await body()
            }
            try await group.waitForAll()
        }
    }

    private func putFiles(as client: Int) async throws {
        var random = SeededRandom(seed: seed, label: "client \(client)")
        let path = "\(folder)/client-\(client)"
        var earlier: [UInt8] = []
        while !isOver.withLock({ $0 }) {
            let size = Self.sizes.randomElement(using: &random) ?? 0
            var bytes = random.bytes(size)
            var options: [String] = []
            var program = "sha1sum"
            switch Int.random(in: 0..<10, using: &random) {
            case 0: options = ["--copies", "3"]
            case 1: (options, program) = (["--hash", "sha256"], "sha256sum")
            // The same bytes again, be they sent or not.
            case 2: (bytes, options) = (earlier, ["--no-precheck"])
            case 3: bytes = earlier
            default: break
            }
            earlier = bytes
            try Data(bytes).write(to: URL(filePath: path))
            let hash = try await HashProgram.digest(of: path, by: program)
            let result = try await cluster.sfs(["put"] + options + [path])
            try result.succeeded("put of \(bytes.count) bytes")
            guard result.text.hasPrefix(hash) else {
                throw FixtureError("'sfs put' printed '\(result.text)' for the bytes of \(hash)")
            }
            ledger.withLock { $0.add(hash) }
        }
    }
}
