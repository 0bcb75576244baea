import SFSCatalog
import SFSCore

/// How a viewer reaches a store: the host rules of protocol.md 2.1.1.
enum StoreAddress {
    /// For example `https://store1.example.com` or `http://192.0.2.7:5975`; `nil` when the store
    /// listens where no viewer can reach it.
    ///
    /// By its name below `domain`, unless there is none, or the viewer itself calls the prism by an
    /// address or as `localhost`, or asks for addresses.
    static func base(of store: StoreRecord, for viewer: Viewer, domain: String?) -> String? {
        let host = hostName(viewer.host)
        let wantsFour = ["ip", "ipv4"].contains(viewer.addressType)
        let wantsSix = viewer.addressType == "ipv6" || host.contains(":") && !wantsFour
        let wantsAddress =
            wantsSix || wantsFour
            || viewer.host.lowercased().contains("localhost") || isIPv4(host) || host.isEmpty
        if let domain, !wantsAddress || viewer.addressType == "fqdn" {
            return "\(viewer.isSecure ? "https" : "http")://\(store.facts.name).\(domain)"
        }
        let reach = store.reach
        let address =
            wantsSix ? reach.address6 ?? reach.address : reach.address ?? reach.address6
        // One that listens on every address is where other members reach it.
        guard let address else { return store.url }
        let secure = reach.httpsPort.map { ("https", $0) }
        let plain = reach.httpPort.map { ("http", $0) }
        guard let (scheme, port) = viewer.isSecure ? secure ?? plain : plain ?? secure else {
            return nil
        }
        return "\(scheme)://\(address.contains(":") ? "[\(address)]" : address):\(port)"
    }

    /// The host in a `Host` field, without its port and the brackets of IPv6.
    private static func hostName(_ field: String) -> String {
        guard field.hasPrefix("[") else { return String(field.prefix { $0 != ":" }) }
        return String(field.dropFirst().prefix { $0 != "]" })
    }

    private static func isIPv4(_ host: String) -> Bool {
        let parts = host.split(separator: ".", omittingEmptySubsequences: false)
        return parts.count == 4 && parts.allSatisfy { UInt8($0) != nil }
    }
}
