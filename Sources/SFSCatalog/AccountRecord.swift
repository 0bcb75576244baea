package import SFSCore

/// What the catalog knows of an account, but for its password.
package struct AccountRecord: Sendable, Hashable {
    /// 1 or more; given once, never reused.
    package var number: Int32
    /// Unique in the cluster.
    package var name: AccountName
    /// What it may do.
    package var roles: Set<AccountRole>
    /// Whether it may log in; its sessions are of no use while it may not.
    package var isEnabled: Bool
    /// By the database's clock, as all times here.
    package var created: Timestamp
    /// When the password was last set.
    package var passwordChanged: Timestamp
    /// `nil` = never.
    package var lastLogin: Timestamp?
    package var logins: Int64
    package var lastFailure: Timestamp?
    package var failures: Int64
}
