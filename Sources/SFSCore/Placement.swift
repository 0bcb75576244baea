/// Choosing stores for new replicas.
///
/// Pure: the same facts give the same answer, so tests need no cluster.
package enum Placement {
    /// The stores that should take the next `count` replicas of a content of `size` bytes, best
    /// first.
    ///
    /// Stores that are not active, online and writable, or have no room for `size`, are out; so
    /// are those of `holding`, which have a replica already, and of `excluded`, which failed just
    /// now. Each choice goes to the zone with the fewest replicas so far, in it to the host with
    /// the fewest, in it to the store with the most free bytes; the lowest number breaks a tie.
    ///
    /// - Throws: `SFSError` with code `.noSpace` when only lack of room prevents it, `.unavailable`
    ///   when there are not enough stores at all.
    package static func choose(
        _ count: Int, size: Int64, among stores: [StoreFacts],
        holding: Set<StoreNumber> = [], excluded: Set<StoreNumber> = []
    ) throws(SFSError) -> [StoreFacts] {
        let willing = stores.filter { store in
            store.roles.isSuperset(of: [.active, .online, .write])
                && !holding.contains(store.number) && !excluded.contains(store.number)
        }
        // A content of unknown size, or of none, needs some room too.
        let needed = max(size, 1)
        var candidates = willing.filter { $0.freeBytes >= needed }
        var zones: [MemberName: Int] = [:]
        var hosts: [HostKey: Int] = [:]
        for store in stores where holding.contains(store.number) {
            zones[store.zone, default: 0] += 1
            hosts[HostKey(store), default: 0] += 1
        }
        var chosen: [StoreFacts] = []
        while chosen.count < count {
            let best = candidates.indices.min { left, right in
                let (left, right) = (candidates[left], candidates[right])
                return (
                    zones[left.zone, default: 0], hosts[HostKey(left), default: 0],
                    -left.freeBytes, left.number.value
                ) < (
                    zones[right.zone, default: 0], hosts[HostKey(right), default: 0],
                    -right.freeBytes, right.number.value
                )
            }
            guard let best else { throw shortage(of: count - chosen.count, willing, size) }
            let store = candidates.remove(at: best)
            zones[store.zone, default: 0] += 1
            hosts[HostKey(store), default: 0] += 1
            chosen.append(store)
        }
        return chosen
    }

    /// A host is counted within its zone: two zones may each have a host of the same name.
    private struct HostKey: Hashable {
        let zone: MemberName
        let host: MemberName

        init(_ store: StoreFacts) {
            zone = store.zone
            host = store.host
        }
    }

    private static func shortage(
        of missing: Int, _ willing: [StoreFacts], _ size: Int64
    ) -> SFSError {
        let stores = missing == 1 ? "one more store" : "\(missing) more stores"
        guard willing.contains(where: { $0.freeBytes < max(size, 1) }) else {
            return SFSError(.unavailable, "\(stores) needed that can take a replica now")
        }
        return SFSError(.noSpace, "\(stores) needed with \(ByteCount(size)) free")
    }
}
