/// What is known of a store when one has to be chosen.
package struct StoreFacts: Sendable, Hashable {
    /// Its number in the catalog.
    package var number: StoreNumber
    /// Its name, unique in the cluster.
    package var name: MemberName
    /// Failure domain: what shares a room, a switch or a power feed.
    package var zone: MemberName
    /// Failure domain inside a zone: stores of one host fail together.
    package var host: MemberName
    /// What it may be used for, and whether it is alive.
    package var roles: Set<Role>
    /// Bytes that may still be written, its reserve already taken off.
    package var freeBytes: Int64
    /// Bytes of the whole volume.
    package var totalBytes: Int64

    package init(
        number: StoreNumber, name: MemberName, zone: MemberName, host: MemberName,
        roles: Set<Role>, freeBytes: Int64, totalBytes: Int64
    ) {
        self.number = number
        self.name = name
        self.zone = zone
        self.host = host
        self.roles = roles
        self.freeBytes = freeBytes
        self.totalBytes = totalBytes
    }
}
