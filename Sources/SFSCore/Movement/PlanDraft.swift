/// What a plan has decided so far, and what it leaves alone.
///
/// Every kind of plan decides through it, so that none takes away what must stay.
package struct PlanDraft: Sendable {
    /// The stores, with all that was decided.
    package private(set) var cluster: PlanningCluster
    /// Steps, and contents that only want another number from now on, at most.
    package let stepsMaximum: Int
    /// What is done with each content that changes.
    private(set) var changes: [ContentHash: ContentChange] = [:]
    /// Contents that want another number of copies from now on, and of which nothing moves.
    package private(set) var wants: Set<ContentHash> = []
    private(set) var left: [LeaveReason: PlanTally.Left] = [:]
    private var stepCount = 0
    private let start: PlanningCluster

    init(cluster: PlanningCluster, stepsMaximum: Int) {
        self.cluster = cluster
        self.stepsMaximum = stepsMaximum
        start = cluster
    }

    /// Whether not one more step fits.
    var isFull: Bool { stepCount + wants.count >= stepsMaximum }

    /// The slots that are to hold `content`, by what was decided, else by what is.
    func held(_ content: PlanningContent) -> [Int] {
        let live = cluster.live(content)
        guard let change = changes[content.hash] else { return live }
        let losses = change.losses.compactMap(cluster.slot)
        return live.filter { !losses.contains($0) } + change.gains.compactMap(cluster.slot)
    }

    /// Decides that `held` are to have `content`; answers with why not, if so.
    ///
    /// While something is given up there are at least `kept` live replicas at every moment,
    /// and as many in service as the content must have.
    mutating func decide(
        _ content: PlanningContent, on held: [Int], keeping kept: Int
    ) -> LeaveReason? {
        let change = cluster.change(content, to: held)
        let known = changes[content.hash]
        guard change.steps != known?.steps ?? [] else { return nil }
        // Checked once more where all plans meet: this is what must never go wrong.
        let minimum = cluster.minimum(content)
        guard
            change.losses.isEmpty
                || change.lowestCopies >= max(kept, minimum) && cluster.wellCount(held) >= minimum
        else { return .tooFew }
        let growth = change.steps.count - (known?.steps.count ?? 0)
        guard stepCount + growth + wants.count <= stepsMaximum else { return .planFull }
        stepCount += growth
        if let known { cluster.count(known, isUndone: true) }
        cluster.count(change)
        changes[content.hash] = change.steps.isEmpty ? nil : change
        return nil
    }

    /// Notes that `content` is to want another number from now on, when it has no step that says
    /// so.
    mutating func noteWant(_ content: PlanningContent) {
        guard changes[content.hash] == nil, !isFull else { return }
        wants.insert(content.hash)
    }

    /// Notes why nothing is done with `content`, or not all that should be.
    mutating func leave(_ content: PlanningContent, _ reason: LeaveReason) {
        left[reason, default: PlanTally.Left(reason: reason, contents: 0, example: content.hash)]
            .contents += 1
    }

    /// Forgets what was left alone: all contents are looked at again.
    mutating func forgetLeft() { left = [:] }

    /// Forgets what was left alone for `reasons`, which do not matter in the end.
    mutating func forgetLeft(for reasons: Set<LeaveReason>) {
        left = left.filter { !reasons.contains($0.key) }
    }

    /// All steps, by hash.
    package var steps: [PlanStep] {
        changes.values.sorted { $0.content.hash < $1.content.hash }.flatMap(\.steps)
    }

    /// What it comes to.
    package var tally: PlanTally { PlanTally(changes.values, in: start, left: left.values) }
}
