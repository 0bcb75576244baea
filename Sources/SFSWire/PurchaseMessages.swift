package import SFSCore

/// A purchase as the API shows it (`protocol.md` 1.6); the same names in `--json`.
package struct PurchaseReply: Sendable, Hashable, Codable {
    package var token: PurchaseToken
    package var hash: ContentHash
    /// Extension without its dot.
    package var ext: String
    /// Sites joined by commas; `""` = from anywhere.
    package var referrer: String
    /// Networks joined by commas; `""` = from anywhere.
    package var ip: String
    package var hitCount: Int64
    package var byteCount: Int64
    /// Seconds.
    package var life: Int64
    package var afterLife: Int64
    /// Milliseconds since 1970.
    package var expirationDate: Int64
    package var createdAt: Timestamp
    /// Since when hits and bytes are counted.
    package var lastCounterClear: Timestamp
    /// The account that bought it; `""` when it was none.
    package var account: String
    /// File name that was given for the URL; `""` when none was.
    package var name: String
    /// Where it can be used, when the prism knows how clients reach it.
    package var url: String?

    package init(_ purchase: Purchase, url: String?) {
        token = purchase.token
        hash = purchase.hash
        ext = purchase.fileExtension
        referrer = purchase.referrers.map(\.host).joined(separator: ",")
        ip = purchase.networks.map(\.description).joined(separator: ",")
        hitCount = purchase.hits
        byteCount = purchase.bytes
        life = purchase.lifeSeconds
        afterLife = purchase.afterLifeSeconds
        expirationDate = purchase.expires.milliseconds
        createdAt = purchase.created
        lastCounterClear = purchase.created
        account = purchase.account
        name = purchase.name
        self.url = url
    }

    /// The purchase that it shows.
    ///
    /// - Throws: `SFSError` with code `.usage` when a site or a network in it is none.
    package func purchase() throws(SFSError) -> Purchase {
        var referrers: [Referrer] = []
        for text in referrer.split(separator: ",") { referrers.append(try Referrer(parsing: text)) }
        var networks: [IPNetwork] = []
        for text in ip.split(separator: ",") { networks.append(try IPNetwork(parsing: text)) }
        return Purchase(
            token: token, hash: hash, fileExtension: ext, name: name, referrers: referrers,
            networks: networks, lifeSeconds: life, afterLifeSeconds: afterLife,
            created: createdAt, expires: expiresAt, account: account, hits: hitCount,
            bytes: byteCount)
    }

    /// The first moment at which it may not be used any more.
    package var expiresAt: Timestamp { Timestamp(milliseconds: expirationDate) }
}

/// The order to sell a purchase.
package struct PurchaseOrder: Sendable, Hashable, Codable {
    package var hash: ContentHash
    /// Extension without its dot; absent = that of the content.
    package var ext: String?
    /// File name for the URL.
    package var name: String?
    /// Hosts; absent or empty = from anywhere.
    package var referrer: [String]?
    /// Addresses and networks; absent or empty = from anywhere.
    package var ip: [String]?
    /// Seconds; absent = the cluster's setting.
    package var life: Int64?

    package init(
        hash: ContentHash, ext: String? = nil, name: String? = nil, referrer: [String]? = nil,
        ip: [String]? = nil, life: Int64? = nil
    ) {
        self.hash = hash
        self.ext = ext
        self.name = name
        self.referrer = referrer
        self.ip = ip
        self.life = life
    }
}

/// Which purchases are meant: exactly one of these is there.
package struct PurchaseSelectionMessage: Sendable, Hashable, Codable {
    package var token: PurchaseToken?
    package var hash: ContentHash?
    package var account: String?
    package var all: Bool?

    package init(_ selection: PurchaseSelection) {
        switch selection {
        case .token(let token): self.token = token
        case .hash(let hash): self.hash = hash
        case .account(let account): self.account = account
        case .all: all = true
        }
    }

    /// The selection.
    ///
    /// - Throws: `SFSError` with code `.usage` when there is not exactly one.
    package func selection() throws(SFSError) -> PurchaseSelection {
        if let account { _ = try AccountName(parsing: account) }
        let selections: [PurchaseSelection?] = [
            token.map { .token($0) }, hash.map { .hash($0) }, account.map { .account($0) },
            all == true ? .all : nil,
        ]
        let given = selections.compactMap(\.self)
        guard given.count == 1 else {
            throw SFSError(.usage, "say which: one of 'token', 'hash', 'account' or 'all'")
        }
        return given[0]
    }
}

/// The order to let purchases live for `life` seconds from now.
package struct ExtendOrder: Sendable, Hashable, Codable {
    package var purchases: PurchaseSelectionMessage
    /// Seconds from now.
    package var life: Int64

    package init(purchases: PurchaseSelectionMessage, life: Int64) {
        self.purchases = purchases
        self.life = life
    }
}

/// The order to end purchases at once.
package struct RevokeOrder: Sendable, Hashable, Codable {
    package var purchases: PurchaseSelectionMessage

    package init(purchases: PurchaseSelectionMessage) {
        self.purchases = purchases
    }
}

/// A page of purchases, by token.
package struct PurchaseList: Sendable, Hashable, Codable {
    package var purchases: [PurchaseReply]
    /// What to ask for the next page with; absent = this is the last.
    package var next: PurchaseToken?

    package init(purchases: [PurchaseReply], next: PurchaseToken?) {
        self.purchases = purchases
        self.next = next
    }
}
