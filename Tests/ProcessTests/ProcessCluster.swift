import Foundation
import ProcessFixture
import Testing

/// A cluster of real processes for one test, with what tests of the programs ask of it.
struct ProcessCluster: Sendable {
    let cluster: Cluster
    /// A folder for the test's own files.
    let folder: String

    /// Runs `body` with two zones of `storesPerZone` stores.
    ///
    /// One process runs a private PostgreSQL; several share one of the system's.
    static func with(
        _ split: ClusterLayout.Split = .one, storesPerZone: Int = 2, settings: [String] = [],
        _ body: (ProcessCluster) async throws -> Void
    ) async throws {
        try await withTemporaryFolder { folder in
            let own = "\(folder)/own"
            try FileManager.default.createDirectory(
                atPath: own, withIntermediateDirectories: false)
            guard split != .one else {
                return try await run(
                    split, storesPerZone, in: folder, own, url: nil, settings, body)
            }
            try await withPostgres { postgres in
                _ = try await postgres.query("CREATE DATABASE stretchfs")
                try await run(
                    split, storesPerZone, in: folder, own, url: postgres.url(of: "stretchfs"),
                    settings, body)
            }
        }
    }

    private static func run(
        _ split: ClusterLayout.Split, _ storesPerZone: Int, in folder: String, _ own: String,
        url: String?, _ settings: [String], _ body: (ProcessCluster) async throws -> Void
    ) async throws {
        let layout = try ClusterLayout(
            folder: folder, split: split, storesPerZone: storesPerZone, catalogURL: url)
        try await withCluster(layout, try Programs.find(), settings: { _ in settings }) { cluster in
            try await body(ProcessCluster(cluster: cluster, folder: own))
        }
    }

    var layout: ClusterLayout { cluster.layout }

    func sfs(_ arguments: String..., input: [UInt8] = []) async throws -> ProgramResult {
        try await cluster.sfs(arguments, input: input, folder: folder, limit: .seconds(120))
    }

    /// Makes a file of random bytes and gives its path.
    func file(_ name: String, size: Int) throws -> String {
        let path = "\(folder)/\(name)"
        var generator = SystemRandomNumberGenerator()
        var bytes = Data(capacity: size + 8)
        while bytes.count < size {
            withUnsafeBytes(of: generator.next() as UInt64) { bytes.append(contentsOf: $0) }
        }
        try bytes.prefix(size).write(to: URL(filePath: path))
        return path
    }

    func isEqual(_ left: String, _ right: String) -> Bool {
        FileManager.default.contentsEqual(atPath: left, andPath: right)
    }

    /// Every file below `name` in every volume.
    func files(below name: String) throws -> [String] {
        try layout.stores.flatMap { store -> [String] in
            let top = "\(store.volume)/\(name)"
            guard FileManager.default.fileExists(atPath: top) else { return [] }
            return try FileManager.default.subpathsOfDirectory(atPath: top)
                .map { "\(top)/\($0)" }.filter { path in
                    var isFolder: ObjCBool = false
                    return FileManager.default.fileExists(atPath: path, isDirectory: &isFolder)
                        && !isFolder.boolValue
                }
        }
    }

    /// How many copies there are of each content, all of which `sha1sum` finds good.
    func goodCopies() async throws -> [String: Int] {
        let paths = try files(below: "content")
        guard !paths.isEmpty else { return [:] }
        let sums = try await ProcessFixture.run("sha1sum", paths).succeeded("sha1sum")
        var copies: [String: Int] = [:]
        for line in sums.lines {
            let parts = line.split(separator: " ", maxSplits: 1)
            let name = parts[1].split(separator: "/").last.map(String.init)
            #expect(String(parts[0]) == name, "torn: \(line)")
            copies[String(parts[0]), default: 0] += 1
        }
        return copies
    }
}
