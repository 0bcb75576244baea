package import SFSCore
import SFSPostgres

extension Catalog {
    /// How many revocations may be of use at a time.
    package static let revocationsMaximum = 500_000

    /// Ends purchases at once, with a line in the audit; returns their number.
    ///
    /// All that was acknowledged before is ended, nothing that is bought after the answer. Who
    /// holds grants hears of it by `changes(since:)`.
    package func revokePurchases(
        _ selection: PurchaseSelection, actor: String
    ) async throws -> Int64 {
        let condition = PurchaseCondition(selection)
        let isOne = if case .token = selection { true } else { false }
        let (kind, subject) = selection.kindAndSubject
        return try await database.transaction { transaction in
            if !isOne {
                try await Self.allowTime(transaction)
                // Waits for those who are buying, and lets nobody buy until this is committed:
                // what is in the table now is what was bought up to `revoked_at`.
                try await transaction.query(
                    "LOCK TABLE ONLY purchase IN SHARE ROW EXCLUSIVE MODE")
            }
            let count: Int64 = try await transaction.query(
                """
                WITH ended AS (
                    DELETE FROM purchase WHERE \(condition.statement) RETURNING expires_at
                ), told AS (
                    INSERT INTO revocation (kind, subject, revoked_at, until_at)
                         SELECT \(condition.parameter(1)), \(condition.parameter(2)),
                                clock_timestamp(), max(expires_at)
                           FROM ended HAVING count(*) > 0
                ), line AS (
                    INSERT INTO audit (actor, action, subject, reason)
                         SELECT \(condition.parameter(3)), 'revoke-purchases',
                                \(condition.parameter(4)), count(*) || ' purchases'
                           FROM ended HAVING count(*) > 0
                )
                SELECT count(*) FROM ended
                """,
                condition.values + [
                    .text(kind), .text(subject), .text(actor), .text(selection.auditSubject),
                ], timeout: isOne ? nil : Self.manyRowsTimeout)[0][0]
            if !isOne, count > 0 {
                // Times are kept in milliseconds: what is bought next gets a later one.
                try await transaction.query("SELECT pg_sleep(0.002)")
            }
            return count
        }
    }

    /// The revocations of use that came after `moment`, or all of use for `nil`.
    ///
    /// `moment` is the `now` of an earlier answer. What came up to half a minute before it is told
    /// again: a transaction may be committed later than the time that it noted.
    ///
    /// - Throws: `SFSError` with code `.busy` when there are more than `revocationsMaximum`.
    package func changes(since moment: Timestamp?) async throws -> Changes {
        let rows = try await database.query(
            """
               SELECT asked.now, kind, subject, revoked_at, until_at
                 FROM (SELECT now() AS now) AS asked
            LEFT JOIN revocation
                   ON \(Self.revocationIsOfUse)
                  AND revoked_at > coalesce($1::timestamptz - interval '30 seconds', '-infinity')
             ORDER BY number
                LIMIT $2
            """,
            [
                moment.map { .timestamp($0) } ?? .null,
                .int32(Int32(Self.revocationsMaximum) + 1),
            ], retry: .idempotent)
        guard rows.count <= Self.revocationsMaximum else {
            throw SFSError(
                .busy, "more than \(Self.revocationsMaximum) revocations to keep in mind")
        }
        var revocations: [Revocation] = []
        for row in rows {
            guard let kind: String = try row["kind"] else { continue }
            revocations.append(
                Revocation(
                    selection: try PurchaseSelection(kind: kind, subject: try row["subject"]),
                    revoked: try row["revoked_at"], until: try row["until_at"]))
        }
        return Changes(now: try rows[0]["now"], revocations: revocations)
    }

    /// SQL: something may still hold what it revoked; a minute longer than by the clock alone.
    static let revocationIsOfUse = "until_at > now() - interval '1 minute'"
}
