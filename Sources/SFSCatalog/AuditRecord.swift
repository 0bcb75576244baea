package import SFSCore

/// One line of the audit.
package struct AuditRecord: Sendable, Hashable {
    /// Greater than that of all lines before it.
    package var number: Int64
    package var at: Timestamp
    package var actor: String
    package var action: String
    package var subject: String
    package var reason: String

    package init(
        number: Int64, at: Timestamp, actor: String, action: String, subject: String,
        reason: String
    ) {
        self.number = number
        self.at = at
        self.actor = actor
        self.action = action
        self.subject = subject
        self.reason = reason
    }
}
