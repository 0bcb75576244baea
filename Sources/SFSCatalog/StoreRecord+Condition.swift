package import SFSCore

extension StoreRecord {
    /// How far the store can be counted on.
    ///
    /// It is away once it was silent for `offlineAfter`, or others took `online` from it, or it
    /// left; lost after `grace`. One that is heard of and says that it has a problem, of its
    /// volume as a rule, is lost at once. One that an operator took out of service is away for as
    /// long as it is heard of.
    package func condition(offlineAfter: Duration, grace: Duration) -> StoreCondition {
        if isRetired { return .retired }
        let silence = Duration.seconds(secondsSinceSeen)
        if silence > grace { return .lost }
        if silence > offlineAfter { return .away }
        if problem != nil { return .lost }
        return facts.roles.isSuperset(of: [.active, .online]) ? .well : .away
    }
}
