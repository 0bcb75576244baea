/// What is counted as held by a store.
package struct StoreUsage: Sendable, Hashable {
    /// Number of contents with a counted replica there.
    package var contents: Int64
    /// Sum of their sizes.
    package var bytes: Int64

    package init(contents: Int64 = 0, bytes: Int64 = 0) {
        self.contents = contents
        self.bytes = bytes
    }
}
