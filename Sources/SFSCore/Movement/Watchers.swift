/// Who watches whom (design.md §9).
///
/// Every node works it out by itself, from names alone, and all come to the same answer.
package enum Watchers {
    /// How many watch one member, at most: the cost of watching grows with the cluster and not
    /// with its square.
    package static let countMaximum = 16

    /// Those of `members` that watch `target`, by name; `target` itself never does.
    ///
    /// In a cluster of up to 17 all others do. In a larger one each pair has a weight, and the
    /// heaviest watch (rendezvous hashing): when a member comes or goes, only its own duties move.
    package static func of(
        _ target: MemberName, among members: some Sequence<MemberName>
    ) -> [MemberName] {
        let others = Set(members).subtracting([target])
        guard others.count > countMaximum else { return others.sorted() }
        let heaviest = others.map { (weight: weight(of: target, $0), name: $0) }
            .sorted { ($0.weight, $0.name) > ($1.weight, $1.name) }
        return heaviest.prefix(countMaximum).map(\.name).sorted()
    }

    /// Whether `votes` of `watchers` are enough to take a member out of service: strictly more
    /// than half.
    package static func isQuorum(_ votes: Int, of watchers: Int) -> Bool { votes * 2 > watchers }

    /// FNV-1a over both names, mixed as splitmix64 does; the same on every machine, for ever.
    private static func weight(of target: MemberName, _ watcher: MemberName) -> UInt64 {
        var hash: UInt64 = 0xCBF2_9CE4_8422_2325
        // No name has a slash.
        for byte in "\(target)/\(watcher)".utf8 { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }
        hash = (hash ^ (hash >> 30)) &* 0xBF58_476D_1CE4_E5B9
        hash = (hash ^ (hash >> 27)) &* 0x94D0_49BB_1331_11EB
        return hash ^ (hash >> 31)
    }
}
