import SFSCatalog
import SFSClient
package import SFSCore
import SFSFiles
import SFSWire

/// How a viewer gets its bytes.
package enum Handover: Sendable {
    /// From a store, at this URL.
    case redirect(String)
    /// From the prism; `secondsLeft` of the purchase, `nil` when none is needed.
    case bytes(Delivery, ViewerKey, secondsLeft: Int64?)
}

/// What a viewer wrote behind the token or the hash.
package struct PlayPath: Sendable {
    /// The file name, decoded; it says nothing about the content.
    package var name: String
    /// The query's fields, decoded, in order.
    package var query: [(name: String, value: String)]

    package init(name: String, query: [(name: String, value: String)]) {
        self.name = name
        self.query = query
    }

    /// The file name, ending in `fileExtension` once: players and browsers go by it.
    package func name(with fileExtension: String) -> String {
        let isThere = MediaType.fileExtension(ofName: name) == fileExtension.lowercased()
        return isThere || fileExtension.isEmpty ? name : "\(name).\(fileExtension)"
    }

    /// The query for a store; `grant` comes first and cannot be given by the viewer.
    func queryText(grant: String?) -> String {
        let others = query.filter { $0.name != "grant" && $0.name != "addressType" }
        return PercentEncoding.query([("grant", grant)] + others.map { ($0.name, $0.value) })
    }
}

extension Prism {
    /// Hands a content that was bought to a viewer.
    ///
    /// - Throws: `SFSError` with code `.notFound` when the purchase is unknown, over, revoked, or
    ///   not for this address; `.denied` when the viewer comes from another site.
    package func play(
        _ token: PurchaseToken, _ path: PlayPath, to viewer: Viewer
    ) async throws -> Handover {
        let purchase = try await livePurchase(token)
        let grant = Grant(purchase)
        if viewer.referer == nil, !grant.referrers.isEmpty {
            throw SFSError(.denied, "Invalid request")
        }
        guard grant.admits(referer: viewer.referer) else {
            throw SFSError(.denied, "Invalid request (referrer fail)")
        }
        guard grant.admits(address: viewer.address) else {
            throw SFSError(.notFound, "purchase not found")
        }
        let now = services.feed.clock
        let name = path.name(with: purchase.fileExtension)
        let secondsLeft = max(0, (purchase.expires.milliseconds - now.milliseconds) / 1000)
        let record = try await readableContent(purchase.hash)
        return try handOver(record, to: viewer, secondsLeft) { base in
            let signed = try services.grants.sign(grant, at: now)
            return "\(base)/play/\(token)/\(PercentEncoding.encode(name))"
                + path.queryText(grant: signed.utf8.count <= Self.grantLengthMaximum ? signed : nil)
        }
    }

    /// Characters of a grant that a request line has room for; without it the store looks up.
    private static let grantLengthMaximum = 4096

    /// Hands a content to a viewer who needs no purchase for it.
    ///
    /// - Throws: `SFSError` with code `.notFound`; `.usage` when files that are called like this
    ///   have to be bought.
    package func giveStatic(
        _ hash: ContentHash, _ path: PlayPath, to viewer: Viewer
    ) async throws -> Handover {
        let record = try await readableContent(hash)
        let fileExtension = MediaType.fileExtension(ofName: path.name)
        guard !settings.delivery.denyStaticTypes.contains(fileExtension) else {
            throw SFSError(.usage, "Invalid static file type")
        }
        return try handOver(record, to: viewer, nil) { base in
            "\(base)/static/\(hash)/\(PercentEncoding.encode(path.name))"
                + path.queryText(grant: nil)
        }
    }

    /// The store that a test of speed should talk to: one that has room.
    ///
    /// - Throws: `SFSError` with code `.unavailable`.
    package func speedTestURL(size: String, to viewer: Viewer) throws(SFSError) -> String {
        let stores = try Placement.choose(1, size: 0, among: fleet.members.map(\.facts))
        guard let base = stores.first.flatMap({ self.base(of: $0.number, for: viewer) }) else {
            throw SFSError(.unavailable, "no store can be reached for a test of speed")
        }
        return "\(base)/content/speedtest?size=\(PercentEncoding.encode(size))"
    }

    /// Chooses a store that has the content, and redirects there, unless this prism or no store's
    /// listener is to send the bytes.
    private func handOver(
        _ record: ContentRecord, to viewer: Viewer, _ secondsLeft: Int64?,
        _ url: (String) throws -> String
    ) throws -> Handover {
        let key = try ViewerKey(address: viewer.address, agent: viewer.agent, record.hash)
        let delivery = try deliver(record, to: key)
        guard settings.delivery.mode == .redirect,
            let base = base(of: delivery.store, for: viewer)
        else { return .bytes(delivery, key, secondsLeft: secondsLeft) }
        // A viewer who is sent to a store that is down cannot go on to another one.
        guard fleet.member(delivery.store)?.facts.roles.contains(.online) ?? false else {
            throw SFSError(.unavailable, "no store that has '\(record.hash)' is in service")
        }
        return .redirect(try url(base))
    }

    private func base(of store: StoreNumber, for viewer: Viewer) -> String? {
        fleet.record(store)
            .flatMap { StoreAddress.base(of: $0, for: viewer, domain: settings.delivery.domain) }
    }
}
