package import SFSCore

/// Which cluster a catalog is of.
package struct ClusterIdentity: Sendable, Hashable {
    /// A UUID, given when the catalog was made.
    package let id: String
    /// The name that was configured then.
    package let name: MemberName

    package init(id: String, name: MemberName) {
        self.id = id
        self.name = name
    }
}
