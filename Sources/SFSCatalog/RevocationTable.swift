import SFSCore

/// What is revoked, by what was meant; the time is that up to which it is.
///
/// Entries are never taken out: a table is made anew from time to time.
struct RevocationTable {
    private var tokens: Set<PurchaseToken> = []
    private var hashes: [ContentHash: Timestamp] = [:]
    private var accounts: [String: Timestamp] = [:]
    private var all: Timestamp?

    /// How many there are.
    var count: Int { tokens.count + hashes.count + accounts.count + (all == nil ? 0 : 1) }

    /// Takes a revocation in; a later one of the same thing takes the place of an earlier.
    mutating func insert(_ revocation: Revocation) {
        let moment = revocation.revoked
        switch revocation.selection {
        case .token(let token): tokens.insert(token)
        case .hash(let hash): Self.merge(moment, into: &hashes[hash])
        case .account(let account): Self.merge(moment, into: &accounts[account])
        case .all: Self.merge(moment, into: &all)
        }
    }

    /// Whether a purchase with these properties is revoked.
    func isRevoked(
        token: PurchaseToken, hash: ContentHash, account: String, created: Timestamp
    ) -> Bool {
        tokens.contains(token)
            || Self.isHit(created, by: hashes[hash]) || Self.isHit(created, by: accounts[account])
            || Self.isHit(created, by: all)
    }

    private static func isHit(_ created: Timestamp, by revoked: Timestamp?) -> Bool {
        revoked.map { created <= $0 } ?? false
    }

    private static func merge(_ moment: Timestamp, into known: inout Timestamp?) {
        known = max(moment, known ?? moment)
    }
}
