/// Choosing which replica to read.
package enum ReadOrder {
    /// The stores to try for a read, best first.
    ///
    /// Those of the reader's zone come first, then the least busy, then by number. Stores that are
    /// not active, online and readable are left out. `load` is the number of reads under way per
    /// store; absent = none.
    package static func order(
        _ holders: [StoreFacts], zone: MemberName?, load: [StoreNumber: Int]
    ) -> [StoreFacts] {
        holders
            .filter { $0.roles.isSuperset(of: [.active, .online, .read]) }
            .sorted { left, right in
                (left.zone == zone ? 0 : 1, load[left.number, default: 0], left.number.value)
                    < (
                        right.zone == zone ? 0 : 1, load[right.number, default: 0],
                        right.number.value
                    )
            }
    }
}
