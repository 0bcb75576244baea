import SFSCatalog
package import SFSWire

extension Engine {
    /// Where the catalog is.
    package func catalogFacts() async throws -> CatalogReply {
        CatalogReply(
            url: reach.catalogURL, isPrivate: reach.isCatalogPrivate,
            isRebuilding: try await catalog.isRebuilding())
    }
}
