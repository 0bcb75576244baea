import SFSConfig
import SFSCore

extension StoreConfiguration {
    /// How clients reach the store whose listeners are at `door`; `nil` when it has none.
    func reach(behind door: Door?) -> StoreReach {
        StoreReach(
            address: address, address6: address6, httpPort: httpPort ?? door?.httpPort,
            httpsPort: httpsPort ?? door?.httpsPort)
    }
}
