/// One line of the table: a work that both sides do.
struct Row: Sendable {
    /// For `--rows`; rows of one group begin alike.
    let name: String
    /// What is done, for the table.
    let work: String
    /// What is counted.
    let unit: String
    let goal: Goal
    /// What the ratio of the 99th percentiles of latency is to be at most, where that counts.
    var p99Maximum: Double?
    /// How often each side has its turn at most; for works that take long.
    var pairsMaximum = 99
    /// Makes what both sides need, outside the measured time.
    let prepare: @Sendable (Arena) async throws -> Contest

    /// Whether `name` is its name or its group's.
    func isMeant(by name: String) -> Bool {
        self.name == name || self.name.hasPrefix(name + "-")
    }
}

extension Row {
    /// What is to be reached, for the table.
    var goalText: String { goal.text + (p99Maximum.map { ", p99 <= \($0.text(2))" } ?? "") }
}

/// What the ratio, ours by theirs, is to be.
enum Goal: Sendable, Hashable {
    /// For rates.
    case atLeast(Double)
    /// For costs.
    case atMost(Double)
    /// It is told, no more.
    case none

    func isReached(by ratio: Double) -> Bool {
        switch self {
        case .atLeast(let limit): ratio >= limit
        case .atMost(let limit): ratio <= limit
        case .none: true
        }
    }

    var text: String {
        switch self {
        case .atLeast(let limit): ">= \(limit.text(2))"
        case .atMost(let limit): "<= \(limit.text(2))"
        case .none: "-"
        }
    }
}

/// Both sides of a row, ready to have their turns.
struct Contest: Sendable {
    /// One turn of a side.
    typealias Turn = @Sendable () async throws -> Sample

    let ours: Turn
    let theirs: Turn
    /// What the peer is, where that was found out before.
    var peer = ""
}

/// What one turn gave.
struct Sample: Sendable {
    /// In the unit of the row.
    let value: Double
    /// The latency that one of a hundred requests exceeds, in seconds.
    var p99: Double?
    /// Processor seconds that the side took for a request, or for a gigabyte.
    var cost: Double?
}
