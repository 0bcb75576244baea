import Foundation
import ProcessFixture
import Testing

/// A cluster of two zones and six stores, on which operators' verbs are tried.
struct VerbCluster: Sendable {
    let test: ProcessCluster
    /// What was put, by `put(_:)`.
    let hashes: [String]

    /// Operators wait for these longer than a test would.
    private static let settings = [
        "health.heartbeat=200ms", "health.offlineAfter=2s", "repair.interval=300ms",
        "tasks.poll=50ms", "tasks.trashGrace=1s",
    ]

    /// Runs `body` with `count` contents of two copies each.
    static func with(
        _ count: Int, settings: [String] = [],
        _ body: (VerbCluster) async throws -> Void
    ) async throws {
        try await ProcessCluster.with(storesPerZone: 3, settings: Self.settings + settings) {
            test in
            for number in 0..<count {
                _ = try test.file("film-\(number).mp4", size: 1000 + 5000 * number)
            }
            let put = try await test.sfs("put", "-r", test.folder).succeeded("put")
            let hashes = put.lines.map { String($0.prefix { $0 != " " }) }
            #expect(hashes.count == count)
            try await body(VerbCluster(test: test, hashes: hashes))
        }
    }

    var stores: [ClusterLayout.Store] { test.layout.stores }

    /// Every hash in a line.
    var list: [UInt8] { Array((hashes.joined(separator: "\n") + "\n").utf8) }

    /// Runs `sfs`, which must end with `status`.
    @discardableResult
    func sfs(
        _ arguments: [String], input: [UInt8] = [], status: Int32 = 0,
        _ location: SourceLocation = #_sourceLocation
    ) async throws -> ProgramResult {
        let result = try await test.cluster.sfs(
            arguments, input: input, folder: test.folder, limit: .seconds(120))
        #expect(
            result.status == status, "\(arguments): \(result.end): \(result.errorText)",
            sourceLocation: location)
        return result
    }

    /// The numbers of good copies that contents have on the disks, each number once.
    func copies() async throws -> Set<Int> {
        let found = try await test.goodCopies()
        return Set(hashes.map { found[$0, default: 0] })
    }

    /// The files of contents on the disk of `store`.
    func files(on store: ClusterLayout.Store) throws -> [String] {
        try test.files(below: "content").filter { $0.hasPrefix(store.volume + "/") }
    }

    /// A store whose disk has at least `minimum` contents.
    func store(holding minimum: Int) throws -> ClusterLayout.Store {
        for store in stores where try files(on: store).count >= minimum { return store }
        throw FixtureError("no store has \(minimum) contents")
    }

    /// Waits until the disks have `number` good copies of every content.
    func untilCopies(_ number: Int) async throws {
        _ = try await eventually("\(number) copies of everything") {
            try await copies() == [number] ? true : nil
        }
    }

    /// Inverts a byte of the file at `path`.
    func damage(_ path: String) throws {
        let manager = FileManager.default
        try manager.setAttributes([.posixPermissions: 0o644], ofItemAtPath: path)
        let file = try FileHandle(forUpdating: URL(filePath: path))
        let byte = try file.read(upToCount: 1)?.first ?? 0
        try file.seek(toOffset: 0)
        try file.write(contentsOf: Data([~byte]))
        try file.close()
        try manager.setAttributes([.posixPermissions: 0o444], ofItemAtPath: path)
    }
}

extension ClusterLayout.Store {
    /// Where it keeps the content `name`, a SHA-1.
    func path(of name: String) -> String { "\(volume)/content/sha1/\(name.prefix(2))/\(name)" }
}
