package import SFSCore
import SFSFiles

/// Who wants to read a content, and how it asked.
package struct Viewer: Sendable, Hashable {
    /// Its address; `""` on a Unix socket.
    package var address: String
    /// What it says that it is.
    package var agent: String
    /// The page that it comes from; `nil` when it does not say.
    package var referer: String?
    /// What it called this prism: a host with or without a port.
    package var host: String
    /// Whether it should be answered with `https` URLs.
    package var isSecure: Bool
    /// `ip`, `ipv4`, `ipv6` or `fqdn`, when it wants stores named just so.
    package var addressType: String?

    package init(
        address: String, agent: String, referer: String?, host: String, isSecure: Bool,
        addressType: String?
    ) {
        self.address = address
        self.agent = agent
        self.referer = referer
        self.host = host
        self.isSecure = isSecure
        self.addressType = addressType
    }
}

/// One viewer of one content (protocol.md 1.11): 128 bits of a hash of both.
package struct ViewerKey: Sendable, Hashable {
    /// 16 of them.
    package let bytes: [UInt8]

    /// - Throws: `SFSError` with code `.unavailable` when nothing can be hashed.
    package init(_ viewer: Viewer, _ hash: ContentHash) throws(SFSError) {
        let hasher = try ContentHasher(.sha256)
        // A NUL is in none of them, so no two viewers look the same.
        let text = "\(viewer.address)\0\(viewer.agent)\0\(hash)"
        Array(text.utf8).withUnsafeBytes { hasher.update($0) }
        bytes = Array(try hasher.finish().bytes.prefix(16))
    }
}
