package import SFSCore
import SFSPostgres

extension Catalog {
    /// How many lines one page of the audit may have.
    package static let auditPerPageMaximum = 1000

    /// A page of the audit, newest first: the lines before the one numbered `before`, or the last
    /// ones for `nil`.
    ///
    /// Only those whose subject contains `subject`, by `actor`, and not older than `since`, where
    /// these are given. `limit` counts up to `auditPerPageMaximum`.
    package func auditEntries(
        subject: String? = nil, actor: String? = nil, since: Timestamp? = nil,
        before: Int64? = nil, limit: Int
    ) async throws -> [AuditRecord] {
        // On a connection of its own: it may have to look through many.
        let rows = try await database.transaction { transaction in
            try await Self.allowTime(transaction)
            return try await transaction.query(
                """
                  SELECT number, at, actor, action, subject, reason
                    FROM audit
                   WHERE ($1::text IS NULL OR strpos(subject, $1) > 0)
                     AND ($2::text IS NULL OR actor = $2)
                     AND at >= coalesce($3::timestamptz, '-infinity')
                     AND number < coalesce($4::bigint, 9223372036854775807)
                ORDER BY number DESC
                   LIMIT $5
                """,
                [
                    .optional(subject), .optional(actor),
                    since.map { .timestamp($0) } ?? .null, .optional(before),
                    .int32(Int32(clamping: min(max(limit, 0), Self.auditPerPageMaximum))),
                ], timeout: Self.manyRowsTimeout)
        }
        return try rows.map { row in
            AuditRecord(
                number: try row["number"], at: try row["at"], actor: try row["actor"],
                action: try row["action"], subject: try row["subject"],
                reason: try row["reason"])
        }
    }
}
