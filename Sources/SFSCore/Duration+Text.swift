extension Duration {
    /// `count` times 3600 seconds.
    package static func hours(_ count: Int64) -> Duration { .seconds(count * 3600) }

    /// Parses a whole number with a unit: `500ms`, `30s`, `15m`, `24h`, `7d`; up to 3650 days.
    ///
    /// - Throws: `SFSError` with code `.usage`.
    package init(parsing text: some StringProtocol) throws(SFSError) {
        let number = text.prefix { $0.isASCII && $0.isNumber }
        guard let count = Int64(number),
            let unit = Self.millisecondsPerUnit[
                String(
                    text.dropFirst(number.count))], count <= 3650 * 86_400_000 / unit
        else {
            throw SFSError(.usage, "'\(text)' is not a duration; write for example 30s or 500ms")
        }
        self = .milliseconds(count * unit)
    }

    /// As `init(parsing:)` reads it, in the largest unit that leaves no rest; what is below a
    /// millisecond is dropped.
    package var settingText: String {
        let (seconds, attoseconds) = components
        let milliseconds = seconds * 1000 + attoseconds / 1_000_000_000_000_000
        let fitting = Self.millisecondsPerUnit.filter { milliseconds.isMultiple(of: $0.value) }
        guard milliseconds != 0, let unit = fitting.max(by: { $0.value < $1.value }) else {
            return "0s"
        }
        return "\(milliseconds / unit.value)\(unit.key)"
    }

    private static let millisecondsPerUnit: [String: Int64] = [
        "ms": 1, "s": 1000, "m": 60_000, "h": 3_600_000, "d": 86_400_000,
    ]
}
