import ProcessFixture

/// What a program that makes load says at its end, in one line:
/// `RESULT requests microseconds bytes errors p99`.
struct LoadResult: Sendable {
    let requests: Double
    let seconds: Double
    let bytes: Double
    /// The latency that one of a hundred requests exceeds, in seconds.
    let p99: Double

    var requestsPerSecond: Double { requests / seconds }
    var megabytesPerSecond: Double { bytes / 1e6 / seconds }
    var gigabytes: Double { bytes / 1e9 }

    /// Reads it from the output of `program`.
    ///
    /// - Throws: `FixtureError` when it failed, or did nothing, or had an error.
    init(_ result: ProgramResult, of program: String) throws {
        let line = try result.succeeded(program).lines.last { $0.hasPrefix("RESULT ") } ?? ""
        let numbers = line.split(separator: " ").compactMap { Double($0) }
        guard numbers.count == 5, numbers[0] > 0, numbers[3] == 0 else {
            let said = result.text.suffix(1000) + result.errorText.suffix(1000)
            throw FixtureError("\(program): '\(line)': \(said)")
        }
        requests = numbers[0]
        seconds = numbers[1] / 1e6
        bytes = numbers[2]
        p99 = numbers[4] / 1e6
    }
}
