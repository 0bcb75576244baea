import SFSCatalog
import SFSCore
import Synchronization

/// When a store asks for passes of its own accord.
final class PassSchedule: Sendable {
    /// A store that was silent for longer may have missed what happened to its contents.
    private static let awayAfter: Double = 60
    /// The stores of a host start together; their first verify passes do not.
    private static let spread: Duration = .seconds(3600)
    /// How often it is looked whether a pass is due.
    private static let lookInterval: Duration = .seconds(60)

    private struct State {
        /// The volume was opened, and may differ from the catalog.
        var mayDiffer = false
        var looks: [PassKind: ContinuousClock.Instant] = [:]
    }

    private let intervals: [PassKind: Duration]
    private let state = Mutex(State())

    /// Nothing is due by the clock for a kind whose interval is 0.
    init(_ settings: StoreSettings) {
        intervals = [
            .inventory: settings.inventoryInterval, .verify: settings.verifyInterval,
        ]
        let verify = min(settings.verifyInterval, Self.spread)
        state.withLock {
            $0.looks[.verify] = .now + verify * Double.random(in: 0..<1)
        }
    }

    /// Takes note that the volume was opened; `known` is what the catalog said of the store before.
    ///
    /// A store that is still online there did not take its leave: it crashed, or lost its disk.
    func noteOpening(after known: StoreRecord?) {
        let isQuiet =
            known.map {
                !$0.facts.roles.contains(.online) && $0.secondsSinceSeen < Self.awayAfter
            } ?? false
        if !isQuiet { state.withLock { $0.mayDiffer = true } }
    }

    /// Whether an inventory is due because the volume was opened, until `noteRequest()`.
    var mayDiffer: Bool { state.withLock { $0.mayDiffer } }

    /// An inventory that begins after this will have been asked for.
    func noteRequest() { state.withLock { $0.mayDiffer = false } }

    /// Whether it is time to look if a pass of `kind` is due by the clock; then not again for a
    /// while.
    func takeLook(_ kind: PassKind) -> Bool {
        guard let interval = intervals[kind], interval > .zero else { return false }
        return state.withLock { state in
            guard state.looks[kind].map({ $0 <= .now }) ?? true else { return false }
            state.looks[kind] = .now + min(Self.lookInterval, interval)
            return true
        }
    }

    /// Whether `last`, the last pass of `kind`, ended so long ago that the next one is due.
    ///
    /// Two clocks are compared here, which may differ: a pass too early or too late harms nothing.
    func isDue(_ kind: PassKind, after last: PassRecord?) -> Bool {
        guard let last else { return true }
        guard let ended = last.ended, let interval = intervals[kind] else { return false }
        let age = Timestamp.now().milliseconds - ended.milliseconds
        return .milliseconds(age) > interval
    }
}
