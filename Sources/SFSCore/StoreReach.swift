/// How clients reach a store; what is `nil` it does not offer.
package struct StoreReach: Sendable, Hashable {
    /// Host name or IPv4 address.
    package var address: String?
    /// Host name or IPv6 address, without brackets, for clients that came by IPv6.
    package var address6: String?
    /// Ports between 1 and 65535.
    package var httpPort: Int?
    package var httpsPort: Int?

    package init(
        address: String? = nil, address6: String? = nil, httpPort: Int? = nil,
        httpsPort: Int? = nil
    ) {
        self.address = address
        self.address6 = address6
        self.httpPort = httpPort
        self.httpsPort = httpsPort
    }
}
