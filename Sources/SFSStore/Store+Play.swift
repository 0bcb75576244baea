import Logging
import SFSCatalog
package import SFSCore
import SFSWire

/// What a viewer may read.
package struct Play: Sendable, Hashable {
    package var token: PurchaseToken
    package var hash: ContentHash
    /// For how many more seconds, at least 0.
    package var secondsLeft: Int64
}

extension Store {
    /// How long a purchase that was looked up is believed: short enough that a revoke holds
    /// within a second.
    private static let purchaseLife: Duration = .milliseconds(750)

    /// What `token` lets a client at `address`, who comes from the site `referer`, read.
    ///
    /// A good grant is enough while the store hears of what is revoked; else the purchase is
    /// looked up, and one that was seen before will do while the catalog is away. A grant that
    /// was signed with other keys is as good as none.
    ///
    /// - Throws: `SFSError` with code `.notFound` and always the same message when it may read
    ///   nothing; `.unavailable` or `.timeout` when that cannot be told without the catalog.
    package func play(
        token: PurchaseToken, grant text: String?, referer: String?, address: String
    ) async throws -> Play {
        let now = clock
        let grant: Grant
        if let signed = try goodGrant(text, of: token, at: now) {
            grant = signed
        } else if let purchase = try await lookUp(token) {
            grant = Grant(purchase)
        } else {
            throw Self.refusal
        }
        guard grant.isLive(at: now), grant.admits(referer: referer),
            grant.admits(address: address), !isRevoked(grant)
        else { throw Self.refusal }
        let millisecondsLeft = grant.expires.milliseconds - now.milliseconds
        return Play(token: token, hash: grant.hash, secondsLeft: millisecondsLeft / 1000)
    }

    /// What the good grant `text` lets clients read, to be asked for every request; `nil` when it is
    /// none, and the purchase has to be looked up.
    package func ticket(token: PurchaseToken, grant text: String) throws(SFSError) -> PlayTicket? {
        guard let feed, let grant = try goodGrant(text, of: token, at: clock) else { return nil }
        return PlayTicket(grant: grant, feed: feed, staleAfter: settings.staleAfter)
    }

    private var clock: Timestamp { feed?.clock ?? .now() }

    /// Reads the change feed, because another member says that it should.
    package func readFeed() async {
        do {
            try await feed?.refresh()
        } catch {
            logger.warning("cannot read the change feed", metadata: ["error": "\(error)"])
        }
    }

    /// The grant in `text` when it can be believed: one that has ended may belong to a purchase
    /// that was extended since.
    private func goodGrant(
        _ text: String?, of token: PurchaseToken, at now: Timestamp
    ) throws(SFSError) -> Grant? {
        guard let text, let grants, isInTouch,
            let grant = try grants.check(text, token: token, at: now), grant.isLive(at: now)
        else { return nil }
        return grant
    }

    /// Whether it heard of what is revoked not too long ago.
    private var isInTouch: Bool {
        feed?.age.map { $0 <= settings.staleAfter } ?? false
    }

    private func isRevoked(_ grant: Grant) -> Bool {
        feed?.isRevoked(
            token: grant.token, hash: grant.hash, account: grant.account, created: grant.created)
            ?? false
    }

    private func lookUp(_ token: PurchaseToken) async throws -> Purchase? {
        let known = purchases[token]
        if let known, known.age < Self.purchaseLife { return known.value }
        // Before the question: the answer may be as old as this.
        let seen = ContinuousClock.now
        do {
            let purchase = try await catalog.purchase(token)
            purchases.set(token, purchase.map { Known($0, read: seen) })
            return purchase
        } catch let error as SFSError where [.unavailable, .timeout].contains(error.code) {
            guard let known, isInTouch else { throw error }
            return known.value
        }
    }

    private static let refusal = SFSError(.notFound, "there is no such purchase")
}
