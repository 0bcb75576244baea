package import Logging
package import SFSCatalog
import SFSCore

/// What the cluster does by itself, and what operators have it do: plans, repair, liveness.
///
/// It works on the catalog alone; stores do what its tasks say. Each use case has a file:
/// `Engine+Clone.swift` plans copies, `Repair.swift` brings them back, and so on.
package final class Engine: Sendable {
    package let catalog: Catalog
    package let settings: EngineSettings
    /// The cluster's name and number.
    package let cluster: ClusterIdentity
    let logger: Logger

    /// Takes what it works with.
    package init(
        catalog: Catalog, cluster: ClusterIdentity, settings: EngineSettings, logger: Logger
    ) {
        self.catalog = catalog
        self.cluster = cluster
        self.settings = settings
        self.logger = logger
    }
}
