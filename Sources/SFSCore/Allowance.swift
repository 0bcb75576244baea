import Synchronization

/// Lets so many through in each second, and no more.
package final class Allowance: Sendable {
    private let perSecond: Int
    private let state = Mutex((second: ContinuousClock.now, count: 0))

    package init(perSecond: Int) {
        self.perSecond = perSecond
    }

    /// Whether one more may pass now.
    package func take() -> Bool {
        let now = ContinuousClock.now
        return state.withLock { state in
            if now - state.second >= .seconds(1) { state = (now, 0) }
            state.count += 1
            return state.count <= perSecond
        }
    }
}
