import SFSCatalog
package import SFSCore
package import SFSWire

extension Engine {
    /// Lines of the audit, newest first: those about `subject`, by `actor`, since `since`, and before
    /// the line `before`; what is `nil` may be anything.
    ///
    /// The last line's number is the `before` of the next page.
    package func audit(
        subject: String?, actor: String?, since: Timestamp?, before: Int64?, limit: Int
    ) async throws -> AuditList {
        let records = try await catalog.auditEntries(
            subject: subject, actor: actor, since: since, before: before, limit: limit)
        return AuditList(
            entries: records.map { record in
                AuditEntry(
                    number: record.number, at: record.at, actor: record.actor,
                    action: record.action, subject: record.subject, reason: record.reason)
            })
    }
}
