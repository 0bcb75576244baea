package import SFSCore
import SFSPostgres

extension Catalog {
    /// The longest life and the longest after-life, in seconds: a hundred years.
    package static let purchaseLifeSecondsMaximum: Int64 = 100 * 366 * 86_400
    /// How many purchases one page may have.
    package static let purchasesPerPageMaximum = 1000

    /// Sells a purchase.
    ///
    /// Its token names the day after that on which it may be forgotten. A purchase whose answer
    /// got lost may stay behind; nobody knows its token.
    ///
    /// - Throws: `SFSError` with code `.usage` for a life that is negative or longer than
    ///   `purchaseLifeSecondsMaximum`.
    package func createPurchase(_ new: NewPurchase) async throws -> Purchase {
        let lives = 0...Self.purchaseLifeSecondsMaximum
        guard lives.contains(new.lifeSeconds), lives.contains(new.afterLifeSeconds) else {
            throw SFSError(.usage, "a purchase cannot live for \(new.lifeSeconds) seconds")
        }
        // A guess by this machine's clock; the database says so when its own disagrees.
        let secondsLeft =
            Timestamp.now().milliseconds / 1000 + new.lifeSeconds + new.afterLifeSeconds
        var day = Int32(clamping: secondsLeft / 86_400 + 1)
        for _ in 0..<Self.purchaseTriesMaximum {
            let token = PurchaseToken.random(zone: new.zone, day: day)
            // Alone, each hears what was wrong: the day, the token, a partition that is not there.
            if let purchase = try await sales.answer(Sale(new: new, token: token)) {
                return purchase
            }
            do {
                let row = try await insert(new, token)
                day = try row["right_day"]
                if let created: Timestamp = try row["created_at"] {
                    return Self.purchase(new, token, created, try row["expires_at"])
                }
            } catch let error as SFSError where error.sqlState == Self.noPartitionState {
                try await makePurchasePartition(token.day)
            }
        }
        throw SFSError(.busy, "no token could be had for a purchase; try again")
    }

    /// The purchase with this token; `nil` when there is none.
    ///
    /// One that has expired is there until its after-life is over.
    package func purchase(_ token: PurchaseToken) async throws -> Purchase? {
        let condition = PurchaseCondition(.token(token))
        return try await database.query(
            "SELECT \(Self.purchaseColumns) FROM purchase WHERE \(condition.statement)",
            condition.values, retry: .idempotent
        ).first.map(Self.purchaseRecord)
    }

    /// A page of the purchases of `selection`: those after `token`, or the first ones for `nil`.
    ///
    /// They come by day and token; only those of `owner`, if there is one. `limit` counts up to
    /// `purchasesPerPageMaximum`.
    package func purchases(
        _ selection: PurchaseSelection, owner: String? = nil, after token: PurchaseToken?,
        limit: Int
    ) async throws -> [Purchase] {
        let condition = PurchaseCondition(selection, owner: owner)
        let values =
            condition.values + [
                .int32(token?.day ?? -1), .text(token?.text ?? ""),
                .int32(Int32(clamping: min(max(limit, 0), Self.purchasesPerPageMaximum))),
            ]
        // It may be slow, and would hold up the quick look-ups of others on a shared connection.
        return try await database.transaction { transaction in
            try await transaction.query(
                """
                  SELECT \(Self.purchaseColumns)
                    FROM purchase
                   WHERE \(condition.statement)
                     AND day >= \(condition.parameter(1))
                     AND (day, token) > (\(condition.parameter(1)), \(condition.parameter(2)))
                ORDER BY day, token
                   LIMIT \(condition.parameter(3))
                """, values)
        }.map(Self.purchaseRecord)
    }

    /// Lets the live purchases of `selection` live for `lifeSeconds` from now at least, with a
    /// line in the audit; returns their number.
    ///
    /// Never shortens a life: grants that are out would outlive it. One that has expired stays so.
    ///
    /// - Throws: `SFSError` with code `.usage` for a life that is negative or longer than
    ///   `purchaseLifeSecondsMaximum`.
    package func extendPurchases(
        _ selection: PurchaseSelection, lifeSeconds: Int64, actor: String
    ) async throws -> Int64 {
        guard (0...Self.purchaseLifeSecondsMaximum).contains(lifeSeconds) else {
            throw SFSError(.usage, "a purchase cannot live for \(lifeSeconds) seconds")
        }
        let condition = PurchaseCondition(selection)
        let (life, actorName, subject) = (
            condition.parameter(1), condition.parameter(2), condition.parameter(3)
        )
        let statement = """
            WITH extended AS (
                   UPDATE purchase
                      SET expires_at = greatest(expires_at, now() + \(life) * interval '1 second'),
                          life_seconds =
                              CASE WHEN expires_at < now() + \(life) * interval '1 second'
                                   THEN \(life) ELSE life_seconds END
                    WHERE \(condition.statement) AND expires_at > now()
                RETURNING token
            ), line AS (
                INSERT INTO audit (actor, action, subject, reason)
                     SELECT \(actorName), 'extend-purchases', \(subject),
                            count(*) || ' for ' || \(life) || ' seconds'
                       FROM extended HAVING count(*) > 0
            )
            SELECT count(*) FROM extended
            """
        return try await database.transaction { transaction in
            try await Self.allowTime(transaction)
            return try await transaction.query(
                statement,
                condition.values
                    + [.int64(lifeSeconds), .text(actor), .text(selection.auditSubject)],
                timeout: Self.manyRowsTimeout)[0][0]
        }
    }

    // MARK: Rows

    private static let purchaseTriesMaximum = 5
    /// check_violation: what PostgreSQL says for a row that no partition takes.
    private static let noPartitionState = "23514"

    private static let purchaseColumns = """
        token, hash, extension, name, referrers, networks, life_seconds, after_life_seconds, \
        created_at, expires_at, account, hits, bytes
        """

    /// Adds the row if its day is right; one row says which day is, and when it was created.
    private func insert(_ new: NewPurchase, _ token: PurchaseToken) async throws -> PostgresRow {
        // clock_timestamp() and not now(): read once the table may be written, so that nothing
        // which waited for a revoke is older than that (see `revokePurchases`).
        try await database.query(
            """
            WITH moment AS MATERIALIZED (
                SELECT date_trunc('milliseconds', clock_timestamp()) AS created_at
            ), span AS (
                SELECT created_at, created_at + $8 * interval '1 second' AS expires_at,
                       least($11, 1 + floor(extract(epoch FROM created_at
                                            + ($8 + $9) * interval '1 second') / 86400))::integer
                           AS right_day
                  FROM moment
            ), added AS (
                INSERT INTO purchase (day, token, hash, extension, name, referrers, networks,
                                      life_seconds, after_life_seconds, account, created_at,
                                      expires_at)
                     SELECT $1, $2, $3, $4, $5, $6, $7, $8, $9, $10, created_at, expires_at
                       FROM span WHERE right_day = $1
                ON CONFLICT (day, token) DO NOTHING
                  RETURNING created_at, expires_at
            )
            SELECT right_day, added.created_at, added.expires_at
              FROM span LEFT JOIN added ON true
            """,
            [
                .int32(token.day), .text(token.text), .bytes(new.hash.bytes),
                .text(new.fileExtension), .text(new.name),
                .textArray(new.referrers.map(\.host)),
                .textArray(new.networks.map(\.description)), .int64(new.lifeSeconds),
                .int64(new.afterLifeSeconds), .text(new.account),
                .int32(PurchaseToken.dayMaximum),
            ], writes: true, retry: .idempotent)[0]
    }

    static func purchase(
        _ new: NewPurchase, _ token: PurchaseToken, _ created: Timestamp, _ expires: Timestamp
    ) -> Purchase {
        Purchase(
            token: token, hash: new.hash, fileExtension: new.fileExtension, name: new.name,
            referrers: new.referrers, networks: new.networks, lifeSeconds: new.lifeSeconds,
            afterLifeSeconds: new.afterLifeSeconds, created: created, expires: expires,
            account: new.account)
    }

    private static func purchaseRecord(_ row: PostgresRow) throws(SFSError) -> Purchase {
        guard let token = PurchaseToken(parsing: try row["token"] as String) else {
            throw SFSError(.internal, "a purchase has no token that can be read")
        }
        return Purchase(
            token: token, hash: try ContentHash(bytes: try row["hash"]),
            fileExtension: try row["extension"], name: try row["name"],
            referrers: try parsed(row["referrers"], Referrer.init(parsing:)),
            networks: try parsed(row["networks"], IPNetwork.init(parsing:)),
            lifeSeconds: try row["life_seconds"], afterLifeSeconds: try row["after_life_seconds"],
            created: try row["created_at"], expires: try row["expires_at"],
            account: try row["account"], hits: try row["hits"], bytes: try row["bytes"])
    }

    private static func parsed<Value>(
        _ texts: [String], _ parse: (String) throws(SFSError) -> Value
    ) throws(SFSError) -> [Value] {
        var values: [Value] = []
        for text in texts { values.append(try parse(text)) }
        return values
    }
}
