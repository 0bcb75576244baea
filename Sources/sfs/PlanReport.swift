import SFSCore
import SFSWire

/// What a plan says, for a person.
struct PlanReport {
    let plan: PlanReply

    private var summary: PlanSummary { plan.summary }

    /// Whether no copy moves, comes or goes.
    var isEmpty: Bool { summary.contents == 0 }

    /// All of it.
    var lines: [String] {
        var lines = [heading]
        if let problem = plan.problem { lines.append("  ! \(Printable.line(problem))") }
        lines += Table.lines(facts)
        if !summary.stores.isEmpty { lines += [""] + Table.lines(stores) }
        if !summary.zones.isEmpty { lines += [""] + Table.lines(zones) }
        if !summary.leftAlone.isEmpty { lines += [""] + leftAlone }
        return lines
    }

    /// `plan 12: clone, shown by 'root', cron`.
    private var heading: String {
        let name = plan.plan == 0 ? "dry run" : "plan \(plan.plan)"
        let reason = plan.reason.isEmpty ? "" : ": \(Printable.line(plan.reason))"
        let nothing = isEmpty ? "; nothing is to move" : ""
        guard plan.plan != 0 else { return "\(name): \(plan.kind.rawValue)\(nothing)" }
        return "\(name): \(plan.kind.rawValue), \(plan.state.rawValue), "
            + "by '\(Printable.line(plan.actor))'\(reason)\(nothing)"
    }

    private var facts: [[String]] {
        var rows: [[String]] = []
        if !isEmpty {
            rows.append(["contents", "\(summary.contents)"])
            rows.append(["to move", Self.size(summary.bytes)])
            rows.append(["copies", Self.change(summary.copiesAdded, summary.copiesRemoved)])
            if let lowest = summary.lowestCopies {
                rows.append(["lowest", "\(lowest) copies of any content on the way"])
            }
            if let seconds = summary.seconds {
                let rate = summary.bytesPerSecond.map { " at \(Self.size($0))/s" } ?? ""
                rows.append(["time", "about \(Clock.text(seconds: Double(seconds)))\(rate)"])
            } else if summary.bytes > 0, plan.appliedAt == nil {
                rows.append(["time", "unknown: no plan has moved enough yet to tell a rate"])
            }
        }
        if plan.bandwidth != nil || plan.concurrency != nil {
            let bandwidth = plan.bandwidth.map { "\(Self.size($0))/s" }
            let concurrency = plan.concurrency.map { "\($0) tasks at once" }
            let limits = [bandwidth, concurrency].compactMap(\.self).joined(separator: ", ")
            rows.append(["limits", "\(limits) at each store"])
        }
        return rows + progress
    }

    private var progress: [[String]] {
        guard plan.appliedAt != nil else { return [] }
        var rows = [
            [
                "done",
                "\(plan.tasksDone) of \(plan.tasks) tasks, "
                    + "\(Self.size(plan.bytesDone)) of \(Self.size(plan.bytes))",
            ]
        ]
        if plan.tasksFailed > 0 { rows.append(["failed", "\(plan.tasksFailed) tasks"]) }
        rows.append(["applied", plan.appliedAt?.description ?? "-"])
        if let ended = plan.endedAt { rows.append(["ended", ended.description]) }
        return rows
    }

    private var stores: [[String]] {
        [["STORE", "ZONE", "FILL", "AFTER", "USED", "AFTER", "COPIES"]]
            + summary.stores.map { store in
                [
                    store.name.text, store.zone.text,
                    Self.fill(store.usedBefore, of: store.totalBytes),
                    Self.fill(store.usedAfter, of: store.totalBytes), Self.size(store.usedBefore),
                    Self.size(store.usedAfter),
                    Self.change(store.copiesAdded, store.copiesRemoved),
                ]
            }
    }

    private var zones: [[String]] {
        [["ZONE", "COPIES"]]
            + summary.zones.map { [$0.name.text, Self.change($0.copiesAdded, $0.copiesRemoved)] }
    }

    private var leftAlone: [String] {
        let rows = summary.leftAlone.map { entry in
            let example = entry.example.map { " (such as \($0))" } ?? ""
            return ["  \(entry.contents)", Printable.line(entry.reason) + example]
        }
        return ["left alone:"] + Table.lines(rows)
    }

    /// `+12 -3`, `+12`, `-3` or `0`.
    private static func change(_ added: Int64, _ removed: Int64) -> String {
        let parts = [added > 0 ? "+\(added)" : nil, removed > 0 ? "-\(removed)" : nil]
        let text = parts.compactMap(\.self).joined(separator: " ")
        return text.isEmpty ? "0" : text
    }

    /// The part of a disk that is used, in percent.
    private static func fill(_ used: Int64, of total: Int64) -> String {
        guard total > 0 else { return "-" }
        return "\(Int((Double(used) / Double(total) * 100).rounded()))%"
    }

    private static func size(_ bytes: Int64) -> String { ByteCount(max(0, bytes)).description }
}
