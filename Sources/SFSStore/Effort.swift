import SFSCore
import Synchronization

/// How far the work on one task is, between who does it and who renews its lease.
final class Effort: Sendable {
    private struct State {
        var bytes: Int64 = 0
        /// Time that went by because of throttles.
        var rested: Duration = .zero
        var isEnding = false
    }

    /// What it moves must pass all of these.
    private let throttles: [Throttle]
    private let limit: Duration
    private let start = ContinuousClock.now
    private let state = Mutex(State())

    /// The shortest limit, and the slowest rate at which a large content may move.
    private static let limitMinimum: Duration = .seconds(600)
    private static let bytesPerSecondMinimum: Int64 = 1 << 20

    /// Work on a content of `size` bytes begins.
    init(size: Int64, throttles: [Throttle]) {
        self.throttles = throttles
        limit = max(Self.limitMinimum, .seconds(size / Self.bytesPerSecondMinimum))
    }

    /// Bytes that were moved.
    var bytes: Int64 { state.withLock(\.bytes) }

    /// Whether it takes longer than it may; what throttles take does not count.
    var isOverdue: Bool {
        .now - start - state.withLock(\.rested) > limit
    }

    /// Whether it comes to its end, which is short and is not broken off: the catalog decides then
    /// whether the task was still ours, and the file is put where it belongs.
    var isEnding: Bool { state.withLock(\.isEnding) }

    /// Notes that the end begins.
    func beginEnding() {
        state.withLock { $0.isEnding = true }
    }

    /// Begins to count again, with another source.
    func restart() {
        state.withLock { $0.bytes = 0 }
    }

    /// Waits until `count` bytes may pass, and counts them.
    func pass(_ count: Int) async throws {
        if !throttles.isEmpty {
            let before = ContinuousClock.now
            for throttle in throttles { try await throttle.take(count) }
            let rest = ContinuousClock.now - before
            state.withLock { $0.rested += rest }
        }
        state.withLock { $0.bytes += Int64(count) }
    }
}
