package import SFSCore

/// The signed form of a purchase that a prism hands to a store in a redirect (design.md §7).
///
/// A store checks it without the catalog. Its token stands in the path of the URL and is signed
/// along; everything else is in here.
package struct Grant: Sendable, Hashable {
    package var token: PurchaseToken
    package var hash: ContentHash
    /// When the purchase was made and when it ends, by the catalog's clock.
    package var created: Timestamp
    package var expires: Timestamp
    /// The account that bought it, by which it may be revoked; `""` when it was none.
    package var account: String
    package var referrers: [Referrer]
    package var networks: [IPNetwork]

    /// The grant of `purchase`.
    package init(_ purchase: Purchase) {
        token = purchase.token
        hash = purchase.hash
        created = purchase.created
        expires = purchase.expires
        account = purchase.account
        referrers = purchase.referrers
        networks = purchase.networks
    }

    /// Whether `moment` lies before its end.
    package func isLive(at moment: Timestamp) -> Bool { moment < expires }

    /// Whether a request with this `Referer` may use it; `nil` = the request has none.
    package func admits(referer: String?) -> Bool {
        referrers.isEmpty || referer.map { text in referrers.contains { $0.admits(text) } } ?? false
    }

    /// Whether a client at `address` may use it.
    package func admits(address: String) -> Bool {
        networks.isEmpty || networks.contains { $0.contains(address) }
    }

    // MARK: Bytes

    // version, then hash, created, expires, account, referrers, networks; texts and lists with a
    // length of one byte before them, numbers with their highest byte first.
    private static let version: UInt8 = 1

    /// Everything but the token, as bytes.
    package var bytes: [UInt8] {
        var bytes = [Self.version]
        Self.append(hash.bytes, to: &bytes)
        Self.append(created, to: &bytes)
        Self.append(expires, to: &bytes)
        Self.append(Array(account.utf8), to: &bytes)
        bytes.append(UInt8(clamping: referrers.count))
        for referrer in referrers.prefix(255) { Self.append(Array(referrer.host.utf8), to: &bytes) }
        bytes.append(UInt8(clamping: networks.count))
        for network in networks.prefix(255) {
            Self.append(network.bytes + [UInt8(network.prefixLength)], to: &bytes)
        }
        return bytes
    }

    /// The grant of `token` in `bytes`; `nil` when they are none.
    package init?(token: PurchaseToken, bytes: [UInt8]) {
        var rest = bytes[...]
        guard rest.popFirst() == Self.version, let digest = Self.take(&rest),
            let hash = try? ContentHash(bytes: digest), let created = Self.takeTime(&rest),
            let expires = Self.takeTime(&rest), let account = Self.take(&rest),
            let referrers = Self.takeList(&rest), let networks = Self.takeList(&rest),
            rest.isEmpty
        else { return nil }
        self.token = token
        self.hash = hash
        self.created = created
        self.expires = expires
        self.account = String(decoding: account, as: UTF8.self)
        self.referrers = referrers.compactMap {
            // What fails is missed below.
            try? Referrer(parsing: String(decoding: $0, as: UTF8.self))
        }
        self.networks = networks.compactMap { bytes in
            bytes.last.flatMap {
                IPNetwork(bytes: bytes.dropLast(), prefixLength: Int($0))
            }
        }
        // One that cannot be understood must not vanish: fewer rules would admit more.
        guard self.referrers.count == referrers.count, self.networks.count == networks.count
        else { return nil }
    }

    private static func append(_ text: [UInt8], to bytes: inout [UInt8]) {
        bytes.append(UInt8(clamping: text.count))
        bytes += text.prefix(255)
    }

    private static func append(_ time: Timestamp, to bytes: inout [UInt8]) {
        let value = UInt64(bitPattern: time.milliseconds)
        for shift in stride(from: 56, through: 0, by: -8) {
            bytes.append(UInt8(truncatingIfNeeded: value >> UInt64(shift)))
        }
    }

    private static func take(_ bytes: inout ArraySlice<UInt8>) -> [UInt8]? {
        guard let count = bytes.popFirst(), bytes.count >= Int(count) else { return nil }
        defer { bytes = bytes.dropFirst(Int(count)) }
        return Array(bytes.prefix(Int(count)))
    }

    private static func takeTime(_ bytes: inout ArraySlice<UInt8>) -> Timestamp? {
        guard bytes.count >= 8 else { return nil }
        let value = bytes.prefix(8).reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
        bytes = bytes.dropFirst(8)
        return Timestamp(milliseconds: Int64(bitPattern: value))
    }

    private static func takeList(_ bytes: inout ArraySlice<UInt8>) -> [[UInt8]]? {
        guard let count = bytes.popFirst() else { return nil }
        var list: [[UInt8]] = []
        for _ in 0..<count {
            guard let item = take(&bytes) else { return nil }
            list.append(item)
        }
        return list
    }
}
