import SFSCore

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
