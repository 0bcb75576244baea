import SFSWire
import Synchronization

/// How far plans have come, all together.
final class MovementProgress: Sendable {
    private struct State {
        var progress: ProgressState
        var isKnown = false
    }

    private let state = Mutex(State(progress: ProgressState(start: .now)))

    /// Takes up what was asked last.
    func update(_ plans: [PlanReply]) {
        func sum(_ number: (PlanReply) -> Int64) -> Int64 { plans.reduce(0) { $0 + number($1) } }
        let failed = sum(\.tasksFailed)
        var heading = "\(sum(\.tasksDone)) of \(sum(\.tasks)) tasks"
        if failed > 0 { heading += " (\(failed) failed)" }
        state.withLock { state in
            state.progress.heading = heading
            state.progress.movedBytes = max(0, sum(\.bytesDone))
            state.progress.totalBytes = max(0, sum(\.bytes))
            state.isKnown = true
        }
    }

    /// For example `12 of 340 tasks, 1.2 GiB of 3 GiB, 120 MiB/s, 0:15 left`; `nil` before the first.
    func line(at time: ContinuousClock.Instant) -> String? {
        state.withLock { state in state.isKnown ? state.progress.line(at: time) : nil }
    }
}
