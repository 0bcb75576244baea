import Logging
import SFSCatalog
import SFSClient
package import SFSCore
package import SFSWire

extension Prism {
    /// Purchases in one answer to a question for many.
    package static let purchasesPerPageMaximum = Catalog.purchasesPerPageMaximum

    /// Sells the right to read a content for a time.
    ///
    /// - Throws: `SFSError` with code `.notFound` when the content is not here, `.usage` when the
    ///   order asks for what cannot be.
    package func sell(_ order: PurchaseOrder, to account: String) async throws -> PurchaseReply {
        let purchases = settings.purchases
        let life = order.life ?? purchases.lifeSeconds
        try checkLife(life)
        if let ext = order.ext, !ContentAttributes.isExtension(ext) {
            throw SFSError(
                .usage,
                "'\(ext.prefix(40))' is not an extension; use up to 32 letters and digits")
        }
        let purchase = try await catalog.createPurchase(
            NewPurchase(
                hash: order.hash, fileExtension: order.ext,
                name: try Self.checkedName(order.name ?? ""),
                referrers: try Self.bounded(order.referrer ?? [], "referrers")
                    .map { text throws(SFSError) in try Referrer(parsing: text) },
                networks: try Self.bounded(order.ip ?? [], "networks")
                    .map { text throws(SFSError) in try IPNetwork(parsing: text) },
                lifeSeconds: life, afterLifeSeconds: purchases.afterLifeSeconds, account: account,
                zone: purchases.zone))
        services.purchases.set(purchase.token, Known(purchase))
        // The catalog has said that it is there; where may have changed since it was read last.
        services.contents.set(order.hash, nil)
        return reply(purchase)
    }

    /// One purchase, also one that has ended, until it is forgotten.
    ///
    /// To an `owner` the purchases of others are not there; `nil` sees all.
    ///
    /// - Throws: `SFSError` with code `.notFound`.
    package func purchase(
        _ token: PurchaseToken, owner: String? = nil
    ) async throws -> PurchaseReply {
        guard let purchase = try await catalog.purchase(token),
            owner == nil || owner == purchase.account
        else { throw SFSError(.notFound, "purchase '\(token)' is not known here") }
        return reply(purchase)
    }

    /// A page of purchases, by token; only those of `owner`, if there is one.
    ///
    /// - Throws: `SFSError` with code `.usage` when `limit` is not 1 to `purchasesPerPageMaximum`.
    package func purchases(
        _ selection: PurchaseSelection, owner: String? = nil, after: PurchaseToken?, limit: Int
    ) async throws -> PurchaseList {
        guard (1...Self.purchasesPerPageMaximum).contains(limit) else {
            throw SFSError(
                .usage, "'\(limit)' is not a page of 1 to \(Self.purchasesPerPageMaximum)")
        }
        let found = try await catalog.purchases(
            selection, owner: owner, after: after, limit: limit)
        return PurchaseList(
            purchases: found.map { reply($0) },
            next: found.count == limit ? found.last?.token : nil)
    }

    /// Lets purchases that are live go on for `lifeSeconds` from now, and says how many.
    ///
    /// An `owner` may mean its own only.
    ///
    /// - Throws: `SFSError` with code `.denied`, or `.usage`.
    package func extend(
        _ selection: PurchaseSelection, lifeSeconds: Int64, owner: String? = nil, actor: String
    ) async throws -> CountReply {
        try checkLife(lifeSeconds)
        guard try await isAllowed(selection, to: owner) else { return CountReply(count: 0) }
        let count = try await catalog.extendPurchases(
            selection, lifeSeconds: lifeSeconds, actor: actor)
        if case .token(let token) = selection { services.purchases.set(token, nil) }
        return CountReply(count: count)
    }

    /// Ends purchases at once, here before this returns and everywhere within a second, and says
    /// how many.
    ///
    /// An `owner` may mean its own only.
    ///
    /// - Throws: `SFSError` with code `.denied`.
    package func revoke(
        _ selection: PurchaseSelection, owner: String? = nil, actor: String
    ) async throws -> CountReply {
        guard try await isAllowed(selection, to: owner) else { return CountReply(count: 0) }
        let count = try await catalog.revokePurchases(selection, actor: actor)
        await spreadRevocations()
        if case .token(let token) = selection { services.purchases.set(token, nil) }
        return CountReply(count: count)
    }

    /// Reads the change feed, for this process or because another member says that it should.
    package func readFeed() async {
        do {
            try await services.feed.refresh()
        } catch {
            logger.warning("cannot read the change feed", metadata: ["error": "\(error)"])
        }
    }

    /// Has this process and all others know of what was revoked just now.
    ///
    /// What the catalog has acknowledged holds; the feed tells of it at the latest.
    func spreadRevocations() async {
        await readFeed()
        await tellMembers()
    }

    /// Has every other member read the change feed before the answer, so that the catalog may go
    /// away right after it; who cannot be reached in time reads it by itself.
    private func tellMembers() async {
        let own = Set(fleet.locals.map(\.name))
        let stores = fleet.records.filter { !own.contains($0.facts.name) }.compactMap(\.url)
        let urls = Set(stores + fleet.prismURLs.filter { $0 != url })
        await withTaskGroup { group in
            for url in urls {
                group.addTask { [services] in
                    // It hears of it a moment later anyway.
                    try? await withTimeLimit(Self.tellingTime, "member '\(url)'") {
                        try await services.connect(url).readFeed()
                    }
                }
            }
        }
    }

    /// How long a member may take to hear of a revoke before the answer.
    private static let tellingTime: Duration = .milliseconds(500)

    /// Whether `owner` may change what it means; `false` when that is not there for it.
    ///
    /// - Throws: `SFSError` with code `.denied` when it means those of others too.
    private func isAllowed(
        _ selection: PurchaseSelection, to owner: String?
    ) async throws -> Bool {
        guard let owner else { return true }
        switch selection {
        case .token(let token): return try await catalog.purchase(token)?.account == owner
        case .account(owner): return true
        case .account, .hash, .all:
            throw SFSError(.denied, "account '\(owner)' may change its own purchases only")
        }
    }

    /// `purchase` as clients see it.
    private func reply(_ purchase: Purchase) -> PurchaseReply {
        let base = settings.delivery.publicURL ?? url
        let name =
            purchase.name.isEmpty
            ? "\(purchase.hash.hex.prefix(12))" + (purchase.fileExtension.isEmpty ? "" : ".")
                + purchase.fileExtension
            : purchase.name
        return PurchaseReply(
            purchase, url: base.map { "\($0)/\(purchase.token)/\(PercentEncoding.encode(name))" })
    }

    private func checkLife(_ seconds: Int64) throws(SFSError) {
        let maximum = settings.purchases.lifeSecondsMaximum
        guard (1...maximum).contains(seconds) else {
            throw SFSError(
                .usage, "'\(seconds)' is not a life of 1 to \(maximum) seconds for a purchase")
        }
    }

    /// Hosts or networks of one purchase, which all travel in its grant.
    private static func bounded(_ list: [String], _ what: String) throws(SFSError) -> [String] {
        guard list.count <= 32 else {
            throw SFSError(.usage, "a purchase may have up to 32 \(what), not \(list.count)")
        }
        return list
    }

    private static func checkedName(_ name: String) throws(SFSError) -> String {
        let isName =
            name.utf8.count <= 255 && name != "." && name != ".."
            && name.unicodeScalars.allSatisfy {
                $0.value >= 0x20 && $0.value != 0x7F && $0 != "/" && $0 != "\\"
            }
        guard isName else {
            throw SFSError(.usage, "a file name has no slashes and control characters")
        }
        return name
    }
}
