package import SFSCore
import SFSPostgres

extension Catalog {
    /// Says that `voter` holds `target` to be down, for `life` from now; renews what it said
    /// before.
    ///
    /// Alone it changes nothing: see `settleVotes(target:watchers:)`.
    package func castVote(
        target: MemberName, voter: MemberName, reason: String, life: Duration
    ) async throws {
        try await database.query(
            """
            INSERT INTO vote (target, voter, reason, expires_at)
                 VALUES ($1, $2, $3, now() + $4 * interval '1 second')
            ON CONFLICT (target, voter) DO UPDATE
                    SET reason = excluded.reason, cast_at = excluded.cast_at,
                        expires_at = excluded.expires_at
            """,
            [
                .text(target.text), .text(voter.text), .text(reason),
                .seconds(life),
            ], writes: true, retry: .idempotent)
    }

    /// Takes `online` from `target` when more than half of `watchers` hold it to be down; returns
    /// whether they do.
    ///
    /// `watchers` are all members in service that are to watch it.
    @discardableResult
    package func settleVotes(
        target: MemberName, watchers: [MemberName]
    ) async throws -> Bool {
        try await database.query(
            """
            WITH verdict AS (
                SELECT \(Self.isQuorum) AS is_down
            ), store_lost AS (
                UPDATE store SET roles = array_remove(roles, 'online')
                 WHERE name = $1 AND 'online' = ANY (roles) AND (SELECT is_down FROM verdict)
            ), prism_lost AS (
                UPDATE prism SET roles = array_remove(roles, 'online')
                 WHERE name = $1 AND 'online' = ANY (roles) AND (SELECT is_down FROM verdict)
            )
            SELECT is_down FROM verdict
            """, [.text(target.text), .textArray(watchers.map(\.text))], writes: true,
            retry: .idempotent)[0][0]
    }

    /// Takes back what `voter` said of `target`, if it said anything.
    package func withdrawVote(target: MemberName, voter: MemberName) async throws {
        try await database.query(
            "DELETE FROM vote WHERE target = $1 AND voter = $2",
            [.text(target.text), .text(voter.text)], writes: true, retry: .idempotent)
    }

    /// What a good ping does: takes back what `voter` said of `target`, which is online again
    /// unless the votes that are left are still those of more than half of `watchers`.
    ///
    /// A member of which nobody said that it is down stays as it is: it may have taken its leave.
    package func restoreMember(
        _ target: MemberName, voter: MemberName, watchers: [MemberName]
    ) async throws {
        try await database.transaction { transaction in
            // First, so that no settling comes in between; the statements after it see all votes.
            for table in ["store", "prism"] {
                try await transaction.query(
                    "SELECT FROM \(table) WHERE name = $1 FOR NO KEY UPDATE",
                    [.text(target.text)])
            }
            let wasDoubted: Bool = try await transaction.query(
                """
                WITH withdrawn AS (DELETE FROM vote WHERE target = $1 AND voter = $2)
                SELECT EXISTS (SELECT FROM vote WHERE target = $1)
                """, [.text(target.text), .text(voter.text)])[0][0]
            guard wasDoubted else { return }
            for (table, condition) in [("store", "AND retired_at IS NULL"), ("prism", "")] {
                try await transaction.query(
                    """
                    UPDATE \(table) SET roles = \(Self.rolesOnline)
                     WHERE name = $1 AND NOT \(Self.isQuorum) \(condition)
                    """, [.text(target.text), .textArray(watchers.map(\.text))])
            }
        }
    }

    /// The votes that count now, by target and voter.
    package func votes() async throws -> [VoteRecord] {
        try await database.query(
            """
              SELECT target, voter, reason, cast_at, expires_at
                FROM vote WHERE expires_at > now() ORDER BY target, voter
            """, retry: .idempotent
        ).map { row in
            VoteRecord(
                target: try MemberName(parsing: try row["target"] as String),
                voter: try MemberName(parsing: try row["voter"] as String),
                reason: try row["reason"], cast: try row["cast_at"],
                expires: try row["expires_at"])
        }
    }

    /// Forgets the votes that have expired; returns their number, or with `dryRun` how many it
    /// would be.
    package func pruneVotes(dryRun: Bool = false) async throws -> Int64 {
        try await prune("vote WHERE expires_at <= now()", [], dryRun: dryRun)
    }

    /// SQL: more than half of the names in `$2` have a vote against `$1` that counts.
    private static let isQuorum = """
        ((SELECT count(*) FROM vote
           WHERE target = $1 AND voter = ANY ($2::text[]) AND expires_at > now()) * 2
         > cardinality($2::text[]))
        """

    /// SQL for `roles` with `online` among them, once.
    static let rolesOnline = "array_remove(roles, 'online') || 'online'::text"

    /// SQL for `roles` after a heartbeat of the row's member.
    ///
    /// A good word for oneself does not weigh against what others say (design.md §9).
    static let rolesReported = """
        CASE WHEN 'online' = ANY (roles) OR has_votes(name) THEN roles ELSE \(rolesOnline) END
        """
}
