import SFSCatalog
package import SFSCore
package import SFSWire

/// A member as those see it that watch it.
package struct WatchedMember: Sendable, Hashable {
    package var name: MemberName
    package var type: MemberType
    /// Members of one host fail together, and hear each other when nobody else hears them.
    package var host: MemberName
    /// Where it is reached; `nil` = only in its own process.
    package var url: String?
    /// Whether the catalog heard of it lately: who is silent has no say.
    var isHeard: Bool
    /// Whether the catalog has it as online.
    var isOnline: Bool

    package init(
        name: MemberName, type: MemberType, host: MemberName, url: String?, isHeard: Bool,
        isOnline: Bool
    ) {
        self.name = name
        self.type = type
        self.host = host
        self.url = url
        self.isHeard = isHeard
        self.isOnline = isOnline
    }

    /// All members of the cluster that are in service, by name; `silence` is how long the catalog
    /// may not hear of one that has a say.
    static func all(_ catalog: Catalog, silence: Duration) async throws -> [WatchedMember] {
        func isHeard(_ seconds: Double) -> Bool { .seconds(seconds) <= silence }
        let stores = try await catalog.stores().filter {
            $0.facts.roles.contains(.active) && !$0.isRetired
        }
        let prisms = try await catalog.prisms().filter { $0.roles.contains(.active) }
        let members =
            stores.map { store in
                WatchedMember(
                    name: store.facts.name, type: .store, host: store.facts.host, url: store.url,
                    isHeard: isHeard(store.secondsSinceSeen),
                    isOnline: store.facts.roles.contains(.online))
            }
            + prisms.map { prism in
                WatchedMember(
                    name: prism.name, type: .prism, host: prism.host, url: prism.url,
                    isHeard: isHeard(prism.secondsSinceSeen),
                    isOnline: prism.roles.contains(.online))
            }
        return members.sorted { $0.name < $1.name }
    }
}
