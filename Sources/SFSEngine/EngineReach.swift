package import SFSCore
package import SFSWire

/// What the engine reaches beyond the catalog, given by whoever runs it.
package struct EngineReach: Sendable {
    /// The store called so; `nil` when there is none, or nobody can reach it.
    package var peers: @Sendable (MemberName) async throws -> (any StoreTransport)?
    /// What this process finds in its own configuration, certificates and mounts.
    package var localFindings: @Sendable () async -> [DoctorReply.Finding]
    /// Stores that should be there, as far as this process knows: it is configured to run them, or
    /// saw them earlier.
    package var expectedStores: @Sendable () -> [MemberName]
    /// Where the catalog is: a URL without a password.
    package var catalogURL: String
    /// Whether this process runs the catalog's database itself.
    package var isCatalogPrivate: Bool

    package init(
        peers: @escaping @Sendable (MemberName) async throws -> (any StoreTransport)? = { _ in
            nil
        },
        localFindings: @escaping @Sendable () async -> [DoctorReply.Finding] = { [] },
        expectedStores: @escaping @Sendable () -> [MemberName] = { [] },
        catalogURL: String = "", isCatalogPrivate: Bool = false
    ) {
        self.peers = peers
        self.localFindings = localFindings
        self.expectedStores = expectedStores
        self.catalogURL = catalogURL
        self.isCatalogPrivate = isCatalogPrivate
    }
}
