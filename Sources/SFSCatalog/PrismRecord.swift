package import SFSCore

/// The small number by which the catalog names a prism; given once, never reused.
package struct PrismNumber: Sendable, Hashable {
    /// 1 or more.
    package let value: Int16

    package init(_ value: Int16) {
        self.value = value
    }
}

/// What a prism says of itself when it joins.
package struct PrismRegistration: Sendable, Hashable {
    /// Unique in the cluster.
    package var name: MemberName
    package var zone: MemberName
    package var host: MemberName
    /// Where clients reach it; `nil` = only on its Unix socket.
    package var url: String?
    /// Of the program that it runs; `nil` = it does not say.
    package var version: String?

    package init(
        name: MemberName, zone: MemberName, host: MemberName, url: String?, version: String? = nil
    ) {
        self.name = name
        self.zone = zone
        self.host = host
        self.url = url
        self.version = version
    }
}

/// What the catalog knows of a prism.
package struct PrismRecord: Sendable, Hashable {
    package var number: PrismNumber
    package var name: MemberName
    package var zone: MemberName
    package var host: MemberName
    /// Where clients reach it; `nil` = only on its Unix socket.
    package var url: String?
    /// What it may be used for, and whether it is alive.
    package var roles: Set<Role>
    /// Since its last report, by the database's clock.
    package var secondsSinceSeen: Double
    /// Of the program that it ran when it last joined.
    package var version: String?

    package init(
        number: PrismNumber, name: MemberName, zone: MemberName, host: MemberName, url: String?,
        roles: Set<Role>, secondsSinceSeen: Double, version: String? = nil
    ) {
        self.number = number
        self.name = name
        self.zone = zone
        self.host = host
        self.url = url
        self.roles = roles
        self.secondsSinceSeen = secondsSinceSeen
        self.version = version
    }
}
