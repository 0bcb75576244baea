/// Collects mistakes while a configuration is read.
final class MistakeReport {
    /// More than anybody reads; what comes after is dropped.
    private static let countMaximum = 100

    private(set) var mistakes: [ConfigurationMistake] = []

    /// Takes one more.
    func add(_ mistake: ConfigurationMistake) {
        guard mistakes.count < Self.countMaximum else { return }
        mistakes.append(mistake)
    }

    /// Those without a line first, then by line, then as they were found.
    var sorted: [ConfigurationMistake] {
        mistakes.enumerated()
            .sorted { ($0.element.line ?? 0, $0.offset) < ($1.element.line ?? 0, $1.offset) }
            .map(\.element)
    }
}
