package import SFSCore
import SFSPostgres

extension Catalog {
    /// The promises that hold now, by store.
    package func holds() async throws -> [StoreHold] {
        try await database.query(
            """
              SELECT store, purpose, until_at FROM hold WHERE until_at > now() ORDER BY store
            """, retry: .idempotent
        ).map { row in
            let text: String = try row["purpose"]
            guard let purpose = StorePurpose(rawValue: text) else {
                throw Self.unknown("purpose of a hold", text)
            }
            return StoreHold(
                store: StoreNumber(try row["store"]), purpose: purpose,
                until: try row["until_at"])
        }
    }

    /// Promises for `life` that `store` can go, besides the `others` of which that holds already;
    /// returns until when, or `nil` when not exactly those hold now.
    ///
    /// Who asks decides by what `holds()` said; of several that ask at once one gets the promise,
    /// and the others have to look again. A promise that `store` has is renewed.
    package func takeHold(
        _ store: StoreNumber, _ purpose: StorePurpose, for life: Duration,
        besides others: [StoreNumber]
    ) async throws -> Timestamp? {
        try await database.transaction { transaction in
            // One asker at a time; the statement after it sees what the one before has taken.
            try await transaction.query("LOCK TABLE hold IN SHARE ROW EXCLUSIVE MODE")
            return try await transaction.query(
                """
                INSERT INTO hold (store, purpose, until_at)
                     SELECT $1, $2, now() + $3 * interval '1 second'
                      WHERE ARRAY (SELECT store FROM hold
                                    WHERE until_at > now() AND store <> $1 ORDER BY store)
                            = $4::smallint[]
                ON CONFLICT (store) DO UPDATE
                        SET purpose = excluded.purpose, until_at = excluded.until_at
                  RETURNING until_at
                """,
                [
                    .int16(store.value), .text(purpose.rawValue), .seconds(life),
                    .int16Array(Set(others).subtracting([store]).map(\.value).sorted()),
                ]
            ).first.map { try $0["until_at"] }
        }
    }

    /// Takes the promise back that `store` can go, if there is one.
    package func releaseHold(_ store: StoreNumber) async throws {
        try await database.query(
            "DELETE FROM hold WHERE store = $1", [.int16(store.value)], writes: true,
            retry: .idempotent)
    }
}
