import SFSCore
import SFSWire

/// What `sfs top` shows a person.
struct TopReport {
    let view: TopView
    let rates: TaskRates

    /// The whole screen.
    var lines: [String] {
        var lines = Status.heading(view.status)
        lines += [""] + Table.lines(Status.facts(view.status) + [["moving", moving]])
        lines += [""] + Table.lines([["STORE", "ZONE", "STATE", "FILL", "FREE"]] + stores)
        if !view.plans.isEmpty {
            let heading = ["PLAN", "KIND", "DONE", "TASKS", "FAILED", "MOVED"]
            lines += [""] + Table.lines([heading] + plans)
        }
        if !view.tasks.isEmpty {
            let heading = ["TASK", "PLAN", "KIND", "STORE", "SIZE", "DONE", "RATE", "HASH"]
            lines += [""] + Table.lines([heading] + tasks)
        }
        return lines
    }

    /// What moves at this moment.
    private var moving: String {
        "\(view.tasks.count) tasks, \(Self.rate(rates.total))"
    }

    private var stores: [[String]] {
        view.status.stores.map { store in
            let used = Double(store.totalBytes - store.freeBytes)
            let fill = store.totalBytes > 0 ? Bar.text(used / Double(store.totalBytes)) : "-"
            return [
                store.name.text, store.zone.text, Status.state(store), fill,
                Self.size(store.freeBytes),
            ]
        }
    }

    private var plans: [[String]] {
        view.plans.map { plan in
            let part =
                plan.bytes > 0
                ? Double(plan.bytesDone) / Double(plan.bytes)
                : Double(plan.tasksDone) / Double(max(1, plan.tasks))
            return [
                "\(plan.plan)", plan.kind.rawValue, Bar.text(part),
                "\(plan.tasksDone)/\(plan.tasks)", "\(plan.tasksFailed)",
                "\(Self.size(plan.bytesDone)) of \(Self.size(plan.bytes))",
            ]
        }
    }

    private var tasks: [[String]] {
        view.tasks.map { task in
            [
                "\(task.task)", task.plan.map { "\($0)" } ?? "-", task.kind.rawValue,
                task.store.text, Self.size(task.size), TaskText.progress(task),
                rates.rate(of: task).map(Self.rate) ?? "-", task.hash.hex,
            ]
        }
    }

    private static func size(_ bytes: Int64) -> String { ByteCount(max(0, bytes)).description }

    private static func rate(_ bytesPerSecond: Double) -> String {
        "\(size(Int64(bytesPerSecond)))/s"
    }
}
