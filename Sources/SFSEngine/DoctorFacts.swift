import SFSCatalog
import SFSCore
import SFSWire

/// Everything that the doctor looks at, as it was at one moment.
///
/// What follows from it is pure; `DoctorFacts+Members.swift` and its neighbours say it.
struct DoctorFacts: Sendable {
    /// What became of the question how a store is.
    enum Health: Sendable {
        /// With how far its clock is ahead of the catalog's.
        case answer(StoreHealth, offset: Duration)
        /// Why it did not answer.
        case silence(String)
    }

    var settings: EngineSettings
    var care: CareSettings
    var condition: CatalogCondition
    /// How far the clock of this process's machine is ahead of the catalog's.
    var ownOffset: Duration
    var roll: StoreRoll
    var prisms: [PrismRecord]
    var votes: [VoteRecord]
    /// Of all stores that are not retired.
    var healths: [StoreNumber: Health]
    /// Without the stores that are away or lost.
    var risk: CatalogRisk
    /// Contents whose last replica is bad.
    var damaged: Int64
    var tasks: TaskTally
    /// Paused and refused ones.
    var plans: [PlanRecord]
    var passes: [PassRecord]

    /// How old something is by the catalog's clock.
    func age(of moment: Timestamp) -> Duration {
        .milliseconds(condition.now.milliseconds - moment.milliseconds)
    }

    /// The stores that are part of the cluster.
    var stores: [StoreRecord] { roll.stores([.well, .away, .lost]) }
}
