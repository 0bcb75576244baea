import SFSCatalog
package import SFSCore
import SFSWire
import Synchronization

/// A grant that was found good, for as many requests as come with it.
///
/// What it is asked costs no lock and no round trip: whether it was revoked is looked up again only
/// when the change feed has brought something new.
package final class PlayTicket: Sendable {
    /// What may be read.
    package var hash: ContentHash { grant.hash }
    /// The purchase that it belongs to.
    package var token: PurchaseToken { grant.token }

    private let grant: Grant
    private let feed: ChangeFeed
    private let staleAfter: Duration
    /// The version of the feed by which it was not revoked.
    private let cleared = Atomic(-1)

    init(grant: Grant, feed: ChangeFeed, staleAfter: Duration) {
        self.grant = grant
        self.feed = feed
        self.staleAfter = staleAfter
    }

    /// For how many more seconds a client at `address` who comes from the site `referer` may read;
    /// `nil` when it may not, or when that has to be looked up.
    package func secondsLeft(referer: String?, address: String) -> Int64? {
        let now = feed.clock
        guard let age = feed.age, age <= staleAfter, grant.isLive(at: now),
            grant.admits(referer: referer), grant.admits(address: address), !isRevoked
        else { return nil }
        return (grant.expires.milliseconds - now.milliseconds) / 1000
    }

    private var isRevoked: Bool {
        // Before the question: what comes in meanwhile is asked for the next time.
        let version = feed.version
        guard cleared.load(ordering: .relaxed) != version else { return false }
        let isRevoked = feed.isRevoked(
            token: grant.token, hash: grant.hash, account: grant.account, created: grant.created)
        if !isRevoked { cleared.store(version, ordering: .relaxed) }
        return isRevoked
    }
}
