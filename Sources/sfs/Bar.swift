/// A part of a whole as a bar: `[#####-----]  50%`.
enum Bar {
    private static let width = 20

    /// `part` from 0 to 1; what is outside is cut.
    static func text(_ part: Double) -> String {
        let part = part.isFinite ? max(0, min(1, part)) : 0
        let full = Int((part * Double(width)).rounded())
        let percent = "\(Int((part * 100).rounded(.down)))%"
        let blanks = String(repeating: " ", count: max(0, 4 - percent.count))
        return "[" + String(repeating: "#", count: full)
            + String(repeating: "-", count: width - full) + "] " + blanks + percent
    }
}
