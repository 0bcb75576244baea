/// What the turns of a row came to.
struct RowResult: Sendable, Encodable {
    let name: String
    let work: String
    let unit: String
    /// Medians.
    var ours: Double?
    var theirs: Double?
    /// Ours by theirs, pair by pair: median, least and greatest.
    var ratio: Double?
    var ratioLeast: Double?
    var ratioGreatest: Double?
    /// The same for the latency that one of a hundred requests exceeds, and for processor time;
    /// medians.
    var p99Ratio: Double?
    var costRatio: Double?
    let goal: String
    /// `nil` where nothing is to be reached.
    var isReached: Bool?
    /// The setting of the peer that was its best.
    var peer = ""
    /// Why there are no numbers.
    var failure: String?

    init(_ row: Row, _ pairs: [(ours: Sample, theirs: Sample)], peer: String) {
        name = row.name
        work = row.work
        unit = row.unit
        goal = row.goalText
        self.peer = peer
        ours = pairs.map(\.ours.value).median
        theirs = pairs.map(\.theirs.value).median
        let ratios = pairs.map { $0.ours.value / $0.theirs.value }
        ratio = ratios.median
        ratioLeast = ratios.min()
        ratioGreatest = ratios.max()
        p99Ratio = Self.ratio(pairs) { $0.p99 }
        costRatio = Self.ratio(pairs) { $0.cost }
        if row.goal != .none, let ratio {
            let isQuick = row.p99Maximum.map { p99Ratio ?? .infinity <= $0 } ?? true
            isReached = row.goal.isReached(by: ratio) && isQuick
        }
    }

    init(failed row: Row, because reason: String) {
        name = row.name
        work = row.work
        unit = row.unit
        goal = row.goalText
        isReached = false
        failure = reason
    }

    /// For a person who waits.
    var line: String {
        guard let ours, let theirs, let ratio, let ratioLeast, let ratioGreatest else {
            return "no result"
        }
        return "\(ours.short) to \(theirs.short) \(unit), \(ratio.text(2)) "
            + "(\(ratioLeast.text(2))-\(ratioGreatest.text(2)))"
            + (p99Ratio.map { ", p99 \($0.text(2))" } ?? "")
            + (costRatio.map { ", cpu \($0.text(2))" } ?? "")
            + (peer.isEmpty ? "" : ", \(peer)")
    }

    private static func ratio(
        _ pairs: [(ours: Sample, theirs: Sample)], _ part: (Sample) -> Double?
    ) -> Double? {
        pairs.compactMap { pair -> Double? in
            guard let ours = part(pair.ours), let theirs = part(pair.theirs),
                theirs > 0
            else { return nil }
            return ours / theirs
        }.median
    }
}

extension [Double] {
    /// The middle one, or the mean of the two in the middle; `nil` of none.
    var median: Double? {
        guard !isEmpty else { return nil }
        let sorted = sorted()
        return (sorted[(count - 1) / 2] + sorted[count / 2]) / 2
    }
}
