import SFSCatalog
package import SFSCore
import SFSFiles

extension Store {
    /// Counts deliveries of `hash`, `bytes` in all, for `purchase` if there is one.
    ///
    /// The viewer is told by address and agent, of which only a hash is kept. Costs no round trip:
    /// the counts are written in batches.
    package func count(
        _ bytes: Int64, in hits: Int = 1, of hash: ContentHash, for purchase: PurchaseToken?,
        address: String, agent: String
    ) {
        // A store that is closed by now has no number to count under.
        guard let ledger, let number = try? service().number else { return }
        // Without a hasher the delivery is counted, and its viewer is not.
        let viewer = try? ViewerKey(address: address, agent: agent, hash)
        ledger.count(
            hash: hash, store: number, purchase: purchase, viewer: viewer?.bytes,
            hits: Int64(hits), bytes: bytes)
    }
}
