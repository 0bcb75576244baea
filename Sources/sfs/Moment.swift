import ArgumentParser
import SFSCore

/// A moment: `2026-11-22`, `2026-11-22T09:30:00Z`, or how long ago: `36h`, `7d`.
struct Moment: ExpressibleByArgument {
    let time: Timestamp

    /// `nil` for what is neither.
    init?(argument: String) {
        // The parser of arguments says itself what is wrong.
        if let age = try? Duration(parsing: argument) {
            let milliseconds = age.components.seconds * 1000
            time = Timestamp(milliseconds: Timestamp.now().milliseconds - milliseconds)
            return
        }
        let whole = "0000-00-00T00:00:00.000Z"
        let text = argument.hasSuffix("Z") ? String(argument.dropLast()) : argument
        guard let time = Timestamp(parsing: text + whole.dropFirst(text.count)) else { return nil }
        self.time = time
    }
}
