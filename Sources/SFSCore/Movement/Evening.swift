/// How far the fill of stores is from even, and which moves make it more so.
///
/// It begins when stores differ by more than the band, and ends at half of it: so a balance does
/// not stand at the edge, where the next file makes it begin again.
struct Evening: Sendable {
    /// Points of fill.
    let band: Double
    /// Stores that have a part in it, by slot: those in service and in the scope.
    private let levelled: [Bool]
    /// Those of them that take.
    private let taking: [Bool]
    /// The one store that it is about; `nil` = all of them.
    private let only: Int?
    private var fills: [Double] = []
    private var lowest = 0.0
    private var highest = 0.0
    private var mean = 0.0
    /// Whether stores differ too much.
    private(set) var isUnderWay = false
    /// First only what is above the mean goes to what is below it, which moves the fewest bytes;
    /// where that does not do, whatever helps.
    private var isThorough = false

    init(cluster: PlanningCluster, scope: BalancePlan.Scope, band: Double) {
        self.band = band
        levelled = cluster.stores.map { store in
            guard store.condition == .well, !store.isDraining,
                store.facts.roles.contains(.active)
            else { return false }
            guard case .zone(let name) = scope else { return true }
            return store.facts.zone == name
        }
        taking = zip(cluster.stores, levelled).map { $0.mayTake && $1 }
        if case .store(let number) = scope { only = cluster.slot(number) } else { only = nil }
        update(cluster)
    }

    /// Points by which the fullest store and the emptiest that takes differ.
    var gap: Double {
        guard let only else { return max(0, highest - lowest) }
        return max(
            0, levelled[only] ? fills[only] - lowest : 0, taking[only] ? highest - fills[only] : 0)
    }

    /// Looks at the fill of `cluster`.
    mutating func update(_ cluster: PlanningCluster) {
        fills = cluster.volumes.map(\.fill)
        let slots = fills.indices.filter { levelled[$0] }
        highest = slots.map { fills[$0] }.max() ?? 0
        lowest = slots.filter { taking[$0] }.map { fills[$0] }.min() ?? highest
        let bytes = slots.reduce(0) { $0 + cluster.volumes[$1].bytes }
        let capacity = slots.reduce(0) { $0 + cluster.volumes[$1].capacity }
        mean = capacity > 0 ? 100 * Double(bytes) / Double(capacity) : 0
        isUnderWay = gap > (isUnderWay ? goal : band)
    }

    /// Whether moves are to be tried now that were not before.
    mutating func goesFurther() -> Bool {
        guard isUnderWay, !isThorough else { return false }
        isThorough = true
        return true
    }

    /// Whether `slot` has a part in it.
    func isLevelled(_ slot: Int) -> Bool { levelled[slot] }

    /// Whether `slot` is so full that something must go.
    func isOver(_ slot: Int) -> Bool { fills[slot] > lowest + goal }

    /// Whether `slot` may give now.
    func mayGive(_ slot: Int) -> Bool { isThorough || fills[slot] > mean }

    /// Whether a move from `giver` to `taker` makes the gap smaller, or is on the way to it.
    func helps(_ giver: Int, _ taker: Int) -> Bool {
        guard isOver(giver) || fills[taker] < highest - goal else { return false }
        return isThorough || fills[giver] > mean && fills[taker] < mean
    }

    /// Whether a move takes the one store that it is about over the mean: it would give what it
    /// then has to take.
    func crosses(
        _ giver: Int, _ giverFill: Double, _ taker: Int, _ takerFill: Double
    ) -> Bool {
        giver == only && giverFill < mean || taker == only && takerFill > mean
    }

    private var goal: Double { band / 2 }
}
