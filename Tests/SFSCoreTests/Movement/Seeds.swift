/// Seeds of random cases: others in each run.
///
/// A failure names its seed; `[seed]` in place of `Seeds.some(…)` replays it.
enum Seeds {
    static func some(_ count: Int) -> [UInt64] {
        let first = UInt64.random(in: 0...(.max / 2))
        return (0..<UInt64(count)).map { first &+ $0 }
    }
}
