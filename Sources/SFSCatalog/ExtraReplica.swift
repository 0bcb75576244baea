package import SFSCore

/// A replica that is there for load only, and never counted for durability.
package struct ExtraReplica: Sendable, Hashable {
    package var hash: ContentHash
    package var store: StoreNumber
    /// Bytes.
    package var size: Int64

    package init(hash: ContentHash, store: StoreNumber, size: Int64) {
        self.hash = hash
        self.store = store
        self.size = size
    }
}
