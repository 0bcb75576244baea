import Glibc

/// Repeats what is measured for half a second, and prints a line about it.
enum Measured {
    private static let time: Duration = .milliseconds(500)
    /// Rounds of which the median counts.
    private static let rounds = 5

    /// Prints how long `body` takes; of `bytes` bytes, the rate as well.
    static func time(_ name: String, bytes: Int = 0, _ body: () throws -> Void) rethrows {
        var times: [Double] = []
        for _ in 0..<rounds {
            var count = 0
            let start = ContinuousClock.now
            let end = start + time / rounds
            repeat {
                try body()
                count += 1
            } while ContinuousClock.now < end
            times.append((ContinuousClock.now - start) / .nanoseconds(1) / Double(count))
        }
        say(name, nanoseconds: times.sorted()[rounds / 2], bytes: bytes)
    }

    /// Prints what `count` times of `body`, once each, took on average.
    static func average(_ name: String, of count: Int, _ body: () async throws -> Void)
        async rethrows
    {
        let start = ContinuousClock.now
        try await body()
        let spent = (ContinuousClock.now - start) / .nanoseconds(1)
        say(name, nanoseconds: spent / Double(count), bytes: 0)
    }

    /// Prints a line that is no time.
    static func say(_ name: String, _ value: String) {
        let padding = String(repeating: " ", count: max(1, 44 - name.count))
        write("\(name)\(padding)\(value)\n", to: STDOUT_FILENO)
    }

    /// Says something else.
    static func note(_ text: String) { write(text + "\n", to: STDERR_FILENO) }

    private static func say(_ name: String, nanoseconds: Double, bytes: Int) {
        let rate = bytes > 0 ? ", \(Int((Double(bytes) * 1000 / nanoseconds).rounded())) MB/s" : ""
        say(name, "\(Int(nanoseconds.rounded())) ns\(rate)")
    }

    private static func write(_ text: String, to descriptor: Int32) {
        let bytes = Array(text.utf8)
        // Where nobody reads there is nobody to tell.
        _ = Glibc.write(descriptor, bytes, bytes.count)
    }
}
