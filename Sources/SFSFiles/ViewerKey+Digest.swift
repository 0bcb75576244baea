package import SFSCore

extension ViewerKey {
    /// The viewer at `address`, which says that it is `agent`, of the content `hash`.
    ///
    /// - Throws: `SFSError` with code `.unavailable` when nothing can be hashed.
    package init(address: String, agent: String, _ hash: ContentHash) throws(SFSError) {
        // A NUL is in none of them, so no two viewers look the same.
        self.init(
            digest: try ContentHasher.sha256(of: "\(address)\0\(agent)\0\(hash)".utf8))
    }
}
