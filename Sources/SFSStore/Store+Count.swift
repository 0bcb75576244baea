import NIOCore
import SFSCatalog
package import SFSCore
import SFSFiles

extension Store {
    /// Counts one delivery of `bytes` of `hash`, for `purchase` if there is one.
    ///
    /// The viewer is told by address and agent, of which only a hash is kept. Costs no round trip:
    /// the counts are written in batches.
    package func count(
        _ bytes: Int64, of hash: ContentHash, for purchase: PurchaseToken?, address: String,
        agent: String
    ) {
        // A store that is closed by now has no number to count under.
        guard let ledger, let number = try? service().number else { return }
        // Without a hasher the delivery is counted, and its viewer is not.
        let viewer = try? Self.viewer(address, agent, hash)
        ledger.count(hash: hash, store: number, purchase: purchase, viewer: viewer, bytes: bytes)
    }

    /// The same 16 bytes by which prisms know a viewer of one content.
    private static func viewer(
        _ address: String, _ agent: String, _ hash: ContentHash
    ) throws -> [UInt8] {
        let hasher = try ContentHasher(.sha256)
        hasher.update(ByteBuffer(string: "\(address)\0\(agent)\0\(hash)"))
        return Array(try hasher.finish().bytes.prefix(16))
    }
}
