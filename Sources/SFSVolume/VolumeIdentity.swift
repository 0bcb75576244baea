package import SFSCore

/// Whose volume it is.
package struct VolumeIdentity: Sendable, Hashable {
    /// The cluster's own number, a UUID; two clusters may have the same name.
    package let clusterID: String
    /// The cluster's name, for people.
    package let cluster: MemberName
    /// The store that owns the volume.
    package let store: MemberName

    package init(clusterID: String, cluster: MemberName, store: MemberName) {
        self.clusterID = clusterID
        self.cluster = cluster
        self.store = store
    }
}
