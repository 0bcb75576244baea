package import SFSCore

/// The cluster as one prism sees it now.
package struct StatusReply: Sendable, Hashable, Codable {
    package var cluster: MemberName
    /// The version of the prism that answered.
    package var version: String
    package var contents: Int64
    /// Sum of the sizes of all contents, in bytes, each counted once.
    package var bytes: Int64
    /// Contents with fewer replicas on stores that are up than they should have.
    package var contentsAtRisk: Int64
    /// Contents with no replica on any store that is up.
    package var contentsOutOfReach: Int64
    package var prisms: [Prism]
    package var stores: [Store]
    /// One sentence per thing that is wrong, for a person; empty = healthy.
    package var problems: [String]

    package init(
        cluster: MemberName, version: String, contents: Int64, bytes: Int64,
        contentsAtRisk: Int64, contentsOutOfReach: Int64, prisms: [Prism], stores: [Store],
        problems: [String]
    ) {
        self.cluster = cluster
        self.version = version
        self.contents = contents
        self.bytes = bytes
        self.contentsAtRisk = contentsAtRisk
        self.contentsOutOfReach = contentsOutOfReach
        self.prisms = prisms
        self.stores = stores
        self.problems = problems
    }

    /// A prism in the catalog.
    package struct Prism: Sendable, Hashable, Codable {
        package var name: MemberName
        package var zone: MemberName
        package var online: Bool
        /// Where it says that it listens.
        package var url: String?

        package init(name: MemberName, zone: MemberName, online: Bool, url: String?) {
            self.name = name
            self.zone = zone
            self.online = online
            self.url = url
        }
    }

    /// A store in the catalog, asked just now.
    package struct Store: Sendable, Hashable, Codable {
        package var name: MemberName
        package var zone: MemberName
        package var host: MemberName
        package var roles: [Role]
        /// Whether it answered and is well.
        package var online: Bool
        package var freeBytes: Int64
        package var totalBytes: Int64
        /// Why it is not online; `nil` when it is.
        package var problem: String?

        package init(
            name: MemberName, zone: MemberName, host: MemberName, roles: [Role], online: Bool,
            freeBytes: Int64, totalBytes: Int64, problem: String?
        ) {
            self.name = name
            self.zone = zone
            self.host = host
            self.roles = roles
            self.online = online
            self.freeBytes = freeBytes
            self.totalBytes = totalBytes
            self.problem = problem
        }
    }
}
