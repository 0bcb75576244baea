extension Double {
    /// With so many decimals.
    func text(_ decimals: Int) -> String {
        guard isFinite else { return "\(self)" }
        var scale = 1.0
        for _ in 0..<decimals { scale *= 10 }
        let whole = Int64((abs(self) * scale).rounded())
        let digits = "\(whole)"
        let padded = String(repeating: "0", count: max(0, decimals + 1 - digits.count)) + digits
        let sign = self < 0 && whole > 0 ? "-" : ""
        guard decimals > 0 else { return sign + padded }
        return sign + padded.dropLast(decimals) + "." + padded.suffix(decimals)
    }

    /// With three or more digits that count.
    var short: String {
        switch abs(self) {
        case 100...: text(0)
        case 10..<100: text(1)
        case 1..<10: text(2)
        default: text(4)
        }
    }
}
