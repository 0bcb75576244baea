import PostgresFixture
import SFSCore
import SFSPostgres
import Testing

@Suite("A PostgreSQL database")
struct PostgresDatabaseTests {
    @Test("brings every type there and back")
    func types() async throws {
        try await PostgresFixture.withDatabase { database in
            let time = Timestamp(milliseconds: -1_795_000_000_123)
            let row = try await database.query(
                """
                SELECT $1::bool AS a, $2::int2 AS b, $3::int4 AS c, $4::int8 AS d,
                       $5::float8 AS e, $6::text AS f, $7::bytea AS g, $8::timestamptz AS h,
                       $9::int2[] AS i, $10::int8[] AS j, $11::text[] AS k, $12::bytea[] AS l,
                       $13::text AS m, $14::bytea AS n, $15::int2[] AS o
                """,
                [
                    .bool(true), .int16(-2), .int32(.max), .int64(.min), .double(0.5),
                    .text("Zürich 'x'"), .bytes([0, 255]), .timestamp(time), .int16Array([1, -1]),
                    .int64Array([.max]), .textArray(["", "ä"]), .bytesArray([[], [7, 0]]), .null,
                    .bytes([]), .int16Array([]),
                ])[0]
            #expect(try row["a"] as Bool)
            #expect(try row["b"] as Int16 == -2)
            #expect(try row["c"] as Int32 == .max)
            #expect(try row["d"] as Int64 == .min)
            #expect(try row["e"] as Double == 0.5)
            #expect(try row["f"] as String == "Zürich 'x'")
            #expect(try row["g"] as [UInt8] == [0, 255])
            #expect(try row["h"] as Timestamp == time)
            #expect(try row["i"] as [Int16] == [1, -1])
            #expect(try row["j"] as [Int64] == [.max])
            #expect(try row["k"] as [String] == ["", "ä"])
            #expect(try row["l"] as [[UInt8]] == [[], [7, 0]])
            #expect(try row["m"] as String? == nil)
            #expect(try row["n"] as [UInt8] == [])
            #expect(try row["o"] as [Int16] == [])
        }
    }

    @Test("refuses to read a column as another type or under another name")
    func mismatch() async throws {
        try await PostgresFixture.withDatabase { database in
            let row = try await database.query("SELECT 1::bigint AS a, NULL::text AS b")[0]
            for read in [
                { _ = try row["a"] as String }, { _ = try row["a"] as Int16 },
                { _ = try row["b"] as String }, { _ = try row["c"] as Int64 },
                { _ = try row[2] as Int64 },
            ] {
                #expect(try #require(throws: SFSError.self) { try read() }.code == .internal)
            }
        }
    }

    @Test("keeps a statement's error from its neighbours in the pipeline")
    func isolation() async throws {
        try await PostgresFixture.withDatabase { database in
            try await database.query("CREATE TABLE number (value bigint PRIMARY KEY)")
            let failures = await withTaskGroup(of: Int.self) { group in
                for index in 0..<200 {
                    group.addTask {
                        let divisor = index.isMultiple(of: 5) ? 0 : 1
                        do {
                            try await database.query(
                                "INSERT INTO number VALUES ($1 / $2)",
                                [.int64(Int64(index)), .int64(Int64(divisor))])
                            return 0
                        } catch {
                            return (error as? SFSError)?.sqlState == "22012" ? 1 : 1000
                        }
                    }
                }
                return await group.reduce(0, +)
            }
            #expect(failures == 40)
            let count: Int = try await database.query("SELECT count(*) FROM number")[0][0]
            #expect(count == 160)
        }
    }

    @Test("acknowledges nothing that fails only when it is committed")
    func deferred() async throws {
        var options = PostgresFixture.patient
        options.writers = 1
        try await PostgresFixture.withDatabase(options: options) { database in
            try await database.query(
                """
                CREATE TABLE number (
                    task bigint, value bigint UNIQUE DEFERRABLE INITIALLY DEFERRED)
                """)
            let acknowledged = await withTaskGroup(of: Int64?.self) { group in
                for task in 0..<100 {
                    group.addTask {
                        do {
                            try await database.query(
                                "INSERT INTO number VALUES ($1, $2)",
                                [.int64(Int64(task)), .int64(Int64(task / 2))], writes: true)
                            return Int64(task)
                        } catch {
                            return (error as? SFSError)?.code == .conflict ? nil : -1
                        }
                    }
                }
                return await group.reduce(into: Set()) { if let task = $1 { $0.insert(task) } }
            }
            let found = try await database.query("SELECT task FROM number").map { row in
                try row["task"] as Int64
            }
            #expect(acknowledged.count == 50)
            #expect(Set(found) == acknowledged)
        }
    }

    @Test("keeps a statement that cannot be prepared from the next one of the same text")
    func preparation() async throws {
        try await PostgresFixture.withDatabase { database in
            let statement = "SELECT value FROM number"
            let first = await #expect(throws: SFSError.self) { try await database.query(statement) }
            #expect(first?.sqlState == "42P01")
            try await database.query("CREATE TABLE number (value bigint)")
            #expect(try await database.query(statement).isEmpty)
        }
    }

    @Test("prepares a statement again when its table has changed")
    func stalePlan() async throws {
        try await PostgresFixture.withDatabase { database in
            try await database.query("CREATE TABLE number (value integer)")
            try await database.query("INSERT INTO number VALUES (7)")
            let statement = "SELECT value FROM number"
            // On every shared connection.
            for _ in 0..<4 { try await database.query(statement) }
            try await database.query("ALTER TABLE number ALTER COLUMN value TYPE text")
            #expect(try await database.query(statement)[0][0] as String == "7")
        }
    }

    @Test("serves 64 tasks at once and gives each its own answer")
    func concurrency() async throws {
        try await PostgresFixture.withDatabase { database in
            try await withThrowingDiscardingTaskGroup { group in
                for task in 0..<64 {
                    group.addTask {
                        for step in 0..<50 {
                            let value = Int64(task * 1000 + step)
                            let row = try await database.query("SELECT $1 + 1", [.int64(value)])[0]
                            #expect(try row[0] as Int64 == value + 1)
                        }
                    }
                }
            }
        }
    }

    @Test("refuses statements past its limit with 'busy'")
    func limit() async throws {
        var options = PostgresFixture.patient
        options.readers = 1
        options.statementsMaximum = 4
        try await PostgresFixture.withDatabase(options: options) { database in
            let codes = await withTaskGroup(of: ErrorCode?.self) { group in
                for _ in 0..<20 {
                    group.addTask {
                        do {
                            try await database.query("SELECT pg_sleep(0.2)")
                            return nil
                        } catch {
                            return SFSError(wrapping: error).code
                        }
                    }
                }
                return await group.reduce(into: []) { $0.append($1) }
            }
            #expect(codes.count { $0 == nil } >= 4)
            #expect(codes.contains(.busy))
            #expect(codes.allSatisfy { $0 == nil || $0 == .busy })
            try await database.query("SELECT 1")
        }
    }

    @Test("lets a cancelled caller go at once")
    func cancellation() async throws {
        try await PostgresFixture.withDatabase { database in
            try await database.query("SELECT 1")
            let begin = ContinuousClock.now
            let sleeper = Task { try await database.query("SELECT pg_sleep(5)") }
            while try await database.query(
                "SELECT 1 FROM pg_stat_activity WHERE query LIKE 'SELECT pg_sleep(5%'"
            ).isEmpty {}
            sleeper.cancel()
            await #expect(throws: CancellationError.self) { try await sleeper.value }
            #expect(begin.duration(to: .now) < .seconds(4))
        }
    }

    @Test("ends a statement that takes too long with 'timeout'")
    func timeout() async throws {
        var options = PostgresFixture.patient
        options.statementTimeout = .milliseconds(100)
        try await PostgresFixture.withDatabase(options: options) { database in
            let error = await #expect(throws: SFSError.self) {
                try await database.query("SELECT pg_sleep(10)")
            }
            #expect(error?.code == .timeout)
            try await database.query("SELECT 1")
        }
    }

    @Test("gives a connection up that does not answer, and goes on with a new one")
    func silence() async throws {
        var options = PostgresFixture.patient
        options.readers = 1
        // The answer is given up two seconds after the server should have cancelled.
        options.statementTimeout = .seconds(1)
        // So long it is begun again.
        options.reachTimeout = .seconds(5)
        try await PostgresFixture.withDatabase(options: options) { database in
            try await database.transaction { _ in }
            let error = await #expect(throws: SFSError.self) {
                try await database.transaction { transaction in
                    try await transaction.query("SET LOCAL statement_timeout = 0")
                    try await transaction.query("SELECT pg_sleep(60)")
                }
            }
            #expect(error?.code == .unavailable)
            try await database.transaction { transaction in
                try await transaction.query("SET LOCAL statement_timeout = 0")
                try await transaction.query("SELECT 1")
            }
        }
    }

    @Test("fails every call after it was closed")
    func closed() async throws {
        try await PostgresFixture.withDatabase { database in
            try await database.query("SELECT 1")
            try await database.close()
            let single = await #expect(throws: SFSError.self) {
                try await database.query("SELECT 1")
            }
            #expect(single?.code == .unavailable)
            let whole = await #expect(throws: SFSError.self) {
                try await database.transaction { _ in }
            }
            #expect(whole?.code == .unavailable)
        }
    }
}
