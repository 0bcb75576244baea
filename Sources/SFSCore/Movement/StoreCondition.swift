/// How far a store can be counted on when replicas are counted (design.md §8 and §9).
package enum StoreCondition: String, Sendable, Hashable, Codable, CaseIterable {
    /// In service, alive and well.
    case well
    /// Silent for less than the grace: its replicas count, and nothing is moved for it.
    case away
    /// Its replicas count as lost: silent for longer than the grace, or its volume is gone or
    /// failing.
    case lost
    /// Retired: it holds nothing and comes back no more.
    case retired
}
