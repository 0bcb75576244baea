/// What is missing for all contents to have as many live replicas as they want.
package struct RepairNeed: Sendable, Hashable {
    /// Contents with at least one live replica and fewer than they want.
    package var contents: Int64
    /// Bytes of the replicas that they lack.
    package var bytes: Int64

    package init(contents: Int64 = 0, bytes: Int64 = 0) {
        self.contents = contents
        self.bytes = bytes
    }
}
