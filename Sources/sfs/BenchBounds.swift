import SFSCore
import Synchronization

/// What ends a load: time, bytes and requests, whichever is first.
struct BenchBounds: Sendable {
    /// Requests at once.
    let concurrency: Int
    let duration: Duration
    let bytesMaximum: Int64
    let requestsMaximum: Int

    /// After a failure, so that a daemon that is gone is not asked a million times.
    private static let failurePause: Duration = .milliseconds(10)

    /// After the end of `duration`, for turns that are under way; then they are given up.
    private static let grace: Duration = .seconds(30)

    /// Does `step`, which moves `bytes` bytes, again and again in parallel; what came of it.
    ///
    /// `step` is told the number of its turn, from 0. A turn that fails, or is given up, is counted.
    func load(
        bytes: Int64, _ step: @escaping @Sendable (Int) async throws -> Void
    ) async throws -> BenchTally {
        let turns = min(requestsMaximum, Int(clamping: bytesMaximum / max(1, bytes)))
        let counter = Turns(maximum: max(1, turns))
        let start = ContinuousClock.now
        var tally = BenchTally()
        let end = start + duration
        try await withThrowingTaskGroup(of: BenchTally?.self) { group in
            for _ in 0..<concurrency {
                group.addTask { try await work(counter, until: end, bytes, step) }
            }
            group.addTask {
                try await Task.sleep(until: end + Self.grace, clock: .continuous)
                return nil
            }
            var working = concurrency
            while working > 0, let ended = try await group.next() {
                if let part = ended {
                    tally.add(part)
                    working -= 1
                } else {
                    group.cancelAll()
                }
            }
            group.cancelAll()
        }
        tally.seconds = (ContinuousClock.now - start) / .seconds(1)
        return tally
    }

    private func work(
        _ turns: Turns, until end: ContinuousClock.Instant, _ bytes: Int64,
        _ step: @Sendable (Int) async throws -> Void
    ) async throws -> BenchTally {
        var tally = BenchTally()
        while ContinuousClock.now < end, let turn = turns.next() {
            try Task.checkCancellation()
            let begin = ContinuousClock.now
            do {
                try await step(turn)
                tally.succeed(bytes, after: ContinuousClock.now - begin)
            } catch let error as SFSError {
                tally.fail(error)
                // Who was given up has nothing to wait for any more.
                if ContinuousClock.now < end { try await Task.sleep(for: Self.failurePause) }
            } catch is CancellationError where ContinuousClock.now >= end + Self.grace {
                let seconds = Self.grace.components.seconds
                tally.fail(
                    SFSError(.timeout, "a request took \(seconds) s longer than there was time"))
            }
        }
        return tally
    }
}

/// Numbers that are given out once each, up to a maximum.
private final class Turns: Sendable {
    private let maximum: Int
    private let given = Atomic(0)

    init(maximum: Int) {
        self.maximum = maximum
    }

    /// The next; `nil` when there are no more.
    func next() -> Int? {
        let turn = given.wrappingAdd(1, ordering: .relaxed).oldValue
        return turn < maximum ? turn : nil
    }
}
