package import SFSCore
package import SFSStore
package import SFSWire
import Synchronization

/// How the stores of a test reach each other: each may be told to fail.
package final class TestPeers: Sendable {
    private let faults = Mutex<[MemberName: FaultyStore]>([:])

    package init() {}

    /// The store called `name`, as the others see it.
    package subscript(_ name: MemberName) -> FaultyStore? { faults.withLock { $0[name] } }

    /// Takes note of how `stores` are reached; what everybody is to see of them.
    package func connect(
        _ stores: [Store], _ transports: [any StoreTransport]
    ) -> [FaultyStore] {
        zip(stores, transports).map { store, transport in
            let fault = FaultyStore(transport)
            faults.withLock { $0[store.settings.name] = fault }
            return fault
        }
    }
}
