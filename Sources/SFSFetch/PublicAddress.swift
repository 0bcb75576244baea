import SFSCore

/// Tells addresses of the public Internet from those that lead back into somebody's own network.
package enum PublicAddress {
    /// Whether `address`, written as text, is a global unicast address.
    ///
    /// `false` when it is no address at all. An IPv4 address inside an IPv6 one (mapped, or behind
    /// NAT64's well-known prefix) is judged by itself.
    package static func isPublic(_ address: String) -> Bool {
        // What is no address is no public one; a network is none either.
        guard !address.contains("/"),
            let parsed = try? IPNetwork(parsing: address.prefix { $0 != "%" })
        else { return false }
        if parsed.bytes.count == 4 { return !lies(parsed, in: special4) }
        if lies(parsed, in: translated) {
            guard let inner = IPNetwork(bytes: Array(parsed.bytes[12...]), prefixLength: 32) else {
                return false
            }
            return !lies(inner, in: special4)
        }
        return lies(parsed, in: global6) && !lies(parsed, in: special6)
    }

    private static func lies(_ address: IPNetwork, in networks: [IPNetwork]) -> Bool {
        let text = address.description
        return networks.contains { $0.contains(text) }
    }

    // Source: the IANA IPv4 Special-Purpose Address Registry (RFC 6890), where "globally reachable"
    // is not true; multicast (RFC 5771); the old 6to4 relays (RFC 7526).
    private static let special4 = networks([
        "0.0.0.0/8",  // this network, RFC 791
        "10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16",  // private, RFC 1918
        "100.64.0.0/10",  // behind a provider's NAT, RFC 6598
        "127.0.0.0/8",  // loopback, RFC 1122
        "169.254.0.0/16",  // link-local, RFC 3927: a cloud's metadata is here
        "192.0.0.0/24",  // protocol assignments, RFC 6890
        "192.0.2.0/24", "198.51.100.0/24", "203.0.113.0/24",  // documentation, RFC 5737
        "192.88.99.0/24",  // 6to4 relays, RFC 7526
        "198.18.0.0/15",  // benchmarks, RFC 2544
        "224.0.0.0/4", "240.0.0.0/4",  // multicast, reserved, broadcast
    ])

    // What is handed out for global unicast so far (RFC 4291); all else is refused unseen: `::`,
    // `::1`, IPv4-compatible ones, `100::/64`, `5f00::/16`, `fc00::/7`, `fe80::/10`, `ff00::/8`.
    private static let global6 = networks(["2000::/3"])

    // NAT64's well-known prefix (RFC 6052). Its local one, 64:ff9b:1::/48, is not global.
    private static let translated = networks(["64:ff9b::/96"])

    // Source: the IANA IPv6 Special-Purpose Address Registry, as far as it lies in 2000::/3.
    private static let special6 = networks([
        "2001::/23",  // protocol assignments, Teredo among them, RFC 2928
        "2001:db8::/32", "3fff::/20",  // documentation, RFC 3849 and RFC 9637
        "2002::/16",  // 6to4 leads to any IPv4 address, RFC 3056
    ])

    private static func networks(_ texts: [String]) -> [IPNetwork] {
        texts.map { text in
            do {
                return try IPNetwork(parsing: text)
            } catch {
                preconditionFailure("a network in this file is mistyped: \(text)")
            }
        }
    }
}
