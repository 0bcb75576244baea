import SFSCatalog
import SFSCore
import SFSWire
import Synchronization

/// How much is left to repair, how fast it goes, and when it should be done.
final class RepairGauge: Sendable {
    private struct Reading {
        var need: RepairNeed
        var at: ContinuousClock.Instant
        var bytesPerSecond: Double?
    }

    private let last = Mutex<Reading?>(nil)

    /// Takes a reading, and says how it is getting on.
    ///
    /// The rate is kept when all is done: it is the first guess for the next time.
    func read(_ need: RepairNeed, at now: ContinuousClock.Instant = .now) -> RepairState {
        let rate = last.withLock { last in
            var reading = Reading(need: need, at: now, bytesPerSecond: last?.bytesPerSecond)
            if let last {
                let seconds = (now - last.at) / .seconds(1)
                // Too short a time says nothing.
                guard seconds >= 1 else { return last.bytesPerSecond }
                let moved = last.need.bytes - need.bytes
                if moved > 0 {
                    let measured = Double(moved) / seconds
                    reading.bytesPerSecond =
                        last.bytesPerSecond.map { ($0 + measured) / 2 }
                        ?? measured
                }
            }
            last = reading
            return reading.bytesPerSecond
        }
        return Self.state(need, rate: rate)
    }

    private static func state(_ need: RepairNeed, rate: Double?) -> RepairState {
        var state = RepairState(
            contentsLeft: need.contents, bytesLeft: need.bytes,
            bytesPerSecond: rate.map { Int64($0.rounded()) })
        if let rate, rate > 0, need.contents > 0 {
            let left = min(Double(need.bytes) / rate, longestSeconds)
            state.deadline = Timestamp(
                milliseconds: Timestamp.now().milliseconds + Int64(left * 1000))
        }
        return state
    }

    /// Ten years: what takes longer does not end.
    private static let longestSeconds = 315_360_000.0
}
