import PostgresFixture
import SFSCore
import SFSPostgres
import Testing

@Suite("A transaction")
struct PostgresTransactionTests {
    private struct Refusal: Error {}

    private static func withAccounts(
        options: PostgresOptions = PostgresFixture.patient,
        _ body: (PostgresDatabase) async throws -> Void
    ) async throws {
        try await PostgresFixture.withDatabase(options: options) { database in
            try await database.query("CREATE TABLE account (id int PRIMARY KEY, sum bigint)")
            try await database.query("INSERT INTO account VALUES (1, 0), (2, 0)")
            try await body(database)
        }
    }

    private static func total(_ database: PostgresDatabase) async throws -> Int64 {
        try await database.query("SELECT sum(sum)::bigint FROM account")[0][0]
    }

    @Test("commits what its body did")
    func commit() async throws {
        try await Self.withAccounts { database in
            let count = try await database.transaction { transaction in
                try await transaction.query("UPDATE account SET sum = sum + 1 WHERE id = 1")
                return try await transaction.query("SELECT * FROM account").count
            }
            #expect(count == 2)
            let total = try await Self.total(database)
            #expect(total == 1)
        }
    }

    @Test("rolls back when its body throws, and rethrows")
    func rollback() async throws {
        try await Self.withAccounts { database in
            for _ in 0..<20 {
                await #expect(throws: Refusal.self) {
                    try await database.transaction { transaction in
                        try await transaction.query("UPDATE account SET sum = sum + 1")
                        throw Refusal()
                    }
                }
            }
            let total = try await Self.total(database)
            #expect(total == 0)
        }
    }

    @Test("does not commit when its body swallowed an error")
    func swallowed() async throws {
        try await Self.withAccounts { database in
            let error = await #expect(throws: SFSError.self) {
                try await database.transaction { transaction in
                    try await transaction.query("UPDATE account SET sum = sum + 1")
                    _ = try? await transaction.query("INSERT INTO account VALUES (1, 0)")
                }
            }
            #expect(error?.code == .conflict)
            let total = try await Self.total(database)
            #expect(total == 0)
        }
    }

    @Test("is repeated after a serialization failure until it succeeds")
    func serialization() async throws {
        try await Self.withAccounts { database in
            let attempts = Counter()
            try await withThrowingDiscardingTaskGroup { group in
                for _ in 0..<6 {
                    group.addTask {
                        try await database.transaction { transaction in
                            attempts.next()
                            try await transaction.query(
                                "SET TRANSACTION ISOLATION LEVEL SERIALIZABLE")
                            let row = try await transaction.query(
                                "SELECT sum FROM account WHERE id = 1")[0]
                            let sum: Int64 = try row[0]
                            try await transaction.query(
                                "UPDATE account SET sum = $1 WHERE id = 1", [.int64(sum + 1)])
                        }
                    }
                }
            }
            let total = try await Self.total(database)
            #expect(total == 6)
            #expect(attempts.value > 6)
        }
    }

    @Test("is repeated after a deadlock")
    func deadlock() async throws {
        try await Self.withAccounts { database in
            let attempts = Counter()
            try await withThrowingDiscardingTaskGroup { group in
                for (first, second) in [(1, 2), (2, 1)] {
                    group.addTask {
                        try await database.transaction { transaction in
                            let update = "UPDATE account SET sum = sum + 1 WHERE id = $1"
                            try await transaction.query(update, [.int32(Int32(first))])
                            let attempt = attempts.next()
                            // Both hold their first row before either asks for its second.
                            while attempt <= 2, attempts.value < 2 { await Task.yield() }
                            try await transaction.query(update, [.int32(Int32(second))])
                        }
                    }
                }
            }
            let total = try await Self.total(database)
            #expect(total == 4)
            #expect(attempts.value >= 3)
        }
    }

    @Test("waits for a lock for a limited time")
    func lockTimeout() async throws {
        var options = PostgresFixture.patient
        options.lockTimeout = .milliseconds(100)
        try await Self.withAccounts(options: options) { database in
            try await database.transaction { transaction in
                try await transaction.query("UPDATE account SET sum = 5")
                let error = await #expect(throws: SFSError.self) {
                    try await database.query("UPDATE account SET sum = 6")
                }
                #expect(error?.code == .busy)
            }
            let total = try await Self.total(database)
            #expect(total == 10)
        }
    }

    @Test("gets a connection when one becomes free, or 'busy' when too many wait or none does")
    func pool() async throws {
        var options = PostgresFixture.patient
        options.transactionsMaximum = 2
        options.transactionsWaitingMaximum = 1
        options.reachTimeout = .milliseconds(300)
        try await Self.withAccounts(options: options) { database in
            let outcomes = await withTaskGroup(of: ErrorCode?.self) { group in
                for _ in 0..<5 {
                    group.addTask {
                        do {
                            try await database.transaction { transaction in
                                try await transaction.query("SELECT pg_sleep(0.1)")
                                try await transaction.query("UPDATE account SET sum = sum + 1")
                            }
                            return nil
                        } catch {
                            return SFSError(wrapping: error).code
                        }
                    }
                }
                return await group.reduce(into: []) { $0.append($1) }
            }
            #expect(outcomes.count { $0 == nil } == 3)
            #expect(outcomes.count { $0 == .busy } == 2)
            try await database.transaction { _ in
                try await database.transaction { _ in
                    let begin = ContinuousClock.now
                    let error = await #expect(throws: SFSError.self) {
                        try await database.transaction { _ in }
                    }
                    #expect(error?.code == .busy)
                    #expect(begin.duration(to: .now) < .seconds(4))
                }
            }
        }
    }

    @Test("lets a cancelled caller go and its connection come back clean")
    func cancellation() async throws {
        var options = PostgresFixture.patient
        options.transactionsMaximum = 1
        try await Self.withAccounts(options: options) { database in
            for _ in 0..<20 {
                let (isInside, inside) = AsyncStream.makeStream(of: Void.self)
                let work = Task {
                    try await database.transaction { transaction in
                        try await transaction.query("UPDATE account SET sum = sum + 1")
                        inside.yield()
                        try await transaction.query("SELECT pg_sleep(0.05)")
                    }
                }
                for await _ in isInside { break }
                work.cancel()
                await #expect(throws: CancellationError.self) { try await work.value }
                try await database.transaction { transaction in
                    let sum: Int64 = try await transaction.query(
                        "SELECT sum(sum)::bigint FROM account")[0][0]
                    #expect(sum == 0)
                }
            }
        }
    }

    @Test("cannot be used after its end")
    func escaped() async throws {
        try await Self.withAccounts { database in
            let escaped = try await database.transaction { $0 }
            let error = await #expect(throws: SFSError.self) { try await escaped.query("SELECT 1") }
            #expect(error?.code == .internal)
        }
    }
}
