import Glibc
import SFSCore
import SFSWire
import Synchronization

/// Keeps reading on disk threads to a rate, and ends it when its pass is stopped.
///
/// It sleeps on the calling thread: only for the threads of passes, for whom nobody waits. Work in
/// tasks has `Throttle`.
final class Pace: Sendable {
    /// How long it may be deaf to a stop.
    private static let nap: Duration = .milliseconds(50)
    /// How much unused time may be made up for.
    private static let slack: Duration = .milliseconds(100)

    private let report: PassReport
    /// Bytes a second for all threads together; `nil` = no limit.
    private let bytesPerSecond: Int64?
    /// When everything that was read so far has had its time.
    private let free = Mutex(ContinuousClock.now)

    init(bytesPerSecond: Int64?, for report: PassReport) {
        self.bytesPerSecond = bytesPerSecond.map { max(1, $0) }
        self.report = report
    }

    /// Counts `bytes` that were read, and returns once more may be read.
    ///
    /// - Throws: `CancellationError` when the pass is stopped.
    func take(_ bytes: Int) throws {
        try report.checkStop()
        report.count { $0.bytes += Int64(bytes) }
        guard let bytesPerSecond else { return }
        let time = Duration.seconds(Double(bytes) / Double(bytesPerSecond))
        let due = free.withLock { free in
            free = max(free, .now - Self.slack) + time
            return free
        }
        while case let rest = due - .now, rest > .zero {
            usleep(UInt32(clamping: min(rest, Self.nap).microseconds))
            try report.checkStop()
        }
    }
}

extension Duration {
    fileprivate var microseconds: Int64 {
        components.seconds * 1_000_000 + components.attoseconds / 1_000_000_000_000
    }
}
