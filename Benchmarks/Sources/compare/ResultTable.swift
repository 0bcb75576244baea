import FoundationEssentials
import ProcessFixture

/// The results as a table in Markdown, and as JSON.
enum ResultTable {
    static func lines(_ results: [RowResult], _ options: Options) -> [String] {
        let head = [
            "Work", "Ours", "Theirs", "Ratio", "Spread", "Goal", "Reached", "p99", "CPU", "Peer",
        ]
        let rows = [head] + results.map(cells)
        let widths = head.indices.map { column in rows.map { $0[column].count }.max() ?? 0 }
        var lines = rows.map { row in
            let padded = zip(row, widths).map { cell, width in
                cell + String(repeating: " ", count: width - cell.count)
            }
            return "| " + padded.joined(separator: " | ") + " |"
        }
        let rule = widths.map { String(repeating: "-", count: $0) }.joined(separator: " | ")
        lines.insert("| \(rule) |", at: 1)
        lines += [
            "",
            "Ratio: ours by theirs, the median of \(options.pairs) pairs (fewer where one turn is "
                + "long); spread: the least and the greatest of them.",
            "p99 and CPU: ratios of the 99th percentile of latency, and of processor time for the "
                + "same work; medians.",
        ]
        return lines
    }

    static func write(_ results: [RowResult], to path: String) throws {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys]
        try encoder.encode(results).write(to: URL(filePath: path))
    }

    private static func cells(_ result: RowResult) -> [String] {
        let reached = result.isReached.map { $0 ? "yes" : "**no**" } ?? "-"
        guard let ours = result.ours, let theirs = result.theirs, let ratio = result.ratio,
            let least = result.ratioLeast, let greatest = result.ratioGreatest
        else {
            return [result.work, "-", "-", "-", "-", result.goal, "failed", "-", "-", "-"]
        }
        return [
            result.work, "\(ours.short) \(result.unit)", "\(theirs.short) \(result.unit)",
            ratio.text(2), "\(least.text(2))-\(greatest.text(2))", result.goal, reached,
            result.p99Ratio?.text(2) ?? "-", result.costRatio?.text(2) ?? "-",
            result.peer.isEmpty ? "-" : result.peer,
        ]
    }
}
