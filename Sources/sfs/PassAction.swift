import ArgumentParser
import SFSWire

/// What to do with passes that are there, instead of beginning new ones.
enum PassAction: String, EnumerableFlag {
    case report
    case watch
    case pause
    case resume
    case cancel

    static func help(for value: PassAction) -> ArgumentHelp? {
        switch value {
        case .report: "Only show what the last pass of each store found."
        case .watch: "Only watch what is under way."
        case .pause: "Pause what is under way."
        case .resume: "Go on with what was paused."
        case .cancel: "Stop what is under way."
        }
    }

    /// What becomes of a pass; `nil` = it is only looked at.
    var change: TaskChange? {
        switch self {
        case .report, .watch: nil
        case .pause: .pause
        case .resume: .resume
        case .cancel: .cancel
        }
    }
}
