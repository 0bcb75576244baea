package import SFSCore

/// A replica that the catalog counts on a store.
package struct CountedReplica: Sendable, Hashable {
    package var hash: ContentHash
    /// Bytes.
    package var size: Int64
    /// That of its content.
    package var generation: Int32
    /// Whether it is there for load only.
    package var isExtra: Bool

    package init(hash: ContentHash, size: Int64, generation: Int32, isExtra: Bool) {
        self.hash = hash
        self.size = size
        self.generation = generation
        self.isExtra = isExtra
    }
}
