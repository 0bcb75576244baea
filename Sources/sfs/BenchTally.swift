import Histogram
import SFSCore

/// What came of some requests.
struct BenchTally: Sendable {
    private(set) var requests = 0
    private(set) var bytes: Int64 = 0
    private(set) var errors = 0
    /// The message of the first that failed.
    private(set) var problem: String?
    /// From the first to the last.
    var seconds = 0.0
    /// Microseconds, with three digits that count; up to an hour.
    private var latencies = Histogram<UInt64>(
        highestTrackableValue: 3_600_000_000, numberOfSignificantValueDigits: .three)

    mutating func succeed(_ count: Int64, after latency: Duration) {
        requests += 1
        bytes += count
        let microseconds = max(1, latency / .microseconds(1))
        // One of more than an hour is left out; the requests have their limits long before.
        _ = latencies.record(UInt64(microseconds))
    }

    mutating func fail(_ error: SFSError) {
        errors += 1
        problem = problem ?? error.message
    }

    mutating func add(_ other: BenchTally) {
        requests += other.requests
        bytes += other.bytes
        errors += other.errors
        problem = problem ?? other.problem
        latencies.add(other.latencies)
    }

    /// The latency that all but so many percent of the requests kept to, in seconds; `nil` without
    /// any.
    func latency(percentile: Double) -> Double? {
        requests > 0 ? Double(latencies.valueAtPercentile(percentile)) / 1e6 : nil
    }
}
