/// What an account may do with contents and purchases.
package enum AccountRole: String, Sendable, CaseIterable, Codable {
    /// Take contents in, and sell purchases.
    case create
    /// Read contents, and look things up.
    case read
    /// Extend purchases.
    case update
    /// Revoke purchases, and remove contents.
    case delete
}
