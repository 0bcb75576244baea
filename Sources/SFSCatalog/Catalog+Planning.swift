package import SFSCore
import SFSPostgres

extension Catalog {
    /// Contents as plans see them, by hash: up to `limit` of those after `hash`, with a counted
    /// replica on one of `stores`, from the bytes `lower` on and below the bytes `upper`, each
    /// unless it is `nil`.
    package func planningContents(
        after hash: ContentHash?, limit: Int, on stores: [StoreNumber]?, from lower: [UInt8]?,
        below upper: [UInt8]?
    ) async throws -> [PlanningContent] {
        var conditions: [String] = []
        var values: [PostgresValue] = [.int64(Int64(limit))]
        func add(_ condition: String, _ value: PostgresValue?) {
            guard let value else { return }
            values.append(value)
            conditions.append("\(condition) $\(values.count)")
        }
        add("content.hash >", hash.map { .bytes($0.bytes) })
        add("content.stores &&", stores.map { .int16Array($0.map(\.value)) })
        add("content.hash >=", lower.map { .bytes($0) })
        add("content.hash <", upper.map { .bytes($0) })
        let condition = conditions.isEmpty ? "true" : conditions.joined(separator: " AND ")
        return try await database.transaction { [values] transaction in
            try await Self.allowTime(transaction)
            return try await transaction.query(
                """
                  SELECT \(Self.planningColumns)
                    FROM content LEFT JOIN rule ON rule.hash = content.hash
                   WHERE \(condition)
                ORDER BY content.hash
                   LIMIT $1
                """, values, timeout: Self.manyRowsTimeout)
        }.map(Self.planningContent)
    }

    /// Each of `hashes` that the cluster holds, as plans see it, in no order.
    ///
    /// - Throws: `SFSError` with code `.tooLarge` for more than `contentsPerQuestionMaximum`.
    package func planningContents(_ hashes: [ContentHash]) async throws -> [PlanningContent] {
        try Self.checkQuestion(hashes)
        return try await database.transaction { transaction in
            try await transaction.query(
                """
                SELECT \(Self.planningColumns)
                  FROM content LEFT JOIN rule ON rule.hash = content.hash
                 WHERE content.hash = ANY ($1)
                """, [.bytesArray(hashes.map(\.bytes))])
        }.map(Self.planningContent)
    }

    /// Sets how many replicas there should be of contents, 1 or more, with a line in the audit;
    /// returns how many it changed.
    ///
    /// - Throws: `SFSError` with code `.tooLarge` for more than `contentsPerQuestionMaximum`.
    package func setWant(
        _ want: Int, of hashes: [ContentHash], actor: String
    ) async throws -> Int64 {
        try Self.checkQuestion(hashes)
        return try await database.transaction { transaction in
            try await transaction.query(
                """
                WITH chosen AS MATERIALIZED (
                      SELECT hash
                        FROM content
                       WHERE hash = ANY ($1) AND want <> $2
                    ORDER BY hash
                         FOR NO KEY UPDATE
                ), changed AS (
                       UPDATE content SET want = $2 FROM chosen WHERE content.hash = chosen.hash
                    RETURNING content.hash
                ), line AS (
                    INSERT INTO audit (actor, action, subject, reason)
                         SELECT $3, 'set-want', count(*) || ' contents', $2 || ' copies'
                           FROM changed HAVING count(*) > 0
                )
                SELECT count(*) FROM changed
                """,
                [
                    .bytesArray(hashes.map(\.bytes)), .int16(Int16(clamping: max(1, want))),
                    .text(actor),
                ])[0][0]
        }
    }

    /// What is counted as held by each store; reads the whole table.
    ///
    /// Stores without any replica are absent.
    package func usage() async throws -> [StoreNumber: StoreUsage] {
        let rows = try await database.transaction { transaction in
            try await Self.allowTime(transaction)
            return try await transaction.query(
                """
                  SELECT number, count(*) AS contents, sum(size)::bigint AS bytes
                    FROM content, unnest(stores) AS number
                GROUP BY number
                """, timeout: Self.manyRowsTimeout)
        }
        var usage: [StoreNumber: StoreUsage] = [:]
        for row in rows {
            usage[StoreNumber(try row["number"])] = StoreUsage(
                contents: try row["contents"], bytes: try row["bytes"])
        }
        return usage
    }

    // MARK: Rows

    /// For SELECT from `content LEFT JOIN rule`.
    static let planningColumns = """
        content.hash, content.size, content.generation, content.want, content.stores, \
        \(extras) AS extras, \(busyStores) AS busy, rule.copy_minimum, rule.copy_maximum, \
        coalesce(rule.is_forced, false) AS is_forced, \
        coalesce(rule.is_protected, false) AS is_protected, \
        coalesce(rule.forced_stores, '{}') AS forced_stores, \
        coalesce(rule.protected_stores, '{}') AS protected_stores, \
        coalesce(rule.banned_stores, '{}') AS banned_stores
        """

    static func planningContent(_ row: PostgresRow) throws(SFSError) -> PlanningContent {
        PlanningContent(
            hash: try ContentHash(bytes: try row["hash"]), size: try row["size"],
            generation: try row["generation"], want: try row["want"],
            stores: try numbers(row, "stores"), extras: try numbers(row, "extras"),
            rules: ContentRules(
                copyMinimum: try row["copy_minimum"], copyMaximum: try row["copy_maximum"],
                isForced: try row["is_forced"], isProtected: try row["is_protected"],
                forcedStores: Set(try numbers(row, "forced_stores")),
                protectedStores: Set(try numbers(row, "protected_stores")),
                bannedStores: Set(try numbers(row, "banned_stores"))),
            busy: Set(try numbers(row, "busy")))
    }

    /// SQL for the stores that are to take a replica of `content`, or to lose one, by its tasks.
    private static let busyStores = """
        ARRAY (SELECT unnest(CASE kind WHEN 'move' THEN ARRAY[store, source] ELSE ARRAY[store] END)
                 FROM task
                WHERE task.hash = content.hash AND kind <> 'verify' AND \(taskIsInTheWay))
        """

    private static func numbers(
        _ row: PostgresRow, _ column: String
    ) throws(SFSError) -> [StoreNumber] {
        (try row[column] as [Int16]).map { StoreNumber($0) }
    }

    private static func checkQuestion(_ hashes: [ContentHash]) throws(SFSError) {
        guard hashes.count <= contentsPerQuestionMaximum else {
            throw SFSError(
                .tooLarge,
                "\(hashes.count) hashes in one question; ask for up to "
                    + "\(contentsPerQuestionMaximum) at once")
        }
    }
}
