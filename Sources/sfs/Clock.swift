/// Times of some length, for people.
enum Clock {
    /// More than eleven days are shown as eleven.
    private static let secondsMaximum = 1e6

    /// `0:15`, `12:00`, `3:05:00`.
    static func text(seconds: Double) -> String {
        let total = Int(max(0, min(seconds, secondsMaximum)).rounded())
        func padded(_ value: Int) -> String { value < 10 ? "0\(value)" : "\(value)" }
        let minutes = total / 60
        guard minutes >= 60 else { return "\(minutes):\(padded(total % 60))" }
        return "\(minutes / 60):\(padded(minutes % 60)):\(padded(total % 60))"
    }
}
