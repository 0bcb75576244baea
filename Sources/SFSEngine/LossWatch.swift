import SFSCatalog
import SFSCore

/// Which stores' replicas repair counts as lost, as one process sees it over time.
///
/// Silence says nothing while nobody could be heard: after a start, or when the catalog was away,
/// stores get time to say that they are there before theirs count.
struct LossWatch: Sendable {
    private let settings: EngineSettings
    private var watchedSince: ContinuousClock.Instant?
    private var lookedAt: ContinuousClock.Instant?
    /// Stores that are heard of and yet down, as others say, and since when.
    private var downSince: [StoreNumber: ContinuousClock.Instant] = [:]

    init(settings: EngineSettings) {
        self.settings = settings
    }

    /// The stores that count as lost `now`.
    ///
    /// At once when a store says itself that its volume is gone or failing; else after the grace,
    /// during which nothing moves for it.
    mutating func lost(
        in roll: StoreRoll, now: ContinuousClock.Instant = .now
    ) -> Set<StoreNumber> {
        if lookedAt.map({ now - $0 > longestGap }) ?? true {
            watchedSince = now
            downSince = [:]
        }
        lookedAt = now
        return Set(roll.records.filter { isLost($0, roll, now) }.map(\.facts.number))
    }

    private mutating func isLost(
        _ store: StoreRecord, _ roll: StoreRoll, _ now: ContinuousClock.Instant
    ) -> Bool {
        let number = store.facts.number
        let isHeard = Duration.seconds(store.secondsSinceSeen) <= settings.offlineAfter
        switch roll.condition(of: store) {
        case .well:
            downSince[number] = nil
            return false
        case .retired: return true
        case .lost:
            return isHeard || watchedSince.map { now - $0 >= settings.offlineAfter * 2 } ?? false
        case .away:
            guard isHeard, store.facts.roles.contains(.active) else {
                downSince[number] = nil
                return false
            }
            let since = downSince[number] ?? now
            downSince[number] = since
            return now - since > settings.grace
        }
    }

    /// Looks that are further apart begin anew.
    private var longestGap: Duration {
        max(settings.offlineAfter, settings.repairInterval * 3)
    }
}
