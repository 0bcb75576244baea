package import SFSCore

/// How full stores may be, and how much more often hot contents are kept.
package struct BalanceConfiguration: Sendable, Hashable {
    /// Points of fill (percent of a volume) by which stores may differ.
    package let band: Int
    /// Percent of a volume beyond which nothing is moved to it.
    package let highWater: Int
    /// Hits within an hour that make a content hot; 0 = none ever is.
    package let hotHits: Int
    /// Bytes that extra replicas of hot contents may take in the whole cluster.
    package let hotBytes: ByteCount
    /// Extra replicas that one content may have.
    package let hotCopies: Int
}

extension BalanceConfiguration {
    /// Reads the section `balance`.
    init(reading section: Section) {
        band = section.setting("band", .count(1...50), default: 5)
        highWater = section.setting("highWater", .count(10...100), default: 90)
        hotHits = section.setting("hotHits", .count(0...1_000_000_000), default: 1000)
        hotBytes = section.setting(
            "hotBytes", .size(ByteCount(0)...ByteCount.gibibytes(1 << 20)),
            default: .gibibytes(10))
        hotCopies = section.setting("hotCopies", .count(1...16), default: 2)
    }
}
