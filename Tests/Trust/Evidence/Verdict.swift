import Foundation

/// Counts what a campaign did, and tells what it found.
package struct Verdict: Sendable {
    /// Name of the campaign.
    private let campaign: String
    private let plant: Plant?
    /// Kills or cuts that took place.
    package private(set) var points = 0
    /// Different files that were acknowledged.
    private var acked = 0
    /// How often one of them was looked at.
    private var checks = 0
    /// What must never be, in one sentence each.
    package private(set) var violations: [String] = []
    private let start = ContinuousClock.now

    package init(_ campaign: String, plant: Plant?) {
        self.campaign = campaign
        self.plant = plant
    }

    /// Notes one kill or cut, after which `checked` acknowledged files were looked at.
    package mutating func point(checked: Int) {
        points += 1
        checks += checked
        if points.isMultiple(of: 50) { Self.say("\(campaign): \(points) points so far") }
    }

    /// Notes that `count` more files were acknowledged and checked.
    package mutating func acknowledged(_ count: Int) {
        acked += count
    }

    /// Notes what must never be, and prints it with the command that does it again.
    package mutating func fail(_ sentences: [String], at point: String, replay: String) {
        guard !sentences.isEmpty else { return }
        violations += sentences
        for sentence in sentences.prefix(5) { Self.say("VIOLATION at \(point): \(sentence)") }
        if sentences.count > 5 { Self.say("  … and \(sentences.count - 5) more") }
        Self.say("  replay: \(replay)")
    }

    /// Prints the summary and returns the exit status: 0 when nothing was found, or, with a plant,
    /// when it was; else 1.
    package func finish(_ more: String = "") -> Int32 {
        let seconds = (ContinuousClock.now - start).components.seconds
        let found = violations.isEmpty ? "0 lost" : "\(violations.count) VIOLATIONS"
        Self.say(
            "\(campaign): \(points) points, \(acked) acked files checked (\(checks) looks), "
                + "\(found)\(more); \(seconds) s")
        guard let plant else { return violations.isEmpty && points > 0 ? 0 : 1 }
        let isFound = !violations.isEmpty
        Self.say(
            "\(campaign): the planted '\(plant.rawValue)' was \(isFound ? "found" : "NOT FOUND")")
        return isFound ? 0 : 1
    }

    /// Prints one line.
    package static func say(_ line: String) {
        FileHandle.standardOutput.write(Data((line + "\n").utf8))
    }
}
