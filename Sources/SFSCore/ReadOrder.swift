/// Choosing which replica to read.
package enum ReadOrder {
    /// The stores to try for a read, best first.
    ///
    /// Those of the reader's zone come first, then those that this reader used least, then the
    /// least busy, then by number. Stores that are not active, online and readable are left out.
    /// `uses` is how often this reader was sent to a store, `load` the number of reads under way
    /// there; absent = none.
    package static func order(
        _ holders: [StoreFacts], zone: MemberName?, uses: [StoreNumber: Int] = [:],
        load: [StoreNumber: Int]
    ) -> [StoreFacts] {
        func rank(_ store: StoreFacts) -> (Int, Int, Int, Int16) {
            (
                store.zone == zone ? 0 : 1, uses[store.number, default: 0],
                load[store.number, default: 0], store.number.value
            )
        }
        return
            holders
            .filter { $0.roles.isSuperset(of: [.active, .online, .read]) }
            .sorted { rank($0) < rank($1) }
    }
}
