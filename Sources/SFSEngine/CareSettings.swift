import SFSCore

/// What taking care of a cluster goes by: looking, asking and clearing away.
package struct CareSettings: Sendable, Hashable {
    /// How long a store may take to say how it is.
    package var healthTimeout: Duration = .seconds(3)
    /// How long a store may take to prune its spool and trash.
    package var pruneTimeout: Duration = .seconds(600)
    /// Replicas that are read again at once when an operator names contents.
    package var verifyConcurrency = 8
    /// What is added to the time that reading a replica may take at `proofRate`.
    package var proofTimeout: Duration = .seconds(30)
    /// Bytes a second at which even a slow disk reads.
    package var proofRate: Int64 = 5 << 20
    /// How long hours of traffic are kept.
    package var trafficKept: Duration = .seconds(90 * 86_400)
    /// How long plans are kept that ended or were never applied.
    package var plansKept: Duration = .seconds(30 * 86_400)
    /// By how much the clock of a member may differ from the catalog's.
    package var clockTolerance: Duration = .seconds(5)
    /// How old the last inventory of a store may be; zero = any age.
    package var inventoryAgeMaximum: Duration = .seconds(3 * 86_400)
    /// How old the last whole verify of a store may be; zero = any age.
    package var verifyAgeMaximum: Duration = .seconds(60 * 86_400)
    /// How often the leader of a rebuild looks how far it is.
    package var rebuildInterval: Duration = .seconds(2)
    /// How long a rebuild waits for stores that it expects.
    package var joinTimeout: Duration = .seconds(60)

    package init() {}
}
