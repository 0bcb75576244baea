package import SFSCore

/// What is known of a content that was deleted.
package struct DeletedContent: Sendable, Hashable {
    package var hash: ContentHash
    /// That it had when it was deleted.
    package var generation: Int32
    /// Bytes; `nil` = only its generation is known.
    package var size: Int64?
    /// The stores that held it and have not retired since, ascending.
    package var stores: [StoreNumber]
    /// Whether it was deleted within the grace that was asked for.
    package var isRecent: Bool
    /// Whether it is there again.
    package var isThere: Bool

    package init(
        hash: ContentHash, generation: Int32, size: Int64?, stores: [StoreNumber],
        isRecent: Bool, isThere: Bool
    ) {
        self.hash = hash
        self.generation = generation
        self.size = size
        self.stores = stores
        self.isRecent = isRecent
        self.isThere = isThere
    }
}
