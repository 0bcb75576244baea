import SFSClient
import SFSCore
import SFSWire

/// Whether work that is watched waits for stores that are not there.
///
/// It goes on when they come back, but nobody shall wait at a prompt, or in cron, until then.
struct Stuck {
    let prism: PrismClient

    /// So long nothing may change before the stores are looked at.
    private let patience: Duration
    private static let tasksMaximum = 1000

    private var lastChange = ContinuousClock.now
    private var lastState: [Int64] = []

    init(_ prism: PrismClient, patience: Duration = .seconds(60)) {
        self.prism = prism
        self.patience = patience
    }

    /// Whether `state` has been the same for so long that the stores should be looked at.
    mutating func isDoubtful(_ state: [Int64]) -> Bool {
        guard state == lastState, .now - lastChange >= patience else {
            if state != lastState { (lastState, lastChange) = (state, .now) }
            return false
        }
        // Not again before as much time has gone.
        lastChange = .now
        return true
    }

    /// Those of `stores` that are not well, when all of them are; `[]` = the work goes on.
    func absent(of stores: Set<MemberName>) async throws -> [MemberName] {
        let well = try await prism.members().filter { $0.condition == .well }.map(\.name)
        return stores.isDisjoint(with: well) ? stores.sorted() : []
    }

    /// The stores that still have something to do for `plan`.
    func stores(of plan: Int64) async throws -> Set<MemberName> {
        var stores: Set<MemberName> = []
        for state in [TaskState.waiting, .running] {
            let tasks = try await prism.tasks(plan: plan, state: state, limit: Self.tasksMaximum)
            stores.formUnion(tasks.map(\.store))
        }
        return stores
    }
}
