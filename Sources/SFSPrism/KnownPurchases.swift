import Logging
import SFSCatalog
import SFSClient
package import SFSCore
import SFSWire

extension Prism {
    /// How long a purchase that was read may be used without asking the catalog again.
    ///
    /// The change feed says sooner when it is revoked.
    private static let purchaseFreshness: Duration = .seconds(30)

    /// A purchase that may be used now.
    ///
    /// While the catalog is away, what is known here goes on being used, and what is not is asked of
    /// the other prisms: the one that sold it knows.
    ///
    /// - Throws: `SFSError` with code `.notFound` when it is unknown, has ended or was revoked;
    ///   `.unavailable` when that cannot be told.
    func livePurchase(_ token: PurchaseToken) async throws -> Purchase {
        let purchase = try await knownPurchase(token)
        guard isLive(purchase) else { throw SFSError(.notFound, "purchase not found") }
        return purchase
    }

    /// Whether it may be used now, as far as the feed knows.
    private func isLive(_ purchase: Purchase) -> Bool {
        services.feed.clock < purchase.expires
            && !services.feed.isRevoked(
                token: purchase.token, hash: purchase.hash, account: purchase.account,
                created: purchase.created)
    }

    /// What this prism knows of a purchase by itself, for other prisms while the catalog is away.
    ///
    /// - Throws: `SFSError` with code `.notFound`.
    package func rememberedPurchase(_ token: PurchaseToken) throws(SFSError) -> Purchase {
        guard let known = services.purchases[token], isUsable(known.read),
            isLive(known.value)
        else { throw SFSError(.notFound, "purchase not found") }
        return known.value
    }

    private func knownPurchase(_ token: PurchaseToken) async throws -> Purchase {
        let known = services.purchases[token]
        let isAway = services.isCatalogAway
        if let known, services.feed.clock < known.value.expires {
            let isFresh = known.age < Self.purchaseFreshness
            if isAway ? isUsable(known.read) : isFresh { return known.value }
        }
        // Whoever waits for a catalog that is away waits in vain.
        if isAway, isUsable(.now), let found = await askPrisms(token) { return found }
        do {
            let found = try await withTimeLimit(Self.catalogTime, "the catalog") { [catalog] in
                try await catalog.purchase(token)
            }
            guard let found else {
                services.purchases.set(token, nil)
                throw SFSError(.notFound, "purchase not found")
            }
            services.purchases.set(token, Known(found))
            return found
        } catch let error as SFSError where [.unavailable, .timeout, .busy].contains(error.code) {
            if let known, isUsable(known.read) { return known.value }
            guard isUsable(.now), let found = await askPrisms(token) else { throw error }
            return found
        }
    }

    /// Whether something that was read at `moment` may still be used while the catalog is away.
    ///
    /// Never without word of what was revoked for so long, whoever passed it on.
    private func isUsable(_ moment: ContinuousClock.Instant) -> Bool {
        let silence = services.feed.age ?? settings.delivery.staleAfter
        return max(.now - moment, silence) < settings.delivery.staleAfter
    }

    private func askPrisms(_ token: PurchaseToken) async -> Purchase? {
        let urls = fleet.prismURLs.filter { $0 != url }
        return await withTaskGroup(of: Purchase?.self) { group in
            for url in urls {
                group.addTask { [services] in
                    // A prism that does not answer, or does not know, is no reason to fail.
                    let purchase = try? await withTimeLimit(.seconds(2), "prism '\(url)'") {
                        try await services.connect(url).knownPurchase(token)?.purchase()
                    }
                    return purchase ?? nil
                }
            }
            defer { group.cancelAll() }
            for await case let purchase? in group {
                services.purchases.set(token, Known(purchase))
                return purchase
            }
            return nil
        }
    }
}
