package import SFSCore
import SFSPostgres

/// A purchase that is being made, with the token that it shall have.
struct Sale: Sendable {
    let new: NewPurchase
    let token: PurchaseToken
}

extension Catalog {
    /// Sells a purchase.
    ///
    /// Its token names the day after that on which it may be forgotten. A purchase whose answer
    /// got lost may stay behind; nobody knows its token.
    ///
    /// - Throws: `SFSError` with code `.notFound` when no store holds the content, `.usage` for a
    ///   life that is negative or longer than `purchaseLifeSecondsMaximum`.
    package func createPurchase(_ new: NewPurchase) async throws -> Purchase {
        let lives = 0...Self.purchaseLifeSecondsMaximum
        guard lives.contains(new.lifeSeconds), lives.contains(new.afterLifeSeconds) else {
            throw SFSError(.usage, "a purchase cannot live for \(new.lifeSeconds) seconds")
        }
        // A guess by this machine's clock; the database says so when its own disagrees.
        let secondsLeft =
            Timestamp.now().milliseconds / 1000 + new.lifeSeconds + new.afterLifeSeconds
        var day = Int32(clamping: secondsLeft / 86_400 + 1)
        for _ in 0..<Self.saleTriesMaximum {
            let sale = Sale(new: new, token: PurchaseToken.random(zone: new.zone, day: day))
            // Alone, each hears what was wrong: the content, the day, the token, a partition that
            // is not there.
            if let purchase = try await sales.answer(sale) { return purchase }
            do {
                let row = try await sellAlone(sale)
                guard try row["is_there"] else {
                    throw SFSError(.notFound, "'\(new.hash)' is not known here")
                }
                if let created: Timestamp = try row["created_at"] {
                    return Self.purchase(
                        sale, try row["extension"], created, try row["expires_at"])
                }
                day = try row["right_day"]
            } catch let error as SFSError where error.sqlState == Self.noPartitionState {
                try await makePurchasePartition(day)
            }
        }
        throw SFSError(.busy, "no token could be had for a purchase; try again")
    }

    private static let saleTriesMaximum = 5
    /// check_violation: what PostgreSQL says for a row that no partition takes.
    private static let noPartitionState = "23514"

    // Both statements look for the content and add the row, which needs no lock on the content:
    // what they look at was committed when they had got theirs on the table of purchases, and who
    // deletes a content locks that table before ending its purchases. So either the sale finds it
    // gone, or the deletion finds the purchase.
    //
    // clock_timestamp() and not now(): read once the table may be written, so that nothing which
    // waited for a revoke is older than that (see `revokePurchases`).

    /// Makes several purchases.
    ///
    /// Those whose content or day is not right, or whose token is taken, have no answer.
    static var salePlan: PostgresGathering<Sale, Purchase>.Plan {
        PostgresGathering.Plan(
            statement: """
                WITH moment AS MATERIALIZED (
                    SELECT date_trunc('milliseconds', clock_timestamp()) AS created_at
                ), span AS (
                    SELECT new.*, created_at, created_at + life * interval '1 second' AS expires_at
                      FROM moment,
                           unnest($1::bigint[], $2::text[], $3::bytea[], $4::text[], $5::text[],
                                  $6::text[], $7::text[], $8::bigint[], $9::bigint[], $10::text[])
                           AS new (day, token, sold_hash, asked_extension, name, referrers,
                                   networks, life, after_life, account)
                )
                INSERT INTO purchase (day, token, hash, extension, name, referrers, networks,
                                      life_seconds, after_life_seconds, account, created_at,
                                      expires_at)
                     SELECT day, token, sold_hash, \(soldExtension("asked_extension")), name,
                            string_to_array(referrers, E'\\n'), string_to_array(networks, E'\\n'),
                            life, after_life, account, created_at, expires_at
                       FROM span
                 CROSS JOIN LATERAL (\(heldContent("sold_hash")) OFFSET 0) AS content
                      WHERE day = least($11, 1 + floor(extract(
                                epoch FROM expires_at + after_life * interval '1 second') / 86400))
                ON CONFLICT (day, token) DO NOTHING
                  RETURNING token, extension, created_at, expires_at
                """,
            writes: true,
            values: { sales in
                [
                    .int64Array(sales.map { Int64($0.token.day) }),
                    .textArray(sales.map(\.token.text)),
                    .bytesArray(sales.map(\.new.hash.bytes)),
                    .textArray(sales.map { $0.new.fileExtension ?? ownExtension }),
                    .textArray(sales.map(\.new.name)),
                    // Neither hosts nor networks have line breaks in them.
                    .textArray(sales.map { $0.new.referrers.map(\.host).joined(separator: "\n") }),
                    .textArray(
                        sales.map { sale in
                            sale.new.networks.map(\.description).joined(separator: "\n")
                        }),
                    .int64Array(sales.map(\.new.lifeSeconds)),
                    .int64Array(sales.map(\.new.afterLifeSeconds)),
                    .textArray(sales.map(\.new.account)), .int32(PurchaseToken.dayMaximum),
                ]
            },
            answers: { rows, sales in
                var sold: [String: PostgresRow] = [:]
                for row in rows { sold[try row["token"]] = row }
                return try sales.map { sale in
                    guard let row = sold[sale.token.text] else { return nil }
                    return purchase(
                        sale, try row["extension"], try row["created_at"], try row["expires_at"])
                }
            })
    }

    /// Adds the row if the content is there and the day right; one row says which day is, and
    /// when it was created.
    private func sellAlone(_ sale: Sale) async throws -> PostgresRow {
        let new = sale.new
        return try await database.query(
            """
            WITH moment AS MATERIALIZED (
                SELECT date_trunc('milliseconds', clock_timestamp()) AS created_at
            ), span AS (
                SELECT created_at, created_at + $8 * interval '1 second' AS expires_at,
                       least($11, 1 + floor(extract(epoch FROM created_at
                                            + ($8 + $9) * interval '1 second') / 86400))::integer
                           AS right_day
                  FROM moment
            ), content AS MATERIALIZED (
                \(Self.heldContent("$3"))
            ), added AS (
                INSERT INTO purchase (day, token, hash, extension, name, referrers, networks,
                                      life_seconds, after_life_seconds, account, created_at,
                                      expires_at)
                     SELECT $1, $2, $3, \(Self.soldExtension("$4")), $5, $6, $7, $8, $9, $10,
                            created_at, expires_at
                       FROM span, content WHERE right_day = $1
                ON CONFLICT (day, token) DO NOTHING
                  RETURNING extension, created_at, expires_at
            )
            SELECT right_day, EXISTS (SELECT FROM content) AS is_there, added.*
              FROM span LEFT JOIN added ON true
            """,
            [
                .int32(sale.token.day), .text(sale.token.text), .bytes(new.hash.bytes),
                .text(new.fileExtension ?? Self.ownExtension), .text(new.name),
                .textArray(new.referrers.map(\.host)),
                .textArray(new.networks.map(\.description)), .int64(new.lifeSeconds),
                .int64(new.afterLifeSeconds), .text(new.account),
                .int32(PurchaseToken.dayMaximum),
            ], writes: true, retry: .idempotent)[0]
    }

    /// SQL for the row of a content that some store holds.
    private static func heldContent(_ hash: String) -> String {
        "SELECT extension FROM content WHERE hash = \(hash) AND stores <> '{}'"
    }

    /// Stands in a statement for the extension that the content has; nothing is called so.
    private static let ownExtension = "."

    /// SQL for the extension of a purchase for which `asked` was asked.
    private static func soldExtension(_ asked: String) -> String {
        "coalesce(nullif(\(asked), '\(ownExtension)'), content.extension)"
    }

    private static func purchase(
        _ sale: Sale, _ fileExtension: String, _ created: Timestamp, _ expires: Timestamp
    ) -> Purchase {
        let new = sale.new
        return Purchase(
            token: sale.token, hash: new.hash, fileExtension: fileExtension, name: new.name,
            referrers: new.referrers, networks: new.networks, lifeSeconds: new.lifeSeconds,
            afterLifeSeconds: new.afterLifeSeconds, created: created, expires: expires,
            account: new.account)
    }
}
