package import SFSCatalog
package import SFSCore
package import SFSStore
import SFSWire
package import Testing

extension TestCluster {
    /// Settings under which stores look for tasks all the time.
    package static func hurries(_ settings: inout StoreSettings) {
        settings.taskPoll = .milliseconds(10)
        settings.taskLease = .milliseconds(600)
        settings.heartbeat = .milliseconds(100)
    }

    /// Runs all stores, as `sfsd` does, while `body` runs.
    package func working<Result: Sendable>(
        _ body: @Sendable () async throws -> Result
    ) async throws -> Result {
        try await withThrowingTaskGroup(of: Void.self) { group in
            for store in stores { group.addTask { try await store.run() } }
            defer { group.cancelAll() }
            return try await body()
        }
    }

    /// The number of the store `name`.
    package func number(of name: MemberName) async throws -> StoreNumber {
        try #require(try await catalog.store(named: name)).facts.number
    }

    /// Gives two stores each other's number, as when they join a new catalog in another order;
    /// contents are counted for the same stores as before.
    package func exchangeNumbers(of first: MemberName, _ second: MemberName) async throws {
        let records = [
            try #require(try await catalog.store(named: first)),
            try #require(try await catalog.store(named: second)),
        ]
        let numbers = records.map(\.facts.number)
        // Names and volumes are given once.
        try await execute(
            "UPDATE store SET name = 'nobody', volume = 'none' WHERE number = \(numbers[0])")
        for (record, number) in zip(records, numbers.reversed()) {
            try await execute(
                """
                UPDATE store
                   SET name = '\(record.facts.name)', volume = '\(record.volume)',
                       epoch = \(record.epoch), zone = '\(record.facts.zone)',
                       host = '\(record.facts.host)'
                 WHERE number = \(number)
                """)
        }
        try await execute(
            """
            UPDATE content
               SET stores = ARRAY (SELECT CASE s WHEN \(numbers[0]) THEN \(numbers[1])
                                                 WHEN \(numbers[1]) THEN \(numbers[0])
                                                 ELSE s END AS number
                                     FROM unnest(stores) AS s ORDER BY number)
            """)
    }

    /// Adds a task for the store `name`.
    package func order(
        _ kind: TaskKind, _ hash: ContentHash, on name: MemberName, from source: MemberName? = nil,
        isExtra: Bool = false, plan: Int64? = nil
    ) async throws {
        let content = try #require(try await catalog.content(hash))
        var number: StoreNumber?
        if let source { number = try await self.number(of: source) }
        let added = try await catalog.addTasks([
            NewTask(
                kind: kind, hash: hash, generation: content.attributes.generation,
                size: content.size, store: try await self.number(of: name), source: number,
                isExtra: isExtra, plan: plan, priority: 5, actor: "test", reason: "a test")
        ])
        #expect(added == 1)
    }

    /// Cancels `task`.
    package func cancel(_ task: TaskRecord) async throws {
        let count = try await catalog.changeTasks(
            .cancel, numbers: [task.number], plan: nil, state: nil, actor: "test")
        #expect(count == 1)
    }

    /// All tasks that are not done.
    package func tasks() async throws -> [TaskRecord] {
        try await catalog.tasks(plan: nil, store: nil, state: nil, after: nil, limit: 10_000)
    }

    /// Waits until `condition` holds, for up to 30 seconds.
    package func eventually(
        _ what: Comment, sourceLocation: SourceLocation = #_sourceLocation,
        _ condition: () async throws -> Bool
    ) async throws {
        let deadline = ContinuousClock.now + .seconds(60)
        while true {
            do {
                if try await condition() { return }
            } catch let error as SFSError where [.unavailable, .timeout].contains(error.code) {
                // A machine with too much to do; the next look tells.
            }
            try #require(.now < deadline, what, sourceLocation: sourceLocation)
            try await Task.sleep(for: .milliseconds(5))
        }
    }

    /// Waits until no task is left that could still be done.
    package func untilTasksAreDone(
        sourceLocation: SourceLocation = #_sourceLocation
    ) async throws {
        try await eventually("tasks are left", sourceLocation: sourceLocation) {
            try await tasks().allSatisfy { $0.state == .failed || $0.state == .paused }
        }
    }

    /// The stores that the catalog counts for `hash`.
    package func counted(_ hash: ContentHash) async throws -> Set<MemberName> {
        let numbers = try await catalog.content(hash)?.stores ?? []
        return Set(
            try await catalog.stores().filter { numbers.contains($0.facts.number) }
                .map(\.facts.name))
    }

    /// Checks that the catalog counts exactly the stores whose disks have `hash`, that their bytes
    /// are good and of the content's generation, and that nothing is left in any spool.
    package func expectTruth(
        of hash: ContentHash, sourceLocation: SourceLocation = #_sourceLocation
    ) async throws {
        let counted = try await counted(hash)
        #expect(try holders(of: hash) == counted, sourceLocation: sourceLocation)
        let content = try await catalog.content(hash)
        for name in counted {
            #expect(try isGood(hash, on: name), sourceLocation: sourceLocation)
            let facts = try await store(name).find(hash)
            #expect(
                facts?.attributes?.generation == content?.attributes.generation,
                sourceLocation: sourceLocation)
        }
        #expect(try spoolFiles().isEmpty, sourceLocation: sourceLocation)
    }
}
