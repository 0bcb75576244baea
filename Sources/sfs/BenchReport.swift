import SFSCore

/// What one mode came to; one JSON object.
struct BenchReport: Sendable, Encodable {
    let mode: BenchMode
    /// Bytes of a content, or of a range.
    let size: Int64
    let concurrency: Int
    let seconds: Double
    let requests: Int
    let bytes: Int64
    let errors: Int
    /// Why the first of them failed.
    let problem: String?
    let requestsPerSecond: Double
    let bytesPerSecond: Double
    /// Seconds that half, 99 of a hundred and 999 of a thousand requests kept to.
    let p50: Double?
    let p99: Double?
    let p999: Double?
    /// Processor seconds of the daemon, its children and their children, when they are here.
    let cpuPerRequest: Double?
    /// The same for 10^9 bytes.
    let cpuPerGigabyte: Double?

    init(
        _ mode: BenchMode, size: Int64, concurrency: Int, _ tally: BenchTally, cpuSeconds: Double?
    ) {
        self.mode = mode
        self.size = size
        self.concurrency = concurrency
        seconds = tally.seconds
        requests = tally.requests
        bytes = tally.bytes
        errors = tally.errors
        problem = tally.problem
        requestsPerSecond = Double(requests) / max(seconds, 1e-9)
        bytesPerSecond = Double(bytes) / max(seconds, 1e-9)
        p50 = tally.latency(percentile: 50)
        p99 = tally.latency(percentile: 99)
        p999 = tally.latency(percentile: 99.9)
        cpuPerRequest = requests > 0 ? cpuSeconds.map { $0 / Double(tally.requests) } : nil
        cpuPerGigabyte = bytes > 0 ? cpuSeconds.map { $0 / Double(tally.bytes) * 1e9 } : nil
    }

    static let heading = [
        "MODE", "SIZE", "REQUESTS", "PER SECOND", "RATE", "P50", "P99", "P99.9", "ERRORS",
        "CPU/REQUEST", "CPU/GB",
    ]

    /// For the table, in the order of the heading.
    var cells: [String] {
        [
            mode.rawValue, ByteCount(size).description, "\(requests)",
            "\(Int64(requestsPerSecond.rounded()))",
            bytes > 0 ? "\(ByteCount(Int64(bytesPerSecond)))/s" : "-", Self.time(p50),
            Self.time(p99), Self.time(p999), "\(errors)", Self.time(cpuPerRequest),
            Self.time(cpuPerGigabyte),
        ]
    }

    /// Seconds with a unit and three digits or more.
    private static func time(_ seconds: Double?) -> String {
        guard let seconds else { return "-" }
        let nanoseconds = seconds * 1e9
        return switch nanoseconds {
        case 1e9...: "\(rounded(nanoseconds / 1e9)) s"
        case 1e6..<1e9: "\(rounded(nanoseconds / 1e6)) ms"
        default: "\(rounded(nanoseconds / 1e3)) us"
        }
    }

    private static func rounded(_ value: Double) -> String {
        value >= 100 ? "\(Int64(value.rounded()))" : "\((value * 100).rounded() / 100)"
    }
}
