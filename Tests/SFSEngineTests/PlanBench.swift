import PostgresFixture
import SFSCatalog
import SFSCore
import SFSPostgres
import SFSWire
import Testing

@testable import SFSEngine

/// A catalog with stores that do their tasks as far as the catalog sees: no disk, no bytes.
struct PlanBench: Sendable {
    let catalog: Catalog
    let database: PostgresDatabase
    let engine: Engine

    /// Runs `body` with stores s1, s2, … of 1000 bytes, one on a host of its own in each of
    /// `zones`.
    static func with(
        _ zones: [String] = ["a", "a", "b", "b"],
        settings change: (inout EngineSettings) -> Void = { _ in },
        _ body: (PlanBench) async throws -> Void
    ) async throws {
        var settings = EngineSettings()
        change(&settings)
        try await PostgresFixture.withCatalog { catalog, database in
            let engine = Engine(
                catalog: catalog,
                cluster: ClusterIdentity(id: "test", name: try MemberName(parsing: "test")),
                settings: settings, logger: PostgresFixture.logger)
            let bench = PlanBench(catalog: catalog, database: database, engine: engine)
            for (index, zone) in zones.enumerated() { try await bench.addStore(index + 1, zone) }
            try await body(bench)
        }
    }

    // MARK: What there is

    static func name(_ number: Int) throws -> MemberName { try MemberName(parsing: "s\(number)") }

    /// A SHA-1 hash that begins with the two bytes of `number`.
    static func hash(_ number: Int) throws -> ContentHash {
        let head = [UInt8(truncatingIfNeeded: number >> 8), UInt8(truncatingIfNeeded: number)]
        return try ContentHash(bytes: head + [UInt8](repeating: 7, count: 18))
    }

    func addStore(_ number: Int, _ zone: String, bytes: Int64 = 1000) async throws {
        let record = try await catalog.join(
            StoreRegistration(
                name: try Self.name(number), zone: try MemberName(parsing: zone),
                host: try MemberName(parsing: "h\(number)"), volume: "volume-\(number)",
                url: "http://127.0.0.1:1", freeBytes: bytes, totalBytes: 2 * bytes))
        try #require(record.facts.number == StoreNumber(Int16(number)))
    }

    /// Puts the contents `numbers` onto `stores`, whose free bytes become fewer.
    func put(
        _ numbers: ClosedRange<Int>, on stores: [Int16] = [1, 2], want: Int = 2, size: Int64 = 10
    ) async throws {
        for number in numbers {
            try await put(number, on: stores, want: want, size: size)
        }
    }

    func put(
        _ number: Int, on stores: [Int16], want: Int = 2, size: Int64 = 10, generation: Int32 = 1
    ) async throws {
        _ = try await catalog.record(
            NewContent(
                hash: try Self.hash(number), size: size,
                attributes: attributes(generation: generation), want: want,
                stores: stores.map { StoreNumber($0) },
                since: Timestamp(milliseconds: 4_000_000_000_000)))
        try await write(size, on: stores)
    }

    func attributes(generation: Int32) -> ContentAttributes {
        ContentAttributes(
            fileExtension: "mp4", mediaType: "video/mp4",
            created: Timestamp(milliseconds: 1_795_000_000_123), generation: generation)
    }

    /// Says that `bytes` more were written on `stores`.
    func write(_ bytes: Int64, on stores: [Int16]) async throws {
        try await database.query(
            "UPDATE store SET free_bytes = free_bytes - $1 WHERE number = ANY ($2)",
            [.int64(bytes), .int16Array(stores)], writes: true)
    }

    /// Says that the stores were last heard of `seconds` ago.
    func silence(_ stores: [Int16], seconds: Double) async throws {
        try await database.query(
            "UPDATE store SET seen_at = now() - $1 * interval '1 second' WHERE number = ANY ($2)",
            [.double(seconds), .int16Array(stores)], writes: true)
    }

    func stores(of number: Int) async throws -> [Int16]? {
        try await catalog.content(Self.hash(number))?.stores.map(\.value)
    }

    func tasks() async throws -> [TaskRecord] {
        try await catalog.tasks(plan: nil, store: nil, state: nil, after: nil, limit: 10_000)
    }

    /// Percent of what each store could hold that its replicas are.
    func fills() async throws -> [StoreNumber: Double] {
        let cluster = try await engine.planningView().cluster()
        return Dictionary(
            uniqueKeysWithValues: cluster.stores.map { store in
                (store.facts.number, 100 * Double(store.usedBytes) / Double(store.capacity))
            })
    }

    /// The fewest stores that any content is counted on.
    func lowestCopies() async throws -> Int {
        try await database.query(
            "SELECT coalesce(min(cardinality(stores)), 0)::bigint FROM content")[0][0]
    }

    // MARK: What stores do

    /// Has all stores in service do their tasks until there are none; the fewest copies that any
    /// content had on the way.
    @discardableResult
    func work() async throws -> Int {
        var lowest = Int.max
        while true {
            var isIdle = true
            for store in try await catalog.stores().map(\.facts.number) {
                let tasks = try await catalog.claimTasks(
                    of: store, limit: 3, lease: .seconds(60), besides: [])
                for task in tasks {
                    isIdle = false
                    try await perform(task)
                    lowest = min(lowest, try await lowestCopies())
                }
            }
            if isIdle { return lowest }
        }
    }

    private func perform(_ task: TaskRecord) async throws {
        switch task.kind {
        case .clone, .move:
            try await write(task.size, on: [task.store.value])
            let since = try await catalog.lookup(task.hash).now
            let end = try await catalog.finishClone(task, since: since)
            try #require(end != .notOurs)
        case .remove:
            if task.isExtra {
                _ = try await catalog.beginExtraRemoval(of: task.hash, from: task.store)
            } else {
                // The file lies in the trash then: nothing gets free.
                try await giveUp(task)
            }
            _ = try await catalog.finishTask(task)
        case .restore:
            _ = try await catalog.finishRestore(
                task, attributes: attributes(generation: task.generation), size: task.size)
        case .verify, .trash: _ = try await catalog.finishTask(task)
        }
    }

    private func giveUp(_ task: TaskRecord) async throws {
        let content = try #require(try await catalog.content(task.hash))
        let removal = try await catalog.beginRemoval(
            of: task.hash, generation: task.generation, from: task.store, proven: content.stores,
            minimum: engine.settings.minCopies, task: task, actor: task.actor,
            reason: task.reason)
        try #require(removal != .refused, "\(content.stores) \(task)")
    }
}
