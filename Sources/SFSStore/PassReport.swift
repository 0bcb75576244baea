import SFSCatalog
import SFSCore
import SFSWire
import Synchronization

/// What a pass has found so far and how far it is, shared by those who work on it.
final class PassReport: Sendable {
    /// Prefixes of 16 bits; a pass that is through stands at this position.
    static let end = 1 << 16

    private struct State {
        var counters: PassCounters
        var position: Int
    }

    private let state: Mutex<State>
    private let stopped = Atomic(false)

    init(counters: PassCounters = PassCounters(), position: Int = 0) {
        state = Mutex(State(counters: counters, position: position))
    }

    /// Goes on with a verify where it was; an inventory, which may be about another state of the
    /// volume by now, begins anew.
    convenience init(_ record: PassRecord) {
        // Counters that nobody can read are counted again.
        let counters = try? JSON.decode(PassCounters.self, from: record.counters.utf8)
        switch record.kind {
        case .inventory: self.init()
        case .verify:
            self.init(counters: counters ?? PassCounters(), position: record.position)
        }
    }

    var counters: PassCounters { state.withLock { $0.counters } }

    /// Prefixes that are behind it.
    var position: Int { state.withLock { $0.position } }

    /// Counts.
    func count(_ change: (inout PassCounters) -> Void) {
        state.withLock { change(&$0.counters) }
    }

    /// All prefixes below `position` are behind it.
    func advance(to position: Int) {
        state.withLock { $0.position = max($0.position, position) }
    }

    /// Tells work on disk threads, which no cancellation reaches, to end.
    func stop() { stopped.store(true, ordering: .releasing) }

    /// Whether that was said.
    var isStopped: Bool { stopped.load(ordering: .acquiring) }

    /// - Throws: `CancellationError` after `stop()`.
    func checkStop() throws {
        if isStopped { throw CancellationError() }
    }

    /// The counters as the catalog keeps them.
    func encoded() throws(SFSError) -> String {
        String(decoding: try JSON.encode(counters), as: UTF8.self)
    }
}
