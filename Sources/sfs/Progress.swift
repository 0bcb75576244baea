import SFSClient
import SFSCore
import Synchronization

/// How far a transfer of files has come, shown while it goes on.
final class Progress: TransferObserver {
    private let state: Mutex<ProgressState>

    private init() {
        state = Mutex(ProgressState(start: .now))
    }

    /// Runs `body` and shows how far it has come.
    static func showing<Value: Sendable>(
        _ output: Output, _ body: (Progress) async throws -> Value
    ) async throws -> Value {
        let progress = Progress()
        return try await LiveLine.showing(output) {
            progress.state.withLock { $0.line(at: .now) }
        } _: {
            try await body(progress)
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
}

/// The numbers behind the progress, and the line that tells them.
struct ProgressState: Sendable {
    /// The rate is that of about this time; long enough not to jump, short enough to follow.
    private static let rateWindow = Duration.seconds(5)

    var files = 0
    /// What stands before the bytes; `nil` = the number of files, if there are any.
    var heading: String?
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
        let count = files > 0 ? "\(files) \(files == 1 ? "file" : "files")" : nil
        var parts = [heading ?? count].compactMap(\.self)
        // Work that moves no bytes has only its heading.
        if heading != nil, totalBytes == 0, movedBytes == 0 { return parts.joined() }
        let moved = ByteCount(movedBytes)
        let isTotalKnown = totalBytes >= movedBytes && totalBytes > 0
        parts.append(isTotalKnown ? "\(moved) of \(ByteCount(totalBytes))" : "\(moved)")
        parts.append("\(ByteCount(Int64(rate)))/s")
        if isTotalKnown, rate >= 1 {
            parts.append("\(Clock.text(seconds: Double(totalBytes - movedBytes) / rate)) left")
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
}
