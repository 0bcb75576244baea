import ArgumentParser

/// Seconds from one report to the next: `5`, `0.5`.
struct Interval: ExpressibleByArgument, CustomStringConvertible {
    let seconds: Double

    var duration: Duration { .seconds(seconds) }

    private static let limits = 0.1...86_400

    init(seconds: Double) {
        self.seconds = seconds
    }

    /// `nil` for what is no number, or less than a tenth of a second or more than a day.
    init?(argument: String) {
        guard let seconds = Double(argument), Self.limits.contains(seconds) else { return nil }
        self.seconds = seconds
    }

    var description: String {
        seconds == seconds.rounded() ? "\(Int(seconds))" : "\(seconds)"
    }
}
