package import SFSCore

/// What is in a volume's quarantine.
package struct QuarantineList: Sendable, Hashable {
    /// One file there.
    package struct Entry: Sendable, Hashable {
        /// The content that it was to be.
        package let hash: ContentHash
        /// When it was found not to be.
        package let found: Timestamp
        /// Bytes.
        package let size: Int64
    }

    /// Number of files.
    package var count = 0
    /// Their bytes together.
    package var bytes: Int64 = 0
    /// Some of them, the latest first.
    package var entries: [Entry] = []
}
