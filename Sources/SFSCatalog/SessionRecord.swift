package import SFSCore

/// A login that is open.
package struct SessionRecord: Sendable, Hashable {
    /// By which it can be ended; 1 or more.
    package var number: Int64
    /// Whose it is.
    package var account: AccountName
    /// What the account may do now.
    package var roles: Set<AccountRole>
    /// Whether it has no end.
    package var isPermanent: Bool
    /// The first moment at which it is of no use; `nil` when it is permanent.
    package var expires: Timestamp?
    package var created: Timestamp
    /// From where it was opened.
    package var address: String
}
