import ArgumentParser
import SFSCore

/// How long a purchase lives: `90s`, `15m`, `2h`, `7d`.
struct Life: ExpressibleByArgument, CustomStringConvertible {
    /// At least 1.
    let seconds: Int64

    init(seconds: Int64) {
        self.seconds = seconds
    }

    /// `nil` for what is no duration, or not of whole seconds.
    init?(argument: String) {
        // The parser of arguments says itself what is wrong.
        guard let duration = try? Duration(parsing: argument), duration >= .seconds(1),
            duration.components.attoseconds == 0
        else { return nil }
        seconds = duration.components.seconds
    }

    /// As it can be given, for help.
    var description: String { "\(seconds)s" }
}
