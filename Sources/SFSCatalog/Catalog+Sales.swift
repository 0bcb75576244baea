import SFSCore
import SFSPostgres

/// A purchase that is being made, with the token that it shall have.
struct Sale: Sendable {
    let new: NewPurchase
    let token: PurchaseToken
}

extension Catalog {
    /// Makes several purchases, as `createPurchase(_:)` does one.
    ///
    /// Those whose day is not right, or whose token is taken, have no answer.
    static var salePlan: PostgresGathering<Sale, Purchase>.Plan {
        // clock_timestamp() and not now(): see `insert(_:_:)`.
        PostgresGathering.Plan(
            statement: """
                WITH moment AS MATERIALIZED (
                    SELECT date_trunc('milliseconds', clock_timestamp()) AS created_at
                ), span AS (
                    SELECT new.*, created_at, created_at + life * interval '1 second' AS expires_at
                      FROM moment,
                           unnest($1::bigint[], $2::text[], $3::bytea[], $4::text[], $5::text[],
                                  $6::text[], $7::text[], $8::bigint[], $9::bigint[], $10::text[])
                           AS new (day, token, hash, extension, name, referrers, networks, life,
                                   after_life, account)
                )
                INSERT INTO purchase (day, token, hash, extension, name, referrers, networks,
                                      life_seconds, after_life_seconds, account, created_at,
                                      expires_at)
                     SELECT day, token, hash, extension, name, string_to_array(referrers, E'\\n'),
                            string_to_array(networks, E'\\n'), life, after_life, account,
                            created_at, expires_at
                       FROM span
                      WHERE day = least($11, 1 + floor(extract(
                                epoch FROM expires_at + after_life * interval '1 second') / 86400))
                ON CONFLICT (day, token) DO NOTHING
                  RETURNING token, created_at, expires_at
                """,
            writes: true,
            values: { sales in
                [
                    .int64Array(sales.map { Int64($0.token.day) }),
                    .textArray(sales.map(\.token.text)),
                    .bytesArray(sales.map(\.new.hash.bytes)),
                    .textArray(sales.map(\.new.fileExtension)), .textArray(sales.map(\.new.name)),
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
                var times: [String: (created: Timestamp, expires: Timestamp)] = [:]
                for row in rows {
                    let token: String = try row["token"]
                    times[token] = (try row["created_at"], try row["expires_at"])
                }
                return sales.map { sale in
                    times[sale.token.text].map { time in
                        purchase(sale.new, sale.token, time.created, time.expires)
                    }
                }
            })
    }
}
