package import SFSCore

/// What the engine is told by the configuration.
package struct EngineSettings: Sendable, Hashable {
    /// The fewest replicas that any content may have.
    package var minCopies = 2
    /// How long a store may be silent before its replicas count as lost.
    package var grace: Duration = .seconds(900)
    /// How long a store may be silent before it counts as away.
    package var offlineAfter: Duration = .seconds(15)
    /// How often the leader looks for contents at risk.
    package var repairInterval: Duration = .seconds(5)
    /// Tasks of repair that may be waiting or running per store that takes replicas.
    package var repairTasksPerStore = 64
    /// Points of fill (percent of the volume) by which stores may differ after a balance.
    package var band = 5
    /// Percent of a volume beyond which no plan fills it.
    package var highWater = 90
    /// How old a plan may be when it is applied.
    package var planAgeMaximum: Duration = .seconds(3600)
    /// Steps of a plan, at most; what is beyond is left to the next.
    package var planStepsMaximum = 100_000
    /// How long what was removed can be brought back.
    package var trashGrace: Duration = .seconds(86_400)
    /// Hits within an hour that make a content hot; 0 = none is.
    package var hotHits: Int64 = 1000
    /// Bytes that extra replicas of hot contents may take in the whole cluster.
    package var hotBytes: ByteCount = .gibibytes(10)
    /// Extra replicas that one content may have.
    package var hotCopies = 2
    /// How often hot contents are looked for.
    package var hotInterval: Duration = .seconds(60)
    /// How long a yes of `can stop` and `can retire` holds.
    package var holdLife: Duration = .seconds(900)

    package init() {}
}
