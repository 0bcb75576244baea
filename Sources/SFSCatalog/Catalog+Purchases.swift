package import SFSCore
import SFSPostgres

extension Catalog {
    /// The longest life and the longest after-life, in seconds: a hundred years.
    package static let purchaseLifeSecondsMaximum: Int64 = 100 * 366 * 86_400
    /// How many purchases one page may have.
    package static let purchasesPerPageMaximum = 1000

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

    private static let purchaseColumns = """
        token, hash, extension, name, referrers, networks, life_seconds, after_life_seconds, \
        created_at, expires_at, account, hits, bytes
        """

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
