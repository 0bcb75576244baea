import Foundation
import Logging
import PostgresFixture
package import SFSCatalog
package import SFSCore
import SFSPostgres
package import SFSStore
import Testing

/// Stores without prisms, on real folders and a real PostgreSQL: for what goes on inside a store.
package struct PassSite: Sendable {
    package let stores: [Store]
    package let catalog: Catalog
    private let make: @Sendable (Int) throws -> Store
    private let database: PostgresDatabase

    /// Runs `body` with `count` open stores; they do passes only within `whileRunning(_:)`.
    package static func with(
        _ count: Int = 1, settings: @escaping @Sendable (inout StoreSettings) -> Void = { _ in },
        _ body: @Sendable (PassSite) async throws -> Void
    ) async throws {
        let logger = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
        let peers = TestPeers()
        try await TemporaryFolder.with { folder in
            try await PostgresFixture.withCatalog { catalog, database in
                let identity = try await catalog.open(cluster: try MemberName(parsing: "test"))
                let make = { @Sendable (number: Int) throws -> Store in
                    var chosen = StoreSettings(
                        name: try MemberName(parsing: "store-\(number)"),
                        zone: try MemberName(parsing: "zone-\(number % 2)"),
                        host: try MemberName(parsing: "host-\(number)"),
                        folder: "\(folder.path)/store-\(number)", minFree: .mebibytes(1))
                    settings(&chosen)
                    return try Store(
                        settings: chosen, url: nil, cluster: identity, catalog: catalog,
                        peers: { peers[$0] }, logger: logger)
                }
                let stores = try (0..<count).map { try make($0) }
                _ = peers.connect(stores, stores)
                for store in stores {
                    try FileManager.default.createDirectory(
                        atPath: store.settings.folder, withIntermediateDirectories: false)
                    _ = try await store.initialise()
                }
                let outcome: Result<Void, any Error>
                do {
                    outcome = .success(
                        try await body(
                            PassSite(
                                stores: stores, catalog: catalog, make: make, database: database)))
                } catch {
                    outcome = .failure(error)
                }
                for store in stores { await store.close() }
                try outcome.get()
            }
        }
    }

    /// Closes the store `index`, as far as its process would, and runs `body` with another object
    /// for the same volume, which is not opened yet.
    package func withSuccessor(
        of index: Int, _ body: (Store) async throws -> Void
    ) async throws {
        let store = try make(index)
        let outcome: Result<Void, any Error>
        do {
            outcome = .success(try await body(store))
        } catch {
            outcome = .failure(error)
        }
        await store.close()
        try outcome.get()
    }

    /// The volume of the store `index`.
    package func disk(_ index: Int) -> TestDisk { TestDisk(stores[index].settings.folder) }

    /// Makes `bytes` a content of the stores `indexes`.
    @discardableResult
    package func put(_ bytes: TestBytes, on indexes: [Int]) async throws -> ContentHash {
        let hash = try bytes.hash()
        for index in indexes {
            try await stores[index].put(
                hash, fileExtension: "mp4", length: nil, body: bytes.stream())
        }
        return hash
    }

    /// Makes `count` small contents on the stores `indexes`, as different as `seed` says.
    package func putMany(
        _ count: Int, on indexes: [Int], seed: UInt64 = 1, size: Int = 1000
    ) async throws -> [ContentHash] {
        var hashes: [ContentHash] = []
        for number in 0..<count {
            let bytes = TestBytes(size: size + number, seed: seed)
            hashes.append(try await put(bytes, on: indexes))
        }
        return hashes
    }

    /// The number of the store `index`.
    package func number(_ index: Int) async throws -> StoreNumber {
        let record = try await catalog.store(named: stores[index].settings.name)
        return try #require(record).facts.number
    }

    /// Takes the store `index` off the record of `hash`, as if it had never been counted.
    package func forget(_ hash: ContentHash, on index: Int) async throws {
        let number = try await number(index)
        try await catalog.removeReplicas(of: hash, on: [number], actor: "test", reason: "test")
    }

    /// Whether the content's last replica is known to be bad.
    package func isDamaged(_ hash: ContentHash) async throws -> Bool {
        try await catalog.content(hash)?.isDamaged ?? false
    }

    /// Has the catalog look as if no store had taken its leave.
    package func forgetLeave() async throws {
        try await database.query(
            "UPDATE store SET roles = array_append(roles, 'online')", writes: true)
    }

    /// Has the catalog believe that it heard of all stores just now.
    package func beat() async throws {
        try await database.query("UPDATE store SET seen_at = now()", writes: true)
    }

    /// Whether `store`, which was just opened, does an inventory that nobody asked for.
    package func beginsInventory(_ store: Store) async throws -> Bool {
        let before = try await catalog.passes(kind: .inventory).map(\.requested)
        return try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { await store.runPasses() }
            defer { group.cancelAll() }
            // It asks for one before anything else it does.
            let deadline = ContinuousClock.now + .milliseconds(3500)
            while .now < deadline {
                let passes = try await catalog.passes(kind: .inventory)
                if passes.map(\.requested) != before, passes.allSatisfy({ $0.state == .done }) {
                    return true
                }
                try await Task.sleep(for: .milliseconds(20))
            }
            return false
        }
    }

    /// How many contents are recorded on the store `index`.
    package func counted(on index: Int) async throws -> Int64 {
        try await catalog.digests(of: try await number(index)).reduce(0) { $0 + $1.count }
    }

    /// Empties the catalog as if its database had been made anew, stores and cluster left alone.
    package func loseCatalog() async throws {
        for table in ["content", "tombstone", "task", "extra_replica", "rule", "pass", "removal"] {
            try await database.query("DELETE FROM \(table)", writes: true)
        }
        try await catalog.setRebuilding(true)
    }

    /// The stores that are recorded for `hash`, by index.
    package func recorded(_ hash: ContentHash) async throws -> [Int] {
        let numbers = try await catalog.content(hash)?.stores ?? []
        var indexes: [Int] = []
        for index in stores.indices where numbers.contains(try await number(index)) {
            indexes.append(index)
        }
        return indexes
    }
}
