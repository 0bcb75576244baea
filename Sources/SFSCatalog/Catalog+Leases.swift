import SFSCore
import SFSPostgres

extension Catalog {
    /// Takes or renews what only one holder at a time may have, for `duration` from now by the
    /// database's clock.
    ///
    /// Returns its fence, a number that rises with each new holder; `nil` = another has it.
    package func takeLease(
        _ name: String, holder: String, for duration: Duration
    ) async throws -> Int64? {
        // Who waits for the row judges by the time before: never that a lease is over too early.
        let rows = try await database.query(
            """
            INSERT INTO lease AS known (name, holder, until_at)
                 VALUES ($1, $2, now() + $3 * interval '1 second')
            ON CONFLICT (name) DO UPDATE
                    SET holder = excluded.holder, until_at = excluded.until_at,
                        fence = CASE WHEN known.holder = excluded.holder THEN known.fence
                                     ELSE known.fence + 1 END
                  WHERE known.holder = excluded.holder OR known.until_at <= now()
              RETURNING fence
            """, [.text(name), .text(holder), .seconds(duration)], writes: true, retry: .idempotent)
        return try rows.first.map { try $0["fence"] }
    }

    /// Gives a lease back before it ends; one that another has stays with it.
    package func releaseLease(_ name: String, holder: String) async throws {
        // The row stays: its fence goes on to rise.
        try await database.query(
            "UPDATE lease SET holder = '', until_at = now() WHERE name = $1 AND holder = $2",
            [.text(name), .text(holder)], writes: true, retry: .idempotent)
    }

    /// Says whether the catalog was lost and is filled from the volumes again.
    package func setRebuilding(_ flag: Bool) async throws {
        try await database.query(
            "UPDATE cluster SET is_rebuilding = $1", [.bool(flag)], writes: true,
            retry: .idempotent)
    }

    /// Whether the catalog was lost and is filled from the volumes again.
    package func isRebuilding() async throws -> Bool {
        try await database.query("SELECT is_rebuilding FROM cluster", retry: .idempotent)[0][0]
    }
}
