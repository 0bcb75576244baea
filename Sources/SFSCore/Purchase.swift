/// The right to read one content for a time; its token is in the URL.
package struct Purchase: Sendable, Hashable {
    package var token: PurchaseToken
    /// What may be read.
    package var hash: ContentHash
    /// Extension that is put behind the file name in the URL, without its dot; may be empty.
    package var fileExtension: String
    /// File name that its buyer gave it for the URL; `""` when there is none.
    package var name: String
    /// Sites from which it may be used; none = from anywhere, also without a `Referer`.
    package var referrers: [Referrer]
    /// Addresses from which it may be used; none = from anywhere.
    package var networks: [IPNetwork]
    /// How long it may be used, from `created` or from its last extension, in seconds.
    package var lifeSeconds: Int64
    /// How long it is remembered after `expires`, in seconds.
    package var afterLifeSeconds: Int64
    /// By the catalog's clock.
    package var created: Timestamp
    /// The first moment at which it may not be used any more, by the catalog's clock.
    package var expires: Timestamp
    /// The account that bought it; `""` when it was none.
    package var account: String
    /// How often it was used, and how many bytes went out for it.
    package var hits: Int64
    package var bytes: Int64

    package init(
        token: PurchaseToken, hash: ContentHash, fileExtension: String, name: String,
        referrers: [Referrer], networks: [IPNetwork], lifeSeconds: Int64, afterLifeSeconds: Int64,
        created: Timestamp, expires: Timestamp, account: String, hits: Int64 = 0, bytes: Int64 = 0
    ) {
        self.token = token
        self.hash = hash
        self.fileExtension = fileExtension
        self.name = name
        self.referrers = referrers
        self.networks = networks
        self.lifeSeconds = lifeSeconds
        self.afterLifeSeconds = afterLifeSeconds
        self.created = created
        self.expires = expires
        self.account = account
        self.hits = hits
        self.bytes = bytes
    }
}

/// Which purchases somebody means; "all" has to be said.
package enum PurchaseSelection: Sendable, Hashable {
    case token(PurchaseToken)
    case hash(ContentHash)
    /// Those bought by this account.
    case account(String)
    case all
}
