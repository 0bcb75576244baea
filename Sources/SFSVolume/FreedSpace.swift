/// What was removed, or would be.
package struct FreedSpace: Sendable, Hashable {
    /// Number of files.
    package var files = 0
    /// Their bytes together.
    package var bytes: Int64 = 0

    package init(files: Int = 0, bytes: Int64 = 0) {
        self.files = files
        self.bytes = bytes
    }

    /// Counts one more file.
    mutating func add(_ size: Int64) {
        files += 1
        bytes += size
    }
}
