import ArgumentParser
import SFSCore

/// How long a purchase lives: `90s`, `15m`, `2h`, `7d`.
struct Life: ExpressibleByArgument {
    /// At least 1.
    let seconds: Int64

    /// `nil` for what is no duration, or not of whole seconds.
    init?(argument: String) {
        // The parser of arguments says itself what is wrong.
        guard let duration = try? Duration(parsing: argument), duration >= .seconds(1),
            duration.components.attoseconds == 0
        else { return nil }
        seconds = duration.components.seconds
    }
}
