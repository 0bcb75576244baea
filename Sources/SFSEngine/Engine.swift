package import Logging
package import SFSCatalog
import SFSCore

/// What the cluster does by itself, and what operators have it do: plans, repair, liveness.
///
/// It works on the catalog; stores do what its tasks and passes say. Each use case has a file:
/// `Engine+Clone.swift` plans copies, `Repair.swift` brings them back, `Watch.swift` knows who is
/// up, `Engine+Doctor.swift` what is wrong, and so on.
package final class Engine: Sendable {
    package let catalog: Catalog
    package let settings: EngineSettings
    package let care: CareSettings
    /// The cluster's name and number.
    package let cluster: ClusterIdentity
    let reach: EngineReach
    /// What each store holds; counting reads the whole catalog.
    let usage: Remembered<[StoreNumber: StoreUsage]>
    let logger: Logger

    /// How long what stores hold is not counted again.
    private static let usageLife: Duration = .seconds(10)

    /// Takes what it works with.
    package init(
        catalog: Catalog, cluster: ClusterIdentity, settings: EngineSettings,
        care: CareSettings = CareSettings(), reach: EngineReach = EngineReach(), logger: Logger
    ) {
        self.catalog = catalog
        self.cluster = cluster
        self.settings = settings
        self.care = care
        self.reach = reach
        self.logger = logger
        usage = Remembered(for: Self.usageLife) { try await catalog.usage() }
    }
}
