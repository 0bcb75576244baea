import PostgresFixture
import SFSCatalog
import SFSCore
import SFSPostgres
import Testing

/// What tests of tasks, plans and repair start from.
extension Samples {
    /// Runs `body` with a catalog of stores 1, 2, …, one in each of `zones`.
    static func withStores(
        _ zones: [String] = ["a", "a", "b", "b"],
        _ body: (Catalog, PostgresDatabase) async throws -> Void
    ) async throws {
        try await PostgresFixture.withCatalogURL { url in
            try await withDatabase(url) { database in
                let catalog = Catalog(database: database, logger: PostgresFixture.logger)
                for (index, zone) in zones.enumerated() {
                    var registration = try store("s\(index + 1)")
                    registration.zone = try MemberName(parsing: zone)
                    let record = try await catalog.join(registration)
                    try #require(record.facts.number.value == index + 1)
                }
                try await body(catalog, database)
            }
        }
    }

    static func task(
        _ kind: TaskKind = .clone, _ number: Int = 1, on store: Int16, from source: Int16? = nil,
        generation: Int32 = 1, isExtra: Bool = false, plan: Int64? = nil, priority: Int = 5
    ) throws -> NewTask {
        NewTask(
            kind: kind, hash: try hash(number), generation: generation, size: 1000,
            store: StoreNumber(store), source: source.map { StoreNumber($0) }, isExtra: isExtra,
            plan: plan, priority: priority, actor: "alice", reason: "to try it")
    }

    static func step(
        _ kind: TaskKind = .clone, _ number: Int = 1, on store: Int16, from source: Int16? = nil,
        generation: Int32 = 1, stores: [Int16] = [1, 2]
    ) throws -> PlanStep {
        PlanStep(
            hash: try hash(number), kind: kind, store: StoreNumber(store),
            source: source.map { StoreNumber($0) }, size: 1000, generation: generation,
            stores: numbers(stores))
    }

    /// Saves a plan of `steps` for the members `m1`.
    static func plan(
        _ catalog: Catalog, _ kind: PlanKind = .clone, concurrency: Int? = nil, want: Int? = nil,
        _ steps: [PlanStep]
    ) async throws -> Int64 {
        try await catalog.savePlan(
            kind, actor: "alice", reason: "to try it", summary: "{}", members: "m1",
            bandwidth: nil, concurrency: concurrency, want: want, steps: steps)
    }

    /// Applies a plan for the members `m1`.
    @discardableResult
    static func apply(_ plan: Int64, _ catalog: Catalog) async throws -> PlanRecord {
        try await catalog.applyPlan(
            plan, members: "m1", ageMaximum: .seconds(3600), actor: "bob")
    }

    /// Records the content `number` as held by `stores`.
    static func put(
        _ catalog: Catalog, _ number: Int = 1, on stores: [Int16] = [1, 2], want: Int = 2
    ) async throws {
        _ = try await catalog.record(content(try hash(number), want: want, stores: stores))
    }

    /// Records the contents `numbers`, so that they can be sold.
    static func put(_ catalog: Catalog, _ numbers: Range<Int>) async throws {
        for number in numbers { try await put(catalog, number) }
    }

    /// Deletes the content `number` as far as these tests need it: with a tombstone.
    static let deletion = """
        WITH gone AS (DELETE FROM content WHERE hash = $1 RETURNING hash, generation)
        INSERT INTO tombstone AS known (hash, generation, size, want, stores)
             SELECT hash, generation, 1000, 3, '{1,2}' FROM gone
        ON CONFLICT (hash) DO UPDATE SET generation = excluded.generation
        """
}

extension Catalog {
    /// Claims up to `limit` tasks of the store for a minute.
    func claim(_ store: Int16, limit: Int = 1, besides: [Int64] = []) async throws -> [TaskRecord] {
        try await claimTasks(
            of: StoreNumber(store), limit: limit, lease: .seconds(60), besides: besides)
    }

    /// Adds one task, and claims it.
    func begin(_ task: NewTask) async throws -> TaskRecord {
        let count = try await addTasks([task])
        try #require(count == 1)
        return try #require(try await claim(task.store.value).first)
    }

    /// What the catalog's clock says.
    func now() async throws -> Timestamp { try await lookup(Samples.hash(0)).now }

    /// The stores that count as holding the content `number`; `nil` when there is none.
    func stores(of number: Int = 1) async throws -> [Int16]? {
        try await content(Samples.hash(number))?.stores.map(\.value)
    }
}

/// Lets all leases run out.
func endLeases(_ database: PostgresDatabase) async throws {
    try await database.query("UPDATE task SET lease_until = now() - interval '1 second'")
}

/// What `body` returns, which is started after `statements` were done in a transaction, and has to
/// wait for that to be committed.
func waiting<R: Sendable>(
    for statements: [(String, [PostgresValue])], in database: PostgresDatabase,
    _ body: @escaping @Sendable () async throws -> R
) async throws -> R {
    let result = try await database.transaction { transaction in
        for (statement, values) in statements { try await transaction.query(statement, values) }
        let result = Task { try await body() }
        try await eventually {
            try await !database.query(
                """
                SELECT FROM pg_stat_activity
                 WHERE datname = current_database() AND wait_event_type = 'Lock'
                """
            ).isEmpty
        }
        return result
    }
    return try await result.value
}

/// What each of `count` calls of `body` at once returned.
func atOnce<R: Sendable>(
    _ count: Int, _ body: @escaping @Sendable (Int) async throws -> R
) async throws -> [R] {
    try await withThrowingTaskGroup(of: R.self) { group in
        for index in 0..<count { group.addTask { try await body(index) } }
        return try await group.reduce(into: []) { $0.append($1) }
    }
}
