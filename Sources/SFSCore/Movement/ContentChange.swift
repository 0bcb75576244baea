/// What a plan does with one content: where its live replicas are, and where they shall be.
package struct ContentChange: Sendable, Hashable {
    package let content: PlanningContent
    /// The stores whose replicas count now.
    package let before: [StoreNumber]
    /// Stores that take one.
    package let gains: [StoreNumber]
    /// Stores that give theirs up.
    package let losses: [StoreNumber]
    /// What is to be done, in no order that matters.
    package let steps: [PlanStep]

    /// The fewest live replicas there are on the way, whatever is done first.
    ///
    /// Every gain that a loss belongs to comes before it.
    package var lowestCopies: Int { min(before.count, before.count + gains.count - losses.count) }
}

extension PlanningCluster {
    /// What brings `content` from its live stores to `held`.
    ///
    /// Each loss is tied to a gain while there are some, in its zone if possible: that is a move,
    /// which gives up only after the other has taken.
    func change(_ content: PlanningContent, to held: [Int]) -> ContentChange {
        let before = live(content)
        var gains = held.filter { !before.contains($0) }
        let losses = before.filter { !held.contains($0) }
        var steps: [PlanStep] = []
        for loss in losses {
            let gain = gains.firstIndex { zone($0) == zone(loss) } ?? gains.indices.first
            if let gain {
                let taker = gains.remove(at: gain)
                steps.append(
                    PlanStep(content, .move, on: number(taker), from: number(loss)))
            } else {
                steps.append(PlanStep(content, .remove, on: number(loss)))
            }
        }
        let staying = before.filter { held.contains($0) }
        for gain in gains {
            let source = source(of: content, for: gain, among: staying.isEmpty ? before : staying)
            steps.append(
                PlanStep(content, .clone, on: number(gain), from: source.map(number)))
        }
        return ContentChange(
            content: content, before: before.map(number),
            gains: held.filter { !before.contains($0) }.map(number), losses: losses.map(number),
            steps: steps)
    }

    /// Whom `taker` should ask first for the bytes; different contents ask different stores.
    private func source(of content: PlanningContent, for taker: Int, among held: [Int]) -> Int? {
        let well = held.filter { stores[$0].condition == .well }
        let near = well.filter { zone($0) == zone(taker) }
        let choice = near.isEmpty ? well : near
        return choice.isEmpty ? nil : choice[Int(content.hash.prefix) % choice.count]
    }
}
