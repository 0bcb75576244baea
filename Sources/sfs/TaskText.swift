import SFSCore
import SFSWire

/// Tasks in words.
enum TaskText {
    /// What a task does, for example `clone 'HASH' to store 's2'`.
    static func work(_ task: TaskReply) -> String {
        let hash = "'\(task.hash)'"
        let store = "store '\(task.store)'"
        return switch task.kind {
        case .clone: "clone \(hash) to \(store)"
        case .move: "move \(hash) to \(store)" + (task.source.map { " from '\($0)'" } ?? "")
        case .remove: "remove \(hash) from \(store)"
        case .verify: "verify \(hash) on \(store)"
        case .trash: "put \(hash) on \(store) into the trash"
        case .restore: "restore \(hash) on \(store)"
        }
    }

    /// Why it failed, for example `cannot clone 'HASH' to store 's2': it is full (task 7)`.
    static func failure(_ task: TaskReply) -> String {
        "cannot \(work(task)): \(task.problem ?? "nobody knows why") (task \(task.task))"
    }

    /// How much of it is behind it.
    static func progress(_ task: TaskReply) -> String {
        guard task.size > 0, task.state == .running else { return "-" }
        let part = Double(max(0, task.bytesDone)) / Double(task.size)
        return "\(Int((min(1, part) * 100).rounded(.down)))%"
    }
}
