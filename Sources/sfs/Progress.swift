import SFSClient
import SFSCore
import Synchronization

/// How far long work has come, shown while it goes on.
///
/// On a terminal in place, several times a second; elsewhere a line every 30 seconds; not at all
/// when the user wants quiet.
final class Progress: TransferObserver {
    private static let terminalInterval = Duration.milliseconds(200)
    private static let lineInterval = Duration.seconds(30)

    private let state: Mutex<ProgressState>

    private init() {
        state = Mutex(ProgressState(start: .now))
    }

    /// Runs `body` and shows how far it has come.
    static func showing<Value: Sendable>(
        _ output: Output, _ body: (Progress) async throws -> Value
    ) async throws -> Value {
        let progress = Progress()
        guard !output.isQuiet else { return try await body(progress) }
        return try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await progress.show(output) }
            defer {
                group.cancelAll()
                output.clearProgress()
            }
            return try await body(progress)
        }
    }

    func willMove(_ bytes: Int64) {
        state.withLock { $0.totalBytes += bytes }
    }

    func didMove(_ bytes: Int64) {
        state.withLock { $0.movedBytes += bytes }
    }

    /// One file is through.
    func didFinishFile() {
        state.withLock { $0.files += 1 }
    }

    private func show(_ output: Output) async throws {
        let interval = Output.isTerminal ? Self.terminalInterval : Self.lineInterval
        while true {
            try await Task.sleep(for: interval)
            output.progress(state.withLock { $0.line(at: .now) })
        }
    }
}

/// The numbers behind the progress, and the line that tells them.
struct ProgressState: Sendable {
    /// The rate is that of about this time; long enough not to jump, short enough to follow.
    private static let rateWindow = Duration.seconds(5)

    var files = 0
    var movedBytes: Int64 = 0
    var totalBytes: Int64 = 0
    private var lastTime: ContinuousClock.Instant
    private var lastBytes: Int64 = 0
    private var bytesPerSecond: Double?

    init(start: ContinuousClock.Instant) {
        lastTime = start
    }

    /// For example `3 files, 1.2 GiB of 3 GiB, 120 MiB/s, 0:15 left`.
    mutating func line(at time: ContinuousClock.Instant) -> String {
        updateRate(at: time)
        let rate = bytesPerSecond ?? 0
        var parts = files > 0 ? ["\(files) \(files == 1 ? "file" : "files")"] : []
        let moved = ByteCount(movedBytes)
        let isTotalKnown = totalBytes >= movedBytes && totalBytes > 0
        parts.append(isTotalKnown ? "\(moved) of \(ByteCount(totalBytes))" : "\(moved)")
        parts.append("\(ByteCount(Int64(rate)))/s")
        if isTotalKnown, rate >= 1 {
            parts.append("\(Self.clock(Double(totalBytes - movedBytes) / rate)) left")
        }
        return parts.joined(separator: ", ")
    }

    private mutating func updateRate(at time: ContinuousClock.Instant) {
        let elapsed = (time - lastTime) / .seconds(1)
        guard elapsed > 0 else { return }
        let now = Double(movedBytes - lastBytes) / elapsed
        let weight = min(1, elapsed / (Self.rateWindow / .seconds(1)))
        bytesPerSecond = bytesPerSecond.map { $0 * (1 - weight) + now * weight } ?? now
        (lastTime, lastBytes) = (time, movedBytes)
    }

    /// `0:15`, `12:00`, `3:05:00`.
    private static func clock(_ seconds: Double) -> String {
        let total = Int(min(seconds, 1e6).rounded())
        func padded(_ value: Int) -> String { value < 10 ? "0\(value)" : "\(value)" }
        let minutes = total / 60
        guard minutes >= 60 else { return "\(minutes):\(padded(total % 60))" }
        return "\(minutes / 60):\(padded(minutes % 60)):\(padded(total % 60))"
    }
}
